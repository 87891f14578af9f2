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

/** What a large pool costs in calls to EC2. Counted, so it is the same on every machine. */
@Concurrent
class PoolCallsTest {

  private static final int SOURCES = 1_000;
  private static final double MOST_CALLS_A_SOURCE = 1.3;

  enum Way {
    BACKFILL,
    LAUNCHES
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void aPoolOfAThousandSourcesTakesAtMostThirteenCallsForTenOfThem(Way way) {
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

    world.runToTheEnd();

    PoolState state = PoolState.of(world);
    state.everybodyIsMirrored(fleet);
    assertThat(state.launched()).isEqualTo(fleet.needed());
    Map<String, Integer> calls = world.aws.calls().byAction("ec2");
    int all = calls.values().stream().mapToInt(Integer::intValue).sum();
    System.out.printf(
        "EC2 calls per source in a pool of %,d, %s: %.3f %s%n",
        SOURCES, way, (double) all / SOURCES, calls);
    assertThat((double) all / SOURCES).as("%s", calls).isLessThanOrEqualTo(MOST_CALLS_A_SOURCE);
  }
}
