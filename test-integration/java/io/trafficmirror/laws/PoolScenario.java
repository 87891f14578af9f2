package io.trafficmirror.laws;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.embedded.Ec2Options;
import io.trafficmirror.embedded.EmbeddedEc2;
import io.trafficmirror.embedded.MappingSettings;
import io.trafficmirror.harness.Fleet;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * A deployment with pools whose consumers run one after the other, by default without stale reads.
 */
final class PoolScenario {

  final World world;
  final Fleet<PoolSource> fleet;
  final EmbeddedEc2 ec2;
  private final Random random = new Random(7);
  private final PoolBystanders.Snapshot foreign;

  PoolScenario() {
    world = new World(7, Ec2Options.defaults(), MappingSettings.defaults(), 1, PoolSource.POLICY);
    ec2 = world.aws.ec2();
    fleet = PoolSource.none(ec2);
    foreign = PoolBystanders.snapshot(ec2);
    world.time.sleep(Duration.ofMinutes(1));
  }

  /** Delivers the launches of the instances in one batch until it is complete. */
  void launch(List<Fleet.Member<PoolSource>> members) {
    deliver(() -> members.forEach(member -> world.launch(member.instance())));
  }

  /** Completes a backfill run, which ends with a sweep. */
  void backfill() {
    deliver(() -> world.backfill("run-" + random.nextInt(), 200));
  }

  /** Completes a sweep that has its own record. */
  void sweep() {
    deliver(() -> world.sweep("sweep-" + random.nextInt()));
  }

  private void deliver(Runnable puts) {
    Consumers consumers = new Consumers(world, random, (service, action) -> {}, false);
    consumers.add(puts);
    consumers.run();
  }

  void advance(Duration time) {
    world.time.sleep(time);
  }

  PoolState state() {
    return PoolState.of(world);
  }

  int calls(String action) {
    return world.aws.calls().byAction("ec2").getOrDefault(action, 0);
  }

  /** Number of log lines with the outcome. */
  long outcomes(String reason) {
    return world.log().lines().filter(line -> line.contains("\"outcome\":\"" + reason)).count();
  }

  /**
   * Asserts that all instances are mirrored, by the fewest possible targets, and foreign resources
   * are unchanged.
   */
  void assertMirroredByFewestTargets() {
    PoolState state = state();
    state.assertAllMirrored(fleet);
    state.assertNothingIncomplete();
    assertThat(state.launched()).isEqualTo(fleet.needed());
    assertForeignUnchanged();
  }

  void assertForeignUnchanged() {
    assertThat(PoolBystanders.snapshot(ec2)).isEqualTo(foreign);
    DeliveryLawsTest.assertNothingUnsupported(world.aws);
  }
}
