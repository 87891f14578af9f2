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

/**
 * Tests the safeguards of runs against a real account on embedded AWS: cleanup, budget and polling.
 */
class RealAccountSafeguardsIT {

  private static final Polling SHORT = new Polling(Duration.ofMillis(1), 30);

  private final EmbeddedWorld world = EmbeddedWorld.withoutTransitions();
  private final Fixture fixture = new Fixture(world, new SharedResources(world));

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void cleanupRemovesEveryTaggedResource() {
    String survivor = detachedInterface();
    fixture.session(fixture.shared().source(0), 1);
    fixture.session(fixture.shared().source(1), 1);
    String held = fixture.target(fixture.shared().source(2));
    fixture.session(fixture.shared().source(3), 1, to -> to.trafficMirrorTargetId(held));

    assertThat(sweep(world.runId())).isEmpty();

    assertThat(world.remainingSessions()).isEmpty();
    assertThat(targets()).doesNotContain(held, fixture.shared().target());
    assertThat(world.client().describeTrafficMirrorFilters(all -> {}).trafficMirrorFilters())
        .isEmpty();
    assertThat(states()).containsOnly(InstanceStateName.TERMINATED);
    assertThat(
            world
                .client()
                .describeNetworkInterfaces(
                    read -> read.filters(Fixture.filter("network-interface-id", survivor)))
                .networkInterfaces())
        .isEmpty();
  }

  @Test
  void cleanupCanBeRepeated() {
    fixture.session(fixture.shared().source(0), 1);

    assertThat(sweep(world.runId())).isEmpty();
    assertThat(sweep(world.runId())).isEmpty();
  }

  @Test
  void cleanupKeepsUntaggedResourcesAndThoseOfOtherRuns() {
    TrafficMirrorSession ours = fixture.session(fixture.shared().source(0), 1);
    TrafficMirrorSession untagged =
        fixture.session(fixture.shared().source(1), 1, plain -> plain.tagSpecifications(List.of()));

    assertThat(sweep("another run")).isEmpty();

    assertThat(
            world.client().describeTrafficMirrorSessions(all -> {}).trafficMirrorSessions().stream()
                .map(TrafficMirrorSession::trafficMirrorSessionId))
        .containsExactlyInAnyOrder(
            ours.trafficMirrorSessionId(), untagged.trafficMirrorSessionId());
    assertThat(states()).containsOnly(InstanceStateName.RUNNING);
  }

  @Test
  void cleanupOfEveryRunNeedsNoRunId() {
    fixture.session(fixture.shared().source(0), 1);

    assertThat(new Cleanup(world.client(), Optional.empty(), SHORT).run()).isEmpty();

    assertThat(world.remainingSessions()).isEmpty();
    assertThat(states()).containsOnly(InstanceStateName.TERMINATED);
  }

  @Test
  void cleanupReportsResourcesThatItCannotRemove() {
    fixture.session(fixture.shared().source(0), 1, plain -> plain.tagSpecifications(List.of()));

    assertThat(sweep(world.runId()))
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains(fixture.shared().target(), "TrafficMirrorTargetInUseException"));
  }

  @Test
  void budgetPreventsFurtherLaunches() {
    try (Ec2Client limited = world.limited(new Budget())) {
      limited.runInstances(Launches.request(world, Budget.INSTANCES).build());

      assertThatThrownBy(() -> limited.runInstances(Launches.request(world, 1).build()))
          .hasStackTraceContaining("more than " + Budget.INSTANCES + " instances");
    }
    assertThat(states()).hasSize(Budget.INSTANCES);
  }

  @Test
  void pollingReturnsTheLastResultAfterItsLastAttempt() {
    assertThat(SHORT.eventually(() -> "never", "soon"::equals)).isEqualTo("never");
  }

  private List<String> sweep(String runId) {
    return new Cleanup(world.client(), Optional.of(runId), SHORT).run();
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

  /** An interface that outlived its terminated instance. */
  private String detachedInterface() {
    Instance terminatedInstance =
        fixture
            .launch(1, launch -> LifecycleClaims.withRetainedInterface(world, launch))
            .getFirst();
    fixture.terminate(terminatedInstance.instanceId());
    return Launches.primaryInterface(terminatedInstance);
  }
}
