package io.trafficmirror.embedded;

import static io.trafficmirror.embedded.Ec2World.TARGET;
import static io.trafficmirror.embedded.Ec2World.eni;
import static io.trafficmirror.embedded.Ec2World.errorOf;
import static io.trafficmirror.embedded.Ec2World.filter;
import static io.trafficmirror.embedded.Ec2World.instance;
import static io.trafficmirror.embedded.Ec2World.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
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
  void pagesCountInstancesAndMaySplitReservations() {
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
  void orderIsStableButNotThatOfTheIds() {
    IntStream.range(0, 30).forEach(world::running);
    List<String> once = world.describe(r -> {}).stream().map(Instance::instanceId).toList();
    List<String> again = world.describe(r -> {}).stream().map(Instance::instanceId).toList();

    assertThat(once).isEqualTo(again).isNotEqualTo(world.ec2.instanceIds());
  }

  @Test
  void launchesDuringPagingNeitherHideNorRepeatOtherInstances() {
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
  void anExactlyFullLastPageHasNoToken() {
    IntStream.range(0, 5).forEach(world::running);

    assertThat(world.client.describeInstances(r -> r.maxResults(5)).nextToken()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"4,greater than 5", "0,greater than 5", "1001,less than 1000"})
  void rejectsMaxResultsOutOfRange(int size, String expectation) {
    assertThatThrownBy(() -> world.client.describeInstances(r -> r.maxResults(size)))
        .hasMessageContaining(
            "Value ( %d ) for parameter maxResults is invalid. Expecting a value %s."
                .formatted(size, expectation));
    assertThat(errorOf(() -> world.client.describeTrafficMirrorSessions(r -> r.maxResults(size))))
        .isEqualTo("400 InvalidParameterValue");
  }

  @Test
  void limitsPagesOfInstanceTypesToOneHundred() {
    assertThat(errorOf(() -> world.client.describeInstanceTypes(r -> r.maxResults(101))))
        .isEqualTo("400 InvalidParameterValue");
    assertThat(world.client.describeInstanceTypes(r -> {}).instanceTypes()).hasSize(100);
  }

  @Test
  void rejectsPagingWithExplicitIds() {
    world.running(1);
    assertThatThrownBy(() -> world.describe(r -> r.instanceIds(instance(1)).maxResults(5)))
        .hasMessageContaining(
            "The parameter instancesSet cannot be used with the parameter maxResults");
  }

  @Test
  void aTokenIsValidOnlyForItsActionItsFiltersAndItsLifetime() {
    IntStream.range(0, 12).forEach(world::running);
    String token = world.client.describeInstances(r -> r.maxResults(5)).nextToken();

    assertThat(errorOf(() -> world.describe(r -> r.maxResults(6).nextToken(token))))
        .isEqualTo("none");
    assertThat(
            errorOf(
                () ->
                    world.describe(
                        r -> r.nextToken(token).filters(filter("vpc-id", Ec2World.VPC)))))
        .isEqualTo("400 InvalidNextToken");
    assertThat(errorOf(() -> world.client.describeNetworkInterfaces(r -> r.nextToken(token))))
        .isEqualTo("400 InvalidNextToken");
    assertThat(errorOf(() -> world.describe(r -> r.nextToken("bm9uc2Vuc2U="))))
        .isEqualTo("400 InvalidNextToken");
    world.advance(Duration.ofMinutes(61));
    assertThat(errorOf(() -> world.describe(r -> r.nextToken(token))))
        .isEqualTo("400 InvalidNextToken");
  }

  @Test
  void expiresTokensOnRequest() {
    IntStream.range(0, 12).forEach(world::running);
    String token = world.client.describeInstances(r -> r.maxResults(5)).nextToken();
    world.ec2.expireTokens();

    assertThat(errorOf(() -> world.describe(r -> r.nextToken(token))))
        .isEqualTo("400 InvalidNextToken");
  }

  @Test
  void filteringAfterPagingReturnsEmptyPagesWithATokenAndLosesNothing() {
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
  void pagesThroughAFilterOfIds() {
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
  void acceptsTwoHundredFilterValuesAndRejectsOneMore() {
    world.running(5);
    String[] most = IntStream.range(0, 200).mapToObj(Ec2World::instance).toArray(String[]::new);
    String[] more = IntStream.range(0, 201).mapToObj(Ec2World::instance).toArray(String[]::new);

    assertThat(world.find("instance-id", most)).containsExactly(instance(5));
    assertThat(errorOf(() -> world.find("instance-id", more))).isEqualTo("400 FilterLimitExceeded");
  }

  @Test
  void pagesThroughSessions() {
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
  void pagesThroughTenThousandSessionsAndInstances() {
    for (int n = 0; n < 10_000; n++) {
      world.running(n);
      world.ec2.putSession("tms-%05d".formatted(n), eni(n), TARGET, Ec2World.FILTER, 1, Map.of());
    }

    assertThat(pagedThrough("DescribeInstances", "instanceId")).isEqualTo(10_000);
    assertThat(pagedThrough("DescribeTrafficMirrorSessions", "trafficMirrorSessionId"))
        .isEqualTo(10_000);
  }

  /** The number of distinct ids in all pages of an action, parsed from the raw XML. */
  private int pagedThrough(String action, String element) {
    Set<String> ids = new HashSet<>();
    String token = "";
    do {
      String answer =
          new String(
              world.raw("Action=" + action + "&Version=2016-11-15&MaxResults=1000" + token).body(),
              StandardCharsets.UTF_8);
      ids.addAll(texts(answer, element));
      token =
          texts(answer, "nextToken").stream().findFirst().map(t -> "&NextToken=" + t).orElse("");
    } while (!token.isEmpty());
    return ids.size();
  }

  private static List<String> texts(String xml, String element) {
    return Pattern.compile("<" + element + ">([^<]*)<")
        .matcher(xml)
        .results()
        .map(found -> found.group(1).replace("=", "%3D"))
        .toList();
  }
}
