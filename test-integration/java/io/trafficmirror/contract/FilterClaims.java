package io.trafficmirror.contract;

import static io.trafficmirror.contract.Claim.Status.DOCUMENTED;
import static io.trafficmirror.contract.Claim.Status.OBSERVED;
import static io.trafficmirror.contract.Claim.Status.UNVERIFIED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.Tag;

/** What the filters of DescribeInstances mean. */
interface FilterClaims extends Claims {

  /** The name of a filter that AWS does not have. */
  String NO_FILTER = "contract-no-such-filter";

  @Test
  @Claim(status = DOCUMENTED, source = Sources.FILTERING)
  default void valuesOfOneFilterAreAlternatives() {
    String one = id(0);
    String other = id(1);

    assertThat(found(Stage.filter("instance-id", one, other)))
        .containsExactlyInAnyOrder(one, other);
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.FILTERING)
  default void everyFilterMustMatch() {
    String one = id(0);

    assertThat(
            found(Stage.filter("instance-id", one), Stage.filter("instance-state-name", "running")))
        .containsExactly(one);
    assertThat(
            found(Stage.filter("instance-id", one), Stage.filter("instance-state-name", "stopped")))
        .isEmpty();
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.FILTERING)
  default void aStarStandsForAnyTextAndAQuestionMarkForOneCharacter() {
    tag(id(0), "Contract-Name", "web-1");
    tag(id(1), "Contract-Name", "web-22");

    assertThat(mineWith("tag:Contract-Name", "web-*")).containsExactlyInAnyOrder(id(0), id(1));
    assertThat(mineWith("tag:Contract-Name", "web-?")).containsExactly(id(0));
    assertThat(mineWith("tag:Contract-Name", "web")).isEmpty();
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.FILTERING)
  default void valuesAreCaseSensitive() {
    tag(id(0), "Contract-Case", "On");

    assertThat(mineWith("tag:Contract-Case", "On")).containsExactly(id(0));
    assertThat(mineWith("tag:Contract-Case", "on")).isEmpty();
    assertThat(mineWith("tag:contract-case", "On")).isEmpty();
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_INSTANCES)
  default void anUnknownIdInAFilterIsNoError() {
    String one = id(0);

    assertThat(found(Stage.filter("instance-id", Claims.unknown("i-"), one))).containsExactly(one);
    assertThat(found(Stage.filter("instance-id", Claims.unknown("i-")))).isEmpty();
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_INSTANCES)
  default void anUnknownIdAmongIdsFailsTheWholeCall() {
    String one = id(0);

    Refusal refusal =
        Refusal.of(
            () -> ec2().describeInstances(read -> read.instanceIds(one, Claims.unknown("i-"))));

    assertThat(refusal.code()).isEqualTo("InvalidInstanceID.NotFound");
    assertThat(refusal.status()).isEqualTo(400);
    assertThat(refusal.message()).contains(Claims.unknown("i-"));
  }

  @Test
  @Claim(status = UNVERIFIED, source = Sources.FILTERING)
  default void twoHundredValuesAreAccepted() {
    String one = id(0);

    judge(
        Question.TWO_HUNDRED_FILTER_VALUES,
        Refusal.answer(
            () -> {
              assertThat(found(withOneKnown(one, 199))).containsExactly(one);
              return Question.Words.ACCEPTED;
            }));
  }

  @Test
  @Claim(status = UNVERIFIED, source = Sources.NOWHERE)
  default void moreThanTwoHundredValues() {
    String one = id(0);

    judge(
        Question.MANY_FILTER_VALUES,
        Refusal.answer(
            () -> {
              found(withOneKnown(one, 200));
              return Question.Words.ACCEPTED;
            }));
  }

  @Test
  @Claim(
      status = OBSERVED,
      source = "public code that matches InvalidParameterValue, \"The filter '...' is invalid\"")
  default void aFilterThatDoesNotExistIsRefused() {
    Refusal refusal = Refusal.of(() -> found(Stage.filter(NO_FILTER, "x")));

    assertThat(refusal.code()).isIn(stage().world().codesOfAnUnknownFilter());
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_INSTANCES)
  default void anInstanceIsFoundByEachOfItsProperties() {
    Instance one = pool().instances().getFirst();
    String network = Launches.primaryInterface(one);
    tag(one.instanceId(), "Contract-Property", "x");

    Stream.of(
            Stage.filter("instance-id", one.instanceId()),
            Stage.filter("instance-state-name", "running"),
            Stage.filter("instance-state-code", "16"),
            Stage.filter("instance-type", one.instanceTypeAsString()),
            Stage.filter("subnet-id", one.subnetId()),
            Stage.filter("vpc-id", one.vpcId()),
            Stage.filter("tag:Contract-Property", "x"),
            Stage.filter("tag-key", "Contract-Property"),
            Stage.filter("network-interface.network-interface-id", network),
            Stage.filter("network-interface.subnet-id", one.subnetId()),
            Stage.filter("network-interface.vpc-id", one.vpcId()),
            Stage.filter("network-interface.attachment.device-index", "0"))
        .forEach(
            filter -> assertThat(mineWith(filter)).as(filter.name()).contains(one.instanceId()));
  }

  private String id(int index) {
    return pool().instances().get(index).instanceId();
  }

  private void tag(String instanceId, String key, String value) {
    Tag tag = Tag.builder().key(key).value(value).build();
    ec2().createTags(create -> create.resources(instanceId).tags(tag));
    stage().afterwards(() -> ec2().deleteTags(gone -> gone.resources(instanceId).tags(tag)));
    stage()
        .world()
        .eventually(() -> mineWith("tag:" + key, value), ids -> ids.contains(instanceId));
  }

  /** A filter for that many unknown instances and one known. */
  private static Filter withOneKnown(String one, int unknown) {
    String[] ids =
        Stream.concat(
                IntStream.range(0, unknown).mapToObj(number -> Claims.unknown("i-", number)),
                Stream.of(one))
            .toArray(String[]::new);
    return Stage.filter("instance-id", ids);
  }

  private List<String> mineWith(String name, String value) {
    return mineWith(Stage.filter(name, value));
  }

  /** The instances of this run that the filter matches too. */
  private List<String> mineWith(Filter filter) {
    return found(filter, Stage.filter("tag:" + Ec2World.TAG, stage().world().runId()));
  }

  private List<String> found(Filter... filters) {
    return ec2().describeInstancesPaginator(read -> read.filters(filters)).reservations().stream()
        .flatMap(reservation -> reservation.instances().stream())
        .map(Instance::instanceId)
        .toList();
  }
}
