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

/** Claims about the filters of DescribeInstances. */
interface InstanceFilterClaims extends Claims {

  /** The name of a filter that AWS does not have. */
  String UNKNOWN_FILTER = "contract-no-such-filter";

  @Test
  @Claim(status = DOCUMENTED, source = Sources.FILTERING)
  default void valuesOfOneFilterAreCombinedWithOr() {
    String one = id(0);
    String other = id(1);

    assertThat(found(Fixture.filter("instance-id", one, other)))
        .containsExactlyInAnyOrder(one, other);
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.FILTERING)
  default void filtersAreCombinedWithAnd() {
    String one = id(0);

    assertThat(
            found(
                Fixture.filter("instance-id", one),
                Fixture.filter("instance-state-name", "running")))
        .containsExactly(one);
    assertThat(
            found(
                Fixture.filter("instance-id", one),
                Fixture.filter("instance-state-name", "stopped")))
        .isEmpty();
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.FILTERING)
  default void starMatchesAnyTextAndQuestionMarkOneCharacter() {
    tag(id(0), "Contract-Name", "web-1");
    tag(id(1), "Contract-Name", "web-22");

    assertThat(foundInThisRun("tag:Contract-Name", "web-*"))
        .containsExactlyInAnyOrder(id(0), id(1));
    assertThat(foundInThisRun("tag:Contract-Name", "web-?")).containsExactly(id(0));
    assertThat(foundInThisRun("tag:Contract-Name", "web")).isEmpty();
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.FILTERING)
  default void filterValuesAreCaseSensitive() {
    tag(id(0), "Contract-Case", "On");

    assertThat(foundInThisRun("tag:Contract-Case", "On")).containsExactly(id(0));
    assertThat(foundInThisRun("tag:Contract-Case", "on")).isEmpty();
    assertThat(foundInThisRun("tag:contract-case", "On")).isEmpty();
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_INSTANCES)
  default void unknownIdInAFilterMatchesNothing() {
    String one = id(0);

    assertThat(found(Fixture.filter("instance-id", Claims.unknown("i-"), one)))
        .containsExactly(one);
    assertThat(found(Fixture.filter("instance-id", Claims.unknown("i-")))).isEmpty();
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_INSTANCES)
  default void unknownInstanceIdFailsTheWholeCall() {
    String one = id(0);

    Ec2Error error =
        Ec2Error.of(
            () -> ec2().describeInstances(read -> read.instanceIds(one, Claims.unknown("i-"))));

    assertThat(error.code()).isEqualTo("InvalidInstanceID.NotFound");
    assertThat(error.status()).isEqualTo(400);
    assertThat(error.message()).contains(Claims.unknown("i-"));
  }

  @Test
  @Claim(status = UNVERIFIED, source = Sources.FILTERING)
  default void twoHundredFilterValues() {
    String one = id(0);

    report(
        Question.TWO_HUNDRED_FILTER_VALUES,
        Ec2Error.answer(
            () -> {
              assertThat(found(withOneKnown(one, 199))).containsExactly(one);
              return Question.Behaviour.ACCEPTED;
            }));
  }

  @Test
  @Claim(status = UNVERIFIED, source = Sources.UNDOCUMENTED)
  default void moreThanTwoHundredFilterValues() {
    String one = id(0);

    report(
        Question.MORE_THAN_200_FILTER_VALUES,
        Ec2Error.answer(
            () -> {
              found(withOneKnown(one, 200));
              return Question.Behaviour.ACCEPTED;
            }));
  }

  @Test
  @Claim(
      status = OBSERVED,
      source = "public code that matches InvalidParameterValue, \"The filter '...' is invalid\"")
  default void rejectsAnUnknownFilterName() {
    Ec2Error error = Ec2Error.of(() -> found(Fixture.filter(UNKNOWN_FILTER, "x")));

    assertThat(error.code()).isIn(fixture().world().unknownFilterCodes());
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_INSTANCES)
  default void everyDocumentedFilterFindsAnInstance() {
    Instance one = shared().instances().getFirst();
    String network = Launches.primaryInterface(one);
    tag(one.instanceId(), "Contract-Property", "x");

    Stream.of(
            Fixture.filter("instance-id", one.instanceId()),
            Fixture.filter("instance-state-name", "running"),
            Fixture.filter("instance-state-code", "16"),
            Fixture.filter("instance-type", one.instanceTypeAsString()),
            Fixture.filter("subnet-id", one.subnetId()),
            Fixture.filter("vpc-id", one.vpcId()),
            Fixture.filter("tag:Contract-Property", "x"),
            Fixture.filter("tag-key", "Contract-Property"),
            Fixture.filter("network-interface.network-interface-id", network),
            Fixture.filter("network-interface.subnet-id", one.subnetId()),
            Fixture.filter("network-interface.vpc-id", one.vpcId()),
            Fixture.filter("network-interface.attachment.device-index", "0"))
        .forEach(
            filter ->
                assertThat(foundInThisRun(filter)).as(filter.name()).contains(one.instanceId()));
  }

  private String id(int index) {
    return shared().instances().get(index).instanceId();
  }

  private void tag(String instanceId, String key, String value) {
    Tag tag = Tag.builder().key(key).value(value).build();
    ec2().createTags(create -> create.resources(instanceId).tags(tag));
    fixture().afterwards(() -> ec2().deleteTags(delete -> delete.resources(instanceId).tags(tag)));
    fixture()
        .world()
        .eventually(() -> foundInThisRun("tag:" + key, value), ids -> ids.contains(instanceId));
  }

  /** A filter for one existing instance and the given number of unknown ones. */
  private static Filter withOneKnown(String one, int unknown) {
    String[] ids =
        Stream.concat(
                IntStream.range(0, unknown).mapToObj(number -> Claims.unknown("i-", number)),
                Stream.of(one))
            .toArray(String[]::new);
    return Fixture.filter("instance-id", ids);
  }

  private List<String> foundInThisRun(String name, String value) {
    return foundInThisRun(Fixture.filter(name, value));
  }

  /** The instances of this run that match the filter. */
  private List<String> foundInThisRun(Filter filter) {
    return found(filter, Fixture.filter("tag:" + Ec2World.TAG, fixture().world().runId()));
  }

  private List<String> found(Filter... filters) {
    return ec2().describeInstancesPaginator(read -> read.filters(filters)).reservations().stream()
        .flatMap(reservation -> reservation.instances().stream())
        .map(Instance::instanceId)
        .toList();
  }
}
