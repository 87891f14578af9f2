package io.trafficmirror.laws;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.embedded.Ec2Options;
import io.trafficmirror.embedded.EmbeddedEc2;
import io.trafficmirror.embedded.MappingSettings;
import io.trafficmirror.harness.Fleet;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** One consumer after the other, without stale reads unless a test wants them. */
final class PoolStage {

  final World world;
  final Fleet<PoolSource> fleet;
  final EmbeddedEc2 ec2;
  private final Random random = new Random(7);
  private final PoolBystanders.Seen foreign;

  PoolStage() {
    world = new World(7, Ec2Options.defaults(), MappingSettings.defaults(), 1, PoolSource.POLICY);
    ec2 = world.aws.ec2();
    fleet = PoolSource.none(ec2);
    foreign = PoolBystanders.see(ec2);
    world.time.sleep(Duration.ofMinutes(1));
  }

  /** The launches of these instances are one batch, which is delivered until it is done. */
  void launch(List<Fleet.Member<PoolSource>> members) {
    play(() -> members.forEach(member -> world.launch(member.instance())));
  }

  /** A backfill run, which sweeps at its end. */
  void backfill() {
    play(() -> world.backfill("run-" + random.nextInt(), 200));
  }

  /** A sweep by a record of its own. */
  void sweep() {
    play(() -> world.sweep("sweep-" + random.nextInt()));
  }

  private void play(Runnable puts) {
    Consumers consumers = new Consumers(world, random, (service, action) -> {}, false);
    consumers.add(puts);
    consumers.work();
  }

  void pass(Duration time) {
    world.time.sleep(time);
  }

  PoolState state() {
    return PoolState.of(world);
  }

  int calls(String action) {
    return world.aws.calls().byAction("ec2").getOrDefault(action, 0);
  }

  /** How often the log names the outcome. */
  long outcomes(String reason) {
    return world.log().lines().filter(line -> line.contains("\"outcome\":\"" + reason)).count();
  }

  /** Everybody is mirrored by as few targets as it takes, and nothing foreign was touched. */
  void allIsWell() {
    PoolState state = state();
    state.everybodyIsMirrored(fleet);
    state.nothingIsHalfMade();
    assertThat(state.launched()).isEqualTo(fleet.needed());
    nothingForeignWasTouched();
  }

  void nothingForeignWasTouched() {
    assertThat(PoolBystanders.see(ec2)).isEqualTo(foreign);
    DeliveryLawsTest.assertNothingUnsupported(world.aws);
  }
}
