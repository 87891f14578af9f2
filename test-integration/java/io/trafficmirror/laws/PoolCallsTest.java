package io.trafficmirror.laws;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.embedded.Ec2Options;
import io.trafficmirror.embedded.MappingSettings;
import io.trafficmirror.harness.Concurrent;
import io.trafficmirror.harness.Fleet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Counts the EC2 calls for a large pool. The count is the same on every machine. */
@Concurrent
class PoolCallsTest {

  private static final int SOURCES = 1_000;
  private static final double MAX_CALLS_PER_SOURCE = 1.3;

  enum Trigger {
    BACKFILL,
    LAUNCHES
  }

  @ParameterizedTest
  @EnumSource(Trigger.class)
  void makesAtMostThirteenCallsPerTenSourcesInALargePool(Trigger way) {
    World world =
        new World(
            1,
            Ec2Options.defaults().withTransitionTime(Duration.ofSeconds(20)),
            MappingSettings.defaults(),
            1,
            PoolSource.POLICY);
    Fleet<PoolSource> fleet = PoolSource.none(world.aws.ec2());
    List<Fleet.Member<PoolSource>> members = fleet.add(PoolSource.X_IN_A, SOURCES);
    world.time.sleep(Duration.ofMinutes(1));
    switch (way) {
      case BACKFILL -> world.backfill("run-1", 200);
      case LAUNCHES -> members.forEach(member -> world.launch(member.instance()));
    }

    world.runUntilIdle();

    PoolState state = PoolState.of(world);
    state.assertAllMirrored(fleet);
    assertThat(state.launched()).isEqualTo(fleet.needed());
    Map<String, Integer> calls = world.aws.calls().byAction("ec2");
    int all = calls.values().stream().mapToInt(Integer::intValue).sum();
    System.out.printf(
        "EC2 calls per source in a pool of %,d, %s: %.3f %s%n",
        SOURCES, way, (double) all / SOURCES, calls);
    assertThat((double) all / SOURCES).as("%s", calls).isLessThanOrEqualTo(MAX_CALLS_PER_SOURCE);
  }
}
