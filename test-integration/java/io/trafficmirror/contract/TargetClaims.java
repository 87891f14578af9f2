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

/** What can be a mirror target, and what a target keeps from happening. */
interface TargetClaims extends Claims {

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_CREATE_TARGET)
  default void aNewTargetAnswersEverythingThatWasAskedAndIsDescribedSo() {
    String token = stage().token();
    String sensor = pool().source(0);

    CreateTrafficMirrorTargetResponse made =
        stage()
            .createTarget(
                stage().targetRequest(sensor).description("a sensor").clientToken(token).build());

    TrafficMirrorTarget target = made.trafficMirrorTarget();
    assertThat(made.clientToken()).isEqualTo(token);
    assertThat(target.trafficMirrorTargetId()).matches("tmt-([0-9a-f]{8}|[0-9a-f]{17})");
    assertThat(target.networkInterfaceId()).isEqualTo(sensor);
    assertThat(target.type()).isEqualTo(TrafficMirrorTargetType.NETWORK_INTERFACE);
    assertThat(target.description()).isEqualTo("a sensor");
    assertThat(target.ownerId()).matches("[0-9]{12}");
    assertThat(target.tags()).contains(Launches.tag(stage().world()));
    assertThat(described(target.trafficMirrorTargetId())).containsExactly(target);
  }

  @Test
  @EmbeddedOnly("it needs a network load balancer")
  @Claim(status = DOCUMENTED, source = Sources.API_TARGETS)
  default void aLoadBalancerTargetNamesItsLoadBalancerAndNoInterface() {
    TrafficMirrorTarget target = described(stage().world().loadBalancerTarget()).getFirst();

    assertThat(target.type()).isEqualTo(TrafficMirrorTargetType.NETWORK_LOAD_BALANCER);
    assertThat(target.networkLoadBalancerArn()).startsWith("arn:");
    assertThat(target.networkInterfaceId()).isNull();
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.ERRORS)
  default void anInterfaceThatIsATargetCannotBeASource() {
    pool().target();

    Refusal refusal = Refusal.of(() -> stage().session(pool().sensorInterface(), 1));

    assertThat(refusal.code()).isEqualTo("InterfaceInUseByTrafficMirrorTarget");
    assertThat(refusal.status()).isEqualTo(400);
  }

  @Test
  @Claim(status = OBSERVED, source = Sources.VECTRA)
  default void theRefusalOfATargetAsSourceSaysThatATargetUsesIt() {
    pool().target();

    assertThat(Refusal.of(() -> stage().session(pool().sensorInterface(), 1)).message())
        .contains("is in use by target");
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.ERRORS)
  default void anInterfaceThatIsASourceCannotBeATarget() {
    stage().session(pool().source(0), 1);

    Refusal refusal = Refusal.of(() -> stage().target(pool().source(0)));

    assertThat(refusal.code()).isEqualTo("InterfaceInUseByTrafficMirrorSession");
    assertThat(refusal.status()).isEqualTo(400);
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.SESSIONS)
  default void anInterfaceCannotBeTwoTargets() {
    pool().target();

    Refusal refusal = Refusal.of(() -> stage().target(pool().sensorInterface()));

    assertThat(refusal.code()).isEqualTo("InterfaceInUseByTrafficMirrorTarget");
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.SESSIONS)
  default void anInterfaceCanBeASourceOnceItsTargetIsGone() {
    String target = stage().target(pool().source(0));
    ec2().deleteTrafficMirrorTarget(gone -> gone.trafficMirrorTargetId(target));

    assertThat(stage().session(pool().source(0), 1).networkInterfaceId())
        .isEqualTo(pool().source(0));
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_DELETE_TARGET)
  default void aTargetInUseIsNotDeleted() {
    stage().session(pool().source(0), 1);

    Refusal refusal =
        Refusal.of(
            () ->
                ec2()
                    .deleteTrafficMirrorTarget(
                        gone -> gone.trafficMirrorTargetId(pool().target())));

    assertThat(refusal.code()).isEqualTo("TrafficMirrorTargetInUseException");
    assertThat(refusal.status()).isEqualTo(400);
    assertThat(described(pool().target())).hasSize(1);
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.ERRORS)
  default void aFilterInUseIsNotDeleted() {
    stage().session(pool().source(0), 1);

    Refusal refusal =
        Refusal.of(
            () ->
                ec2()
                    .deleteTrafficMirrorFilter(
                        gone -> gone.trafficMirrorFilterId(pool().filter())));

    assertThat(refusal.code()).isEqualTo("TrafficMirrorFilterInUse");
    assertThat(refusal.status()).isEqualTo(400);
  }

  @Test
  @Claim(
      status = OBSERVED,
      source = "public code that matches \"The interface ID ... does not exist\"")
  default void aTargetOnAnInterfaceThatDoesNotExistIsRefused() {
    Refusal refusal = Refusal.of(() -> stage().target(Claims.unknown("eni-")));

    assertThat(refusal.code()).isEqualTo("InvalidTrafficMirrorTarget");
    assertThat(refusal.message()).contains(Claims.unknown("eni-"), "does not exist");
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_CREATE_TAGS)
  default void aTagOfATargetIsAddedLater() {
    String id = stage().target(pool().source(1));
    Tag later = Tag.builder().key("Contract-Later").value("1").build();

    ec2().createTags(create -> create.resources(id).tags(later));

    assertThat(
            stage()
                .world()
                .eventually(() -> described(id).getFirst().tags(), tags -> tags.contains(later)))
        .contains(later);
  }

  private List<TrafficMirrorTarget> described(String id) {
    return stage()
        .world()
        .eventually(
            () ->
                ec2()
                    .describeTrafficMirrorTargets(read -> read.trafficMirrorTargetIds(id))
                    .trafficMirrorTargets(),
            targets -> !targets.isEmpty());
  }
}
