package io.trafficmirror.laws;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.embedded.EmbeddedEc2;
import io.trafficmirror.embedded.SessionView;
import io.trafficmirror.harness.Findings;
import io.trafficmirror.harness.Fleet;
import io.trafficmirror.harness.Judge;
import io.trafficmirror.harness.TargetInstances;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The pools in embedded EC2 after the consumers have worked on them, and their assertions. */
final class PoolState {

  private final TargetInstances targets;
  private final List<SessionView> sessions;

  private PoolState(EmbeddedEc2 ec2) {
    targets = TargetInstances.of(ec2);
    sessions = ec2.sessions().stream().filter(s -> Judge.isOurs(s.tags())).toList();
  }

  static PoolState of(World world) {
    return new PoolState(world.aws.ec2());
  }

  /** The target instances that are up, by pool as the launch was, not as the tags say. */
  Map<String, Integer> launched() {
    return targets.byPlace();
  }

  int instances() {
    return targets.up().size();
  }

  /** Everybody who can be is mirrored once, to a target of the right pool, and nobody else is. */
  void everybodyIsMirrored(Fleet<PoolSource> fleet) {
    assertThat(new Judge(fleet.expected(), sessions, targets::place).findings())
        .isEqualTo(Findings.none());
  }

  /** Every target instance has its target and every target its instance. */
  void nothingIsHalfMade() {
    assertThat(targets.halfMade()).isEmpty();
  }

  /** No target is there for nobody. */
  void nothingIsUnused() {
    Set<String> used = new HashSet<>();
    sessions.forEach(session -> used.add(session.targetId()));
    assertThat(targets.targets())
        .as("targets of ours")
        .allMatch(target -> used.contains(target.targetId()));
  }
}
