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

/** Claims about sessions when instances stop, start and terminate. */
interface LifecycleClaims extends Claims {

  @Test
  @Claim(status = DOCUMENTED, source = Sources.OVERVIEW)
  default void sessionSurvivesAStopAndAStart() {
    Instance one = fixture().launch();
    String source = Launches.primaryInterface(one);
    String session = fixture().session(source, 1).trafficMirrorSessionId();

    fixture().stop(one.instanceId());
    assertThat(fixture().sessionsOn(source)).containsExactly(session);

    ec2().startInstances(start -> start.instanceIds(one.instanceId()));
    fixture().world().awaitState(List.of(one.instanceId()), InstanceStateName.RUNNING);
    assertThat(fixture().sessionsOn(source)).containsExactly(session);
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.SESSIONS)
  default void terminationDeletesTheSessionWithItsInterface() {
    Instance one = fixture().launch();
    String source = Launches.primaryInterface(one);
    fixture().session(source, 1);
    String kept = fixture().session(shared().source(0), 1).trafficMirrorSessionId();

    fixture().terminate(one.instanceId());

    assertThat(fixture().world().eventually(() -> fixture().sessionsOn(source), List::isEmpty))
        .isEmpty();
    assertThat(fixture().sessionsOn(shared().source(0))).containsExactly(kept);
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.OVERVIEW)
  default void sessionOutlivesItsInstanceIfTheInterfaceDoes() {
    Instance one =
        fixture().launch(1, launch -> withRetainedInterface(fixture().world(), launch)).getFirst();
    String source = Launches.primaryInterface(one);
    String session = fixture().session(source, 1).trafficMirrorSessionId();

    fixture().terminate(one.instanceId());
    fixture()
        .afterwards(
            () -> ec2().deleteNetworkInterface(delete -> delete.networkInterfaceId(source)));

    assertThat(fixture().sessionsOn(source)).containsExactly(session);
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.SESSIONS)
  default void deletingTheInterfaceDeletesItsSession() {
    Instance one =
        fixture().launch(1, launch -> withRetainedInterface(fixture().world(), launch)).getFirst();
    String source = Launches.primaryInterface(one);
    fixture().session(source, 1);
    fixture().terminate(one.instanceId());

    ec2().deleteNetworkInterface(delete -> delete.networkInterfaceId(source));

    assertThat(fixture().world().eventually(() -> fixture().sessionsOn(source), List::isEmpty))
        .isEmpty();
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.TARGETS)
  default void sessionOutlivesItsTargetsInstanceAndCanBeModified() {
    Instance sensor = fixture().launch();
    String target = fixture().target(Launches.primaryInterface(sensor));
    String session =
        fixture()
            .session(shared().source(0), 1, to -> to.trafficMirrorTargetId(target))
            .trafficMirrorSessionId();

    fixture().terminate(sensor.instanceId());

    assertThat(fixture().sessionsOn(shared().source(0))).containsExactly(session);
    assertThat(
            ec2()
                .modifyTrafficMirrorSession(
                    modify ->
                        modify
                            .trafficMirrorSessionId(session)
                            .trafficMirrorTargetId(shared().target()))
                .trafficMirrorSession()
                .trafficMirrorTargetId())
        .isEqualTo(shared().target());
  }

  @Test
  @Claim(status = UNVERIFIED, source = Sources.UNDOCUMENTED)
  default void sessionOnAStoppedInstance() {
    Instance one = fixture().launch();
    fixture().stop(one.instanceId());

    report(
        Question.STOPPED_SOURCE,
        Ec2Error.answer(
            () -> {
              fixture().session(Launches.primaryInterface(one), 1);
              return Question.Behaviour.ACCEPTED;
            }));
  }

  /** A launch whose primary interface is retained on termination. */
  static RunInstancesRequest.Builder withRetainedInterface(
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
