package io.trafficmirror.embedded;

import static io.trafficmirror.embedded.Ec2World.TARGET;
import static io.trafficmirror.embedded.Ec2World.eni;
import static io.trafficmirror.embedded.Ec2World.filter;
import static io.trafficmirror.embedded.Ec2World.instance;
import static io.trafficmirror.embedded.Ec2World.refusal;
import static io.trafficmirror.embedded.Ec2World.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.TrafficMirrorSession;

final class Ec2PagingTest {

  private final Ec2World world = new Ec2World();

  @Test
  void pagesCountInstancesAndCutReservations() {
    world.client.runInstances(Ec2InstanceTest.launch(12));
    List<Integer> sizes = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    for (DescribeInstancesResponse page :
        world.client.describeInstancesPaginator(r -> r.maxResults(5))) {
      List<Instance> instances =
          page.reservations().stream().flatMap(r -> r.instances().stream()).toList();
      sizes.add(instances.size());
      instances.forEach(instance -> ids.add(instance.instanceId()));
    }

    assertThat(sizes).containsExactly(5, 5, 2);
    assertThat(ids).doesNotHaveDuplicates().hasSameElementsAs(world.ec2.instanceIds());
  }

  @Test
  void theOrderIsNotThatOfIdsAndIsTheSameEveryTime() {
    IntStream.range(0, 30).forEach(world::running);
    List<String> once = world.shown(r -> {}).stream().map(Instance::instanceId).toList();
    List<String> again = world.shown(r -> {}).stream().map(Instance::instanceId).toList();

    assertThat(once).isEqualTo(again).isNotEqualTo(world.ec2.instanceIds());
  }

  @Test
  void whatIsLaunchedWhilePagingDisturbsNoOtherInstance() {
    IntStream.range(0, 20).forEach(world::running);
    List<String> seen = new ArrayList<>();
    String token = null;
    int next = 20;
    do {
      String from = token;
      DescribeInstancesResponse page =
          world.client.describeInstances(r -> r.maxResults(5).nextToken(from));
      page.reservations().forEach(r -> r.instances().forEach(i -> seen.add(i.instanceId())));
      token = page.nextToken();
      world.running(next++);
    } while (token != null);

    assertThat(seen)
        .doesNotHaveDuplicates()
        .containsAll(IntStream.range(0, 20).mapToObj(Ec2World::instance).toList());
  }

  @Test
  void aPageThatJustHoldsEverythingHasNoToken() {
    IntStream.range(0, 5).forEach(world::running);

    assertThat(world.client.describeInstances(r -> r.maxResults(5)).nextToken()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"4,greater than 5", "0,greater than 5", "1001,less than 1000"})
  void maxResultsHasBounds(int size, String expectation) {
    assertThatThrownBy(() -> world.client.describeInstances(r -> r.maxResults(size)))
        .hasMessageContaining(
            "Value ( %d ) for parameter maxResults is invalid. Expecting a value %s."
                .formatted(size, expectation));
    assertThat(refusal(() -> world.client.describeTrafficMirrorSessions(r -> r.maxResults(size))))
        .isEqualTo("400 InvalidParameterValue");
  }

  @Test
  void instanceTypesComeInPagesOfAHundredAtMost() {
    assertThat(refusal(() -> world.client.describeInstanceTypes(r -> r.maxResults(101))))
        .isEqualTo("400 InvalidParameterValue");
    assertThat(world.client.describeInstanceTypes(r -> {}).instanceTypes()).hasSize(100);
  }

  @Test
  void explicitIdsCannotBePaged() {
    world.running(1);
    assertThatThrownBy(() -> world.shown(r -> r.instanceIds(instance(1)).maxResults(5)))
        .hasMessageContaining(
            "The parameter instancesSet cannot be used with the parameter maxResults");
  }

  @Test
  void aTokenIsGoodForItsActionItsFiltersAndItsTime() {
    IntStream.range(0, 12).forEach(world::running);
    String token = world.client.describeInstances(r -> r.maxResults(5)).nextToken();

    assertThat(refusal(() -> world.shown(r -> r.maxResults(6).nextToken(token)))).isEqualTo("none");
    assertThat(
            refusal(
                () -> world.shown(r -> r.nextToken(token).filters(filter("vpc-id", Ec2World.VPC)))))
        .isEqualTo("400 InvalidNextToken");
    assertThat(refusal(() -> world.client.describeNetworkInterfaces(r -> r.nextToken(token))))
        .isEqualTo("400 InvalidNextToken");
    assertThat(refusal(() -> world.shown(r -> r.nextToken("bm9uc2Vuc2U="))))
        .isEqualTo("400 InvalidNextToken");
    world.pass(Duration.ofMinutes(61));
    assertThat(refusal(() -> world.shown(r -> r.nextToken(token))))
        .isEqualTo("400 InvalidNextToken");
  }

