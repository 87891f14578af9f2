package io.trafficmirror.laws;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.embedded.EmbeddedEc2;
import io.trafficmirror.embedded.SessionView;
import io.trafficmirror.harness.Discrepancies;
import io.trafficmirror.harness.Fleet;
import io.trafficmirror.harness.SessionCheck;
import io.trafficmirror.harness.TargetInstances;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Assertions about the pools in embedded EC2. */
final class PoolState {

  private final TargetInstances targets;
  private final List<SessionView> sessions;

  private PoolState(EmbeddedEc2 ec2) {
    targets = TargetInstances.of(ec2);
    sessions = ec2.sessions().stream().filter(s -> SessionCheck.isManaged(s.tags())).toList();
  }

  static PoolState of(World world) {
    return new PoolState(world.aws.ec2());
  }

  /**
   * Number of target instances in service by pool, derived from their launch parameters, not from
   * tags.
   */
  Map<String, Integer> launched() {
    return targets.byPlace();
  }

  int instances() {
    return targets.up().size();
  }

  /**
   * Asserts that each instance that must be mirrored has one session, to a target of its pool, and
   * no other instance has one.
   */
  void assertAllMirrored(Fleet<PoolSource> fleet) {
    assertThat(new SessionCheck(fleet.expected(), sessions, targets::place).discrepancies())
        .isEqualTo(Discrepancies.none());
  }

  /** Asserts that each target instance has a target and each target an instance. */
  void assertNothingIncomplete() {
    assertThat(targets.incomplete()).isEmpty();
  }

  /** Asserts that every managed target has a session. */
  void assertNothingUnused() {
    Set<String> used = new HashSet<>();
    sessions.forEach(session -> used.add(session.targetId()));
    assertThat(targets.targets())
        .as("managed targets")
        .allMatch(target -> used.contains(target.targetId()));
  }
}
