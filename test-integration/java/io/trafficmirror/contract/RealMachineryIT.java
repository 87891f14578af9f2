package io.trafficmirror.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.TrafficMirrorSession;

/** What protects a real account is tried on embedded AWS first: the sweep, the budget, the wait. */
class RealMachineryIT {

  private static final Patience SHORT = new Patience(Duration.ofMillis(1), 30);

  private final EmbeddedWorld world = EmbeddedWorld.withoutTransitions();
  private final Stage stage = new Stage(world, new Pool(world));

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void theSweepLeavesNothingThatCarriesTheTag() {
    String survivor = survivingInterface();
    stage.session(stage.pool().source(0), 1);
    stage.session(stage.pool().source(1), 1);
    String held = stage.target(stage.pool().source(2));
    stage.session(stage.pool().source(3), 1, to -> to.trafficMirrorTargetId(held));

    assertThat(sweep(world.runId())).isEmpty();

    assertThat(world.leftSessions()).isEmpty();
    assertThat(targets()).doesNotContain(held, stage.pool().target());
    assertThat(world.client().describeTrafficMirrorFilters(all -> {}).trafficMirrorFilters())
        .isEmpty();
    assertThat(states()).containsOnly(InstanceStateName.TERMINATED);
    assertThat(
            world
                .client()
                .describeNetworkInterfaces(
                    read -> read.filters(Stage.filter("network-interface-id", survivor)))
                .networkInterfaces())
        .isEmpty();
  }

  @Test
  void theSweepMayBeRepeated() {
    stage.session(stage.pool().source(0), 1);

    assertThat(sweep(world.runId())).isEmpty();
    assertThat(sweep(world.runId())).isEmpty();
  }

  @Test
  void theSweepTouchesNothingOfAnotherRunAndNothingUntagged() {
    TrafficMirrorSession ours = stage.session(stage.pool().source(0), 1);
    TrafficMirrorSession untagged =
        stage.session(stage.pool().source(1), 1, plain -> plain.tagSpecifications(List.of()));

    assertThat(sweep("another run")).isEmpty();

    assertThat(
            world.client().describeTrafficMirrorSessions(all -> {}).trafficMirrorSessions().stream()
                .map(TrafficMirrorSession::trafficMirrorSessionId))
        .containsExactlyInAnyOrder(
            ours.trafficMirrorSessionId(), untagged.trafficMirrorSessionId());
    assertThat(states()).containsOnly(InstanceStateName.RUNNING);
  }

  @Test
  void aSweepOfEveryRunNeedsNoRunId() {
    stage.session(stage.pool().source(0), 1);

    assertThat(new Sweep(world.client(), Optional.empty(), SHORT).run()).isEmpty();

    assertThat(world.leftSessions()).isEmpty();
    assertThat(states()).containsOnly(InstanceStateName.TERMINATED);
  }

  @Test
  void theSweepNamesWhatItCannotRemove() {
    stage.session(stage.pool().source(0), 1, plain -> plain.tagSpecifications(List.of()));

    assertThat(sweep(world.runId()))
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains(stage.pool().target(), "TrafficMirrorTargetInUseException"));
  }

  @Test
  void pastTheBudgetNothingIsLaunched() {
    try (Ec2Client limited = world.limited(new Budget())) {
      limited.runInstances(Launches.request(world, Budget.INSTANCES).build());

      assertThatThrownBy(() -> limited.runInstances(Launches.request(world, 1).build()))
          .hasStackTraceContaining("more than " + Budget.INSTANCES + " instances");
    }
    assertThat(states()).hasSize(Budget.INSTANCES);
  }

  @Test
  void waitingGivesTheLastAnswerWhenPatienceEnds() {
    assertThat(SHORT.eventually(() -> "never", "soon"::equals)).isEqualTo("never");
  }

  private List<String> sweep(String runId) {
    return new Sweep(world.client(), Optional.of(runId), SHORT).run();
  }

  private List<InstanceStateName> states() {
    return world.client().describeInstances().reservations().stream()
        .flatMap(reservation -> reservation.instances().stream())
        .map(instance -> instance.state().name())
        .toList();
  }

  private List<String> targets() {
    return world.client().describeTrafficMirrorTargets(all -> {}).trafficMirrorTargets().stream()
        .map(target -> target.trafficMirrorTargetId())
        .toList();
  }

  /** The interface of a terminated instance that has outlived it. */
  private String survivingInterface() {
    Instance gone =
        stage.launch(1, launch -> LifecycleClaims.withSurvivingInterface(world, launch)).getFirst();
    stage.terminate(gone.instanceId());
    return Launches.primaryInterface(gone);
  }
}