  @Test
  void tokensCanBeExpiredAtWill() {
    IntStream.range(0, 12).forEach(world::running);
    String token = world.client.describeInstances(r -> r.maxResults(5)).nextToken();
    world.ec2.expireTokens();

    assertThat(refusal(() -> world.shown(r -> r.nextToken(token))))
        .isEqualTo("400 InvalidNextToken");
  }

  @Test
  void filtersThatWorkAfterPagingLeaveEmptyPagesWithATokenAndLoseNothing() {
    Ec2World after = Ec2World.with(Unverified.defaults().withFiltersAfterPaging(true));
    IntStream.range(0, 40).forEach(after::running);
    after.ec2.setTag(instance(7), "on", "1");
    List<Integer> sizes = new ArrayList<>();
    List<String> found = new ArrayList<>();
    after
        .client
        .describeInstancesPaginator(r -> r.maxResults(5).filters(filter("tag:on", "1")))
        .forEach(
            page -> {
              sizes.add(page.reservations().size());
              page.reservations()
                  .forEach(r -> r.instances().forEach(i -> found.add(i.instanceId())));
            });

    assertThat(sizes).hasSize(8).contains(0);
    assertThat(found).containsExactly(instance(7));
  }

  @Test
  void listedIdsArePagedToo() {
    IntStream.range(0, 40).forEach(world::running);
    String[] ids = IntStream.range(10, 30).mapToObj(Ec2World::instance).toArray(String[]::new);
    List<String> found = new ArrayList<>();
    world
        .client
        .describeInstancesPaginator(r -> r.maxResults(7).filters(filter("instance-id", ids)))
        .reservations()
        .forEach(r -> r.instances().forEach(i -> found.add(i.instanceId())));

    assertThat(found).containsExactlyInAnyOrder(ids);
  }

  @Test
  void twoHundredValuesAreTakenAndOneMoreIsNot() {
    world.running(5);
    String[] most = IntStream.range(0, 200).mapToObj(Ec2World::instance).toArray(String[]::new);
    String[] more = IntStream.range(0, 201).mapToObj(Ec2World::instance).toArray(String[]::new);

    assertThat(world.find("instance-id", most)).containsExactly(instance(5));
    assertThat(refusal(() -> world.find("instance-id", more))).isEqualTo("400 FilterLimitExceeded");
  }

  @Test
  void sessionsComeInPages() {
    IntStream.range(0, 12).forEach(world::running);
    IntStream.range(0, 12)
        .forEach(n -> world.client.createTrafficMirrorSession(session(eni(n)).build()));
    List<String> ids = new ArrayList<>();
    world
        .client
        .describeTrafficMirrorSessionsPaginator(
            r -> r.maxResults(5).filters(filter("traffic-mirror-target-id", TARGET)))
        .forEach(
            page -> {
              assertThat(page.trafficMirrorSessions()).hasSizeLessThanOrEqualTo(5);
              page.trafficMirrorSessions().stream()
                  .map(TrafficMirrorSession::trafficMirrorSessionId)
                  .forEach(ids::add);
            });

    assertThat(ids)
        .containsExactlyInAnyOrderElementsOf(
            world.ec2.sessions().stream().map(SessionView::sessionId).toList());
  }

  @Test
  void tenThousandSessionsAndInstancesArePagedThrough() {
    for (int n = 0; n < 10_000; n++) {
      world.running(n);
      world.ec2.putSession("tms-%05d".formatted(n), eni(n), TARGET, Ec2World.FILTER, 1, Map.of());
    }
    int instances = 0;
    for (DescribeInstancesResponse page :
        world.client.describeInstancesPaginator(r -> r.maxResults(1000))) {
      instances += page.reservations().size();
    }

    assertThat(instances).isEqualTo(10_000);
    assertThat(
            world.client.describeTrafficMirrorSessionsPaginator(r -> {}).stream()
                .mapToInt(page -> page.trafficMirrorSessions().size())
                .sum())
        .isEqualTo(10_000);
  }
}
