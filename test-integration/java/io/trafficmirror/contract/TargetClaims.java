package io.trafficmirror.contract;

import static io.trafficmirror.contract.Claim.Status.DOCUMENTED;
import static io.trafficmirror.contract.Claim.Status.OBSERVED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.CreateTrafficMirrorTargetResponse;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TrafficMirrorTarget;
import software.amazon.awssdk.services.ec2.model.TrafficMirrorTargetType;

/**
 * Claims about mirror targets: which interfaces can be targets, and which operations a target in
 * use prevents.
 */
interface TargetClaims extends Claims {

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_CREATE_TARGET)
  default void createAndDescribeTargetReturnEveryRequestedValue() {
    String token = fixture().token();
    String sensor = shared().source(0);

    CreateTrafficMirrorTargetResponse created =
        fixture()
            .createTarget(
                fixture().targetRequest(sensor).description("a sensor").clientToken(token).build());

    TrafficMirrorTarget target = created.trafficMirrorTarget();
    assertThat(created.clientToken()).isEqualTo(token);
    assertThat(target.trafficMirrorTargetId()).matches("tmt-([0-9a-f]{8}|[0-9a-f]{17})");
    assertThat(target.networkInterfaceId()).isEqualTo(sensor);
    assertThat(target.type()).isEqualTo(TrafficMirrorTargetType.NETWORK_INTERFACE);
    assertThat(target.description()).isEqualTo("a sensor");
    assertThat(target.ownerId()).matches("[0-9]{12}");
    assertThat(target.tags()).contains(Launches.tag(fixture().world()));
    assertThat(described(target.trafficMirrorTargetId())).containsExactly(target);
  }

  @Test
  @EmbeddedOnly("it needs a network load balancer")
  @Claim(status = DOCUMENTED, source = Sources.API_TARGETS)
  default void loadBalancerTargetHasAnArnAndNoInterface() {
    TrafficMirrorTarget target = described(fixture().world().loadBalancerTarget()).getFirst();

    assertThat(target.type()).isEqualTo(TrafficMirrorTargetType.NETWORK_LOAD_BALANCER);
    assertThat(target.networkLoadBalancerArn()).startsWith("arn:");
    assertThat(target.networkInterfaceId()).isNull();
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.ERRORS)
  default void rejectsATargetAsASource() {
    shared().target();

    Ec2Error error = Ec2Error.of(() -> fixture().session(shared().targetInterface(), 1));

    assertThat(error.code()).isEqualTo("InterfaceInUseByTrafficMirrorTarget");
    assertThat(error.status()).isEqualTo(400);
  }

  @Test
  @Claim(status = OBSERVED, source = Sources.VECTRA)
  default void targetAsSourceErrorMentionsTheTarget() {
    shared().target();

    assertThat(Ec2Error.of(() -> fixture().session(shared().targetInterface(), 1)).message())
        .contains("is in use by target");
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.ERRORS)
  default void rejectsASourceAsATarget() {
    fixture().session(shared().source(0), 1);

    Ec2Error error = Ec2Error.of(() -> fixture().target(shared().source(0)));

    assertThat(error.code()).isEqualTo("InterfaceInUseByTrafficMirrorSession");
    assertThat(error.status()).isEqualTo(400);
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.SESSIONS)
  default void rejectsASecondTargetOnOneInterface() {
    shared().target();

    Ec2Error error = Ec2Error.of(() -> fixture().target(shared().targetInterface()));

    assertThat(error.code()).isEqualTo("InterfaceInUseByTrafficMirrorTarget");
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.SESSIONS)
  default void acceptsTheInterfaceOfADeletedTargetAsASource() {
    String target = fixture().target(shared().source(0));
    ec2().deleteTrafficMirrorTarget(delete -> delete.trafficMirrorTargetId(target));

    assertThat(fixture().session(shared().source(0), 1).networkInterfaceId())
        .isEqualTo(shared().source(0));
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_DELETE_TARGET)
  default void rejectsDeletingATargetInUse() {
    fixture().session(shared().source(0), 1);

    Ec2Error error =
        Ec2Error.of(
            () ->
                ec2()
                    .deleteTrafficMirrorTarget(
                        delete -> delete.trafficMirrorTargetId(shared().target())));

    assertThat(error.code()).isEqualTo("TrafficMirrorTargetInUseException");
    assertThat(error.status()).isEqualTo(400);
    assertThat(described(shared().target())).hasSize(1);
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.ERRORS)
  default void rejectsDeletingAMirrorFilterInUse() {
    fixture().session(shared().source(0), 1);

    Ec2Error error =
        Ec2Error.of(
            () ->
                ec2()
                    .deleteTrafficMirrorFilter(
                        delete -> delete.trafficMirrorFilterId(shared().filter())));

    assertThat(error.code()).isEqualTo("TrafficMirrorFilterInUse");
    assertThat(error.status()).isEqualTo(400);
  }

  @Test
  @Claim(
      status = OBSERVED,
      source = "public code that matches \"The interface ID ... does not exist\"")
  default void rejectsATargetOnAnUnknownInterface() {
    Ec2Error error = Ec2Error.of(() -> fixture().target(Claims.unknown("eni-")));

    assertThat(error.code()).isEqualTo("InvalidTrafficMirrorTarget");
    assertThat(error.message()).contains(Claims.unknown("eni-"), "does not exist");
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_CREATE_TAGS)
  default void createTagsAddsATargetTag() {
    String id = fixture().target(shared().source(1));
    Tag later = Tag.builder().key("Contract-Later").value("1").build();

    ec2().createTags(create -> create.resources(id).tags(later));

    assertThat(
            fixture()
                .world()
                .eventually(() -> described(id).getFirst().tags(), tags -> tags.contains(later)))
        .contains(later);
  }

  private List<TrafficMirrorTarget> described(String id) {
    return fixture()
        .world()
        .eventually(
            () ->
                ec2()
                    .describeTrafficMirrorTargets(read -> read.trafficMirrorTargetIds(id))
                    .trafficMirrorTargets(),
            targets -> !targets.isEmpty());
  }
}
