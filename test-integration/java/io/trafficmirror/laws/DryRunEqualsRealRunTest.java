package io.trafficmirror.laws;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.embedded.Ec2Options;
import io.trafficmirror.embedded.MappingSettings;
import io.trafficmirror.harness.Concurrent;
import io.trafficmirror.harness.Effort;
import io.trafficmirror.laws.FleetWithHistory.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A dry run announces exactly the changes of a real run over the same fleet: sessions, launches and
 * removals. A seed determines each fleet: {@code -Ddry.run.fleets=1000} sets the number of fleets,
 * {@code -Ddry.run.seed=...} the first seed.
 */
@Concurrent
class DryRunEqualsRealRunTest {

  private static final int FLEETS = Integer.getInteger("dry.run.fleets", Effort.of(5, 20));
  private static final long FIRST_SEED = Long.getLong("dry.run.seed", 1);

  static LongStream seeds() {
    return LongStream.range(FIRST_SEED, FIRST_SEED + FLEETS);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void announcesTheChangesOfARealRun(long seed) {
    FleetWithHistory rehearsed = new FleetWithHistory(seed);
    Snapshot before = rehearsed.snapshot();
    RunChanges announced = rehearsed.run(true);
    RunChanges made = new FleetWithHistory(seed).run(false);

    System.out.printf(
        "dry run and real run, seed %d: %d sessions, %d launches, %d removals, %d not mirrored%n",
        seed,
        made.sessions().size(),
        made.launches().size(),
        made.targets().size() + made.terminated().size(),
        made.notMirrored().size());
    SoftAssertions softly = new SoftAssertions();
    softly.assertThat(announced.sessions()).as("sessions").isEqualTo(made.sessions());
    softly.assertThat(announced.launches()).as("launches").isEqualTo(made.launches());
    softly.assertThat(announced.targets()).as("deleted targets").isEqualTo(made.targets());
    softly.assertThat(announced.terminated()).as("terminated").isEqualTo(made.terminated());
    softly.assertThat(announced.notMirrored()).as("not mirrored").isEqualTo(made.notMirrored());
    softly.assertThat(rehearsed.snapshot()).as("EC2 after the dry run").isEqualTo(before);
    softly
        .assertThat(rehearsed.world.aws.calls().byAction("ec2").keySet())
        .as("calls of the dry run")
        .allMatch(action -> action.startsWith("Describe"));
    softly.assertAll();
  }

  @Test
  void theFleetsCoverEveryKindOfChange() {
    List<RunChanges> runs = new ArrayList<>();
    LongStream.rangeClosed(1, 20).forEach(seed -> runs.add(new FleetWithHistory(seed).run(false)));

    assertThat(runs.stream().flatMap(run -> run.sessions().values().stream()))
        .as("sessions")
        .anyMatch(change -> change.matches("create to tmt-fixed .*"))
        .anyMatch(change -> change.matches("create to tmt-(?!fixed).*"))
        .anyMatch(change -> change.matches("create to slot .*"))
        .anyMatch(change -> change.matches("create to new target of eni-.*"))
        .anyMatch(change -> change.matches("create to .* number 101"))
        .anyMatch(change -> change.matches("modify to tmt-.*"))
        .anyMatch(change -> change.matches("modify to slot .*"));
    assertThat(runs.stream().flatMap(run -> run.launches().stream()))
        .as("launches")
        .anyMatch(slot -> slot.endsWith("generation 0"))
        .anyMatch(slot -> slot.endsWith("generation 1"));
    assertThat(runs).as("removals").anyMatch(run -> run.targets().size() < run.terminated().size());
    assertThat(runs).as("removals").anyMatch(run -> run.targets().size() > run.terminated().size());
    assertThat(runs.stream().flatMap(run -> run.notMirrored().values().stream()))
        .as("not mirrored")
        .contains("unsupported-source", "interface-session-limit");
  }

  /** The page is retried after each launch, and the changes rehearsed before still count. */
  @Test
  void completesAPageThatExceedsTheLaunchesOfAnInvocation() {
    World world =
        new World(1, Ec2Options.defaults(), MappingSettings.defaults(), 1, PoolSource.POLICY);
    PoolSource.none(world.aws.ec2()).add(PoolSource.X_IN_A, 35);
    world.variables().put("MIRROR_LAUNCHES_PER_INVOCATION", "1");
    world.variables().put("MIRROR_DRY_RUN", "true");

    world.backfill("run", 200);
    world.runUntilIdle();

    assertThat(world.lines().stream().filter(line -> line.contains("a target would be launched")))
        .hasSize(4);
    assertThat(world.lines().stream().filter(line -> line.contains("dry run: nothing was written")))
        .hasSize(35);
  }
}
