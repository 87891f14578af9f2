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

/** How DescribeInstances is read page by page. */
interface PagingClaims extends Claims {

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_INSTANCES)
  default void everyInstanceOfEveryReservationIsFoundPageByPage() {
    List<String> expected = ids(pool().instances());

    List<List<String>> pages = pages(5, mine());

    assertThat(pages.stream().flatMap(List::stream)).containsAll(expected).doesNotHaveDuplicates();
    assertThat(pages).allSatisfy(page -> assertThat(page).hasSizeLessThanOrEqualTo(5));
  }

  @Test
  @Claim(status = OBSERVED, source = Sources.EMPTY_PAGES)
  default void followingTheTokenFindsAMatchHoweverEmptyThePagesAre() {
    String last = ids(pool().instances()).getLast();

    List<List<String>> pages = pages(5, Stage.filter("instance-id", last));

    assertThat(pages.stream().flatMap(List::stream)).containsExactly(last);
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_INSTANCES)
  default void aReservationOfManyIsOneReservation() {
    List<String> launchedTogether =
        ids(pool().instances()).subList(0, Pool.SIZE / 2).stream().sorted().toList();

    List<List<String>> reservations =
        ec2().describeInstances(read -> read.filters(mine())).reservations().stream()
            .map(reservation -> ids(reservation.instances()).stream().sorted().toList())
            .toList();

    assertThat(reservations).contains(launchedTogether);
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_INSTANCES)
  default void aTokenIsOpaqueAndLeadsToTheNextPage() {
    int all = pool().instances().size();
    DescribeInstancesResponse first = page(5, Optional.empty(), mine());

    assertThat(first.nextToken()).isNotBlank();
    DescribeInstancesResponse second = page(5, Optional.of(first.nextToken()), mine());

    List<String> ids = new ArrayList<>(ids(first));
    ids.addAll(ids(second));
    assertThat(ids).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(all);
    assertThat(ids(first)).doesNotContain(first.nextToken());
  }

  @Test
  @Claim(status = UNVERIFIED, source = Sources.NOWHERE)
  default void aTokenThatAwsDidNotGiveIsRefused() {
    judge(
        Question.UNKNOWN_PAGE_TOKEN,
        Refusal.answer(
            () -> {
              page(5, Optional.of("no-token-of-yours"), mine());
              return Question.Words.ACCEPTED;
            }));
  }

  @Test
  @Claim(status = OBSERVED, source = Sources.SMALL_MAX_RESULTS)
  default void aPageOfFewerThanFiveIsRefused() {
    for (int size : List.of(1, 4)) {
      Refusal refusal = Refusal.of(() -> page(size, Optional.empty(), mine()));

      assertThat(refusal.code()).as("MaxResults %d", size).isEqualTo("InvalidParameterValue");
      assertThat(refusal.status()).isEqualTo(400);
      assertThat(refusal.message()).contains("( " + size + " )", "maxResults");
    }
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_INSTANCES)
  default void aPageOfFiveAndOneOfAThousandAreAccepted() {
    List<String> expected = ids(pool().instances());

    assertThat(ids(page(5, Optional.empty(), mine()))).hasSizeBetween(0, 5);
    assertThat(ids(page(1000, Optional.empty(), mine()))).containsAll(expected);
  }

  @Test
  @Claim(status = UNVERIFIED, source = Sources.NOWHERE)
  default void aPageOfMoreThanAThousandInstances() {
    judge(
        Question.MANY_INSTANCES_A_PAGE,
        Refusal.answer(
            () -> {
              page(1001, Optional.empty(), mine());
              return Question.Words.ACCEPTED;
            }));
  }

  @Test
  @Claim(status = OBSERVED, source = Sources.MAX_RESULTS_AND_IDS)
  default void idsAndAPageSizeTogetherAreRefused() {
    String id = pool().instances().getFirst().instanceId();

    Refusal refusal =
        Refusal.of(() -> ec2().describeInstances(read -> read.instanceIds(id).maxResults(5)));

    assertThat(refusal.code()).isEqualTo("InvalidParameterCombination");
    assertThat(refusal.status()).isEqualTo(400);
    assertThat(refusal.message())
        .contains("The parameter instancesSet cannot be used with the parameter maxResults");
  }

  /** The instances that this run has made. */
  private Filter mine() {
    return Stage.filter("tag:" + Ec2World.TAG, stage().world().runId());
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
