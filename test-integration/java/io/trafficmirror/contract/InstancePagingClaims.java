package io.trafficmirror.contract;

import static io.trafficmirror.contract.Claim.Status.DOCUMENTED;
import static io.trafficmirror.contract.Claim.Status.OBSERVED;
import static io.trafficmirror.contract.Claim.Status.UNVERIFIED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;

/** Claims about paging in DescribeInstances. */
interface InstancePagingClaims extends Claims {

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_INSTANCES)
  default void pagesContainEveryInstanceOfEveryReservation() {
    List<String> expected = ids(shared().instances());

    List<List<String>> pages = pages(5, ofThisRun());

    assertThat(pages.stream().flatMap(List::stream)).containsAll(expected).doesNotHaveDuplicates();
    assertThat(pages).allSatisfy(page -> assertThat(page).hasSizeLessThanOrEqualTo(5));
  }

  @Test
  @Claim(status = OBSERVED, source = Sources.EMPTY_PAGES)
  default void followingTheTokenFindsAMatchAfterEmptyPages() {
    String last = ids(shared().instances()).getLast();

    List<List<String>> pages = pages(5, Fixture.filter("instance-id", last));

    assertThat(pages.stream().flatMap(List::stream)).containsExactly(last);
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_INSTANCES)
  default void oneLaunchIsOneReservation() {
    List<String> launchedTogether =
        ids(shared().instances()).subList(0, SharedResources.SIZE / 2).stream().sorted().toList();

    List<List<String>> reservations =
        ec2().describeInstances(read -> read.filters(ofThisRun())).reservations().stream()
            .map(reservation -> ids(reservation.instances()).stream().sorted().toList())
            .toList();

    assertThat(reservations).contains(launchedTogether);
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_INSTANCES)
  default void nextTokenIsOpaqueAndReturnsTheNextPage() {
    int all = shared().instances().size();
    DescribeInstancesResponse first = page(5, Optional.empty(), ofThisRun());

    assertThat(first.nextToken()).isNotBlank();
    DescribeInstancesResponse second = page(5, Optional.of(first.nextToken()), ofThisRun());

    List<String> ids = new ArrayList<>(ids(first));
    ids.addAll(ids(second));
    assertThat(ids).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(all);
    assertThat(ids(first)).doesNotContain(first.nextToken());
  }

  @Test
  @Claim(status = UNVERIFIED, source = Sources.UNDOCUMENTED)
  default void unknownPageToken() {
    report(
        Question.UNKNOWN_PAGE_TOKEN,
        Ec2Error.answer(
            () -> {
              page(5, Optional.of("no-token-of-yours"), ofThisRun());
              return Question.Behaviour.ACCEPTED;
            }));
  }

  @Test
  @Claim(status = OBSERVED, source = Sources.SMALL_MAX_RESULTS)
  default void rejectsAPageSizeBelowFive() {
    for (int size : List.of(1, 4)) {
      Ec2Error error = Ec2Error.of(() -> page(size, Optional.empty(), ofThisRun()));

      assertThat(error.code()).as("MaxResults %d", size).isEqualTo("InvalidParameterValue");
      assertThat(error.status()).isEqualTo(400);
      assertThat(error.message()).contains("( " + size + " )", "maxResults");
    }
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_INSTANCES)
  default void acceptsPageSizesOfFiveAndOneThousand() {
    List<String> expected = ids(shared().instances());

    assertThat(ids(page(5, Optional.empty(), ofThisRun()))).hasSizeBetween(0, 5);
    assertThat(ids(page(1000, Optional.empty(), ofThisRun()))).containsAll(expected);
  }

  @Test
  @Claim(status = UNVERIFIED, source = Sources.UNDOCUMENTED)
  default void pageSizeAboveOneThousandInstances() {
    report(
        Question.INSTANCE_PAGE_SIZE_ABOVE_1000,
        Ec2Error.answer(
            () -> {
              page(1001, Optional.empty(), ofThisRun());
              return Question.Behaviour.ACCEPTED;
            }));
  }

  @Test
  @Claim(status = OBSERVED, source = Sources.MAX_RESULTS_AND_IDS)
  default void rejectsInstanceIdsTogetherWithAPageSize() {
    String id = shared().instances().getFirst().instanceId();

    Ec2Error error =
        Ec2Error.of(() -> ec2().describeInstances(read -> read.instanceIds(id).maxResults(5)));

    assertThat(error.code()).isEqualTo("InvalidParameterCombination");
    assertThat(error.status()).isEqualTo(400);
    assertThat(error.message())
        .contains("The parameter instancesSet cannot be used with the parameter maxResults");
  }

  /** The instances of this run. */
  private Filter ofThisRun() {
    return Fixture.filter("tag:" + Ec2World.TAG, fixture().world().runId());
  }

  private List<List<String>> pages(int size, Filter filter) {
    List<List<String>> pages = new ArrayList<>();
    Optional<String> token = Optional.empty();
    do {
      DescribeInstancesResponse page = page(size, token, filter);
      pages.add(ids(page));
      token = Optional.ofNullable(page.nextToken()).filter(text -> !text.isEmpty());
    } while (token.isPresent());
    return pages;
  }

  private DescribeInstancesResponse page(int size, Optional<String> token, Filter filter) {
    return ec2()
        .describeInstances(
            read -> read.maxResults(size).nextToken(token.orElse(null)).filters(filter));
  }

  private static List<String> ids(DescribeInstancesResponse page) {
    return page.reservations().stream()
        .flatMap(reservation -> reservation.instances().stream())
        .map(Instance::instanceId)
        .toList();
  }

  private static List<String> ids(List<Instance> instances) {
    return instances.stream().map(Instance::instanceId).toList();
  }
}
