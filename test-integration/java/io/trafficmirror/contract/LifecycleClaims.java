package io.trafficmirror.contract;

import static io.trafficmirror.contract.Claim.Status.DOCUMENTED;
import static io.trafficmirror.contract.Claim.Status.UNVERIFIED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterfaceSpecification;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;

/** What becomes of sessions when instances stop and end. */
interface LifecycleClaims extends Claims {

  @Test
  @Claim(status = DOCUMENTED, source = Sources.OVERVIEW)
  default void aSessionSurvivesAStopAndAStart() {
    Instance one = stage().launch();
    String source = Launches.primaryInterface(one);
    String session = stage().session(source, 1).trafficMirrorSessionId();

    stage().stop(one.instanceId());
    assertThat(stage().sessionsOn(source)).containsExactly(session);

    ec2().startInstances(start -> start.instanceIds(one.instanceId()));
    stage().world().reached(List.of(one.instanceId()), InstanceStateName.RUNNING);
    assertThat(stage().sessionsOn(source)).containsExactly(session);
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.SESSIONS)
  default void aSessionGoesWithItsInterfaceWhenTheInstanceIsTerminated() {
    Instance one = stage().launch();
    String source = Launches.primaryInterface(one);
    stage().session(source, 1);
    String kept = stage().session(pool().source(0), 1).trafficMirrorSessionId();

    stage().terminate(one.instanceId());

    assertThat(stage().world().eventually(() -> stage().sessionsOn(source), List::isEmpty))
        .isEmpty();
    assertThat(stage().sessionsOn(pool().source(0))).containsExactly(kept);
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.OVERVIEW)
  default void aSessionOutlivesItsInstanceWhereTheInterfaceDoes() {
    Instance one =
        stage().launch(1, launch -> withSurvivingInterface(stage().world(), launch)).getFirst();
    String source = Launches.primaryInterface(one);
    String session = stage().session(source, 1).trafficMirrorSessionId();

    stage().terminate(one.instanceId());
    stage().afterwards(() -> ec2().deleteNetworkInterface(gone -> gone.networkInterfaceId(source)));

    assertThat(stage().sessionsOn(source)).containsExactly(session);
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.SESSIONS)
  default void aSessionGoesWhenItsInterfaceIsDeleted() {
    Instance one =
        stage().launch(1, launch -> withSurvivingInterface(stage().world(), launch)).getFirst();
    String source = Launches.primaryInterface(one);
    stage().session(source, 1);
    stage().terminate(one.instanceId());

    ec2().deleteNetworkInterface(gone -> gone.networkInterfaceId(source));

    assertThat(stage().world().eventually(() -> stage().sessionsOn(source), List::isEmpty))
        .isEmpty();
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.TARGETS)
  default void aSessionOutlivesTheInstanceBehindItsTargetAndCanBePointedElsewhere() {
    Instance sensor = stage().launch();
    String target = stage().target(Launches.primaryInterface(sensor));
    String session =
        stage()
            .session(pool().source(0), 1, to -> to.trafficMirrorTargetId(target))
            .trafficMirrorSessionId();

    stage().terminate(sensor.instanceId());

    assertThat(stage().sessionsOn(pool().source(0))).containsExactly(session);
    assertThat(
            ec2()
                .modifyTrafficMirrorSession(
                    modify ->
                        modify
                            .trafficMirrorSessionId(session)
                            .trafficMirrorTargetId(pool().target()))
                .trafficMirrorSession()
                .trafficMirrorTargetId())
        .isEqualTo(pool().target());
  }

  @Test
  @Claim(status = UNVERIFIED, source = Sources.NOWHERE)
  default void aSessionOnAStoppedInstance() {
    Instance one = stage().launch();
    stage().stop(one.instanceId());

    judge(
        Question.STOPPED_SOURCE,
        Refusal.answer(
            () -> {
              stage().session(Launches.primaryInterface(one), 1);
              return Question.Words.ACCEPTED;
            }));
  }

  /** A launch whose primary interface stays when the instance ends. */
  static RunInstancesRequest.Builder withSurvivingInterface(
      Ec2World world, RunInstancesRequest.Builder launch) {
    return launch
        .subnetId(null)
        .networkInterfaces(
            InstanceNetworkInterfaceSpecification.builder()
                .deviceIndex(0)
                .subnetId(world.subnetId())
                .deleteOnTermination(false)
                .build());
  }
}
