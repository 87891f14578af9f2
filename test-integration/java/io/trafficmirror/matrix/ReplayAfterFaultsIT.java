package io.trafficmirror.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.harness.Effort;
import io.trafficmirror.harness.RunningDeployment;
import io.trafficmirror.operate.Commands;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** After a fault that was too long, the commands of the runbooks put back what was kept. */
@Order(4)
final class ReplayAfterFaultsIT {

  private static final Width WIDTH = new Width(4, 10);

  /** Longer than the two minutes for which one instance is tried. */
  private static final Duration TOO_LONG = Duration.ofSeconds(150);

  /** Runs follow each other, and each looks for two minutes; this goes on after the last one. */
  private static final Duration TOO_LONG_FOR_RUNS = Duration.ofMinutes(15);

  private static final Duration RECORD_AGE = Duration.ofSeconds(60);

  @TempDir private Path directory;

  @BeforeEach
  void theCommandsNeedTheAwsCli() throws Exception {
    Commands.requireAwsCli();
  }

  /** One in every build: the commands are the same for all. */
  static List<Case> cases() {
    return Effort.IS_EXHAUSTIVE ? List.of(Case.values()) : List.of(Case.LAUNCH);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whatWasLeftIsMirroredOnceItIsReplayedAndWhatWasRejectedIsRejectedAgain(Case what)
      throws Exception {
    try (MatrixRun run = MatrixRun.listening(stuck(what), what, WIDTH)) {
      Tally before = run.play();
      assertThat(before.isRight()).as("%s%n%s", before, run.troubles()).isTrue();
      assertThat(before.left()).as("left to the next look: %s", before).isPositive();
      assertThat(before.rejected()).isEqualTo(MatrixRun.POISON.size());

      // Several runs may each have left the same instance.
      KeptThings kept = new KeptThings(run.world());
      replay(run, "Replay records that the function stored", "retries-exhausted/");
      replay(run, "Replay records that the function stored", "rejected/");
      Tally after = run.goOn();

      assertThat(after.records())
          .isEqualTo(before.records() + kept.count("retries-exhausted/") + kept.count("rejected/"));
      assertThat(after.isRight()).as("%s%n%s", after, run.troubles()).isTrue();
      assertThat(after.left()).as("still left: %s", after).isZero();
      assertThat(after.sessions()).isEqualTo(MatrixRun.FLEET);
      assertThat(after.rejected()).isEqualTo(MatrixRun.POISON.size());
    }
  }

  @Test
  void whatTheMappingGaveUpOnIsMirroredOnceItIsReplayed() throws Exception {
    MatrixFault away =
        MatrixFaults.away(RECORD_AGE.plusSeconds(30))
            .in(options -> options.withMapping(options.mapping().withMaximumRecordAge(RECORD_AGE)));
    try (MatrixRun run = MatrixRun.listening(away, Case.LAUNCH, WIDTH)) {
      Tally before = run.play();
      assertThat(before.lost()).as("%s%n%s", before, run.troubles()).isZero();
      assertThat(before.missing()).as("%s", before).isPositive();

      replay(run, "Replay batches that Lambda discarded", "aws/lambda/");
      Tally after = run.goOn();

      assertThat(after.isRight()).as("%s%n%s", after, run.troubles()).isTrue();
      assertThat(after.sessions()).isEqualTo(MatrixRun.FLEET);
    }
  }

  /** Something that one instance has, or one pool; nobody else is any the worse for it. */
  private static MatrixFault stuck(Case what) {
    return what == Case.GROWTH
        ? MatrixFault.of(
            "no capacity for targets",
            TOO_LONG,
            world ->
                world.aws().ec2().constrainLaunches(o -> o.noCapacity("t3.micro", "us-east-1a")),
            world -> world.aws().ec2().constrainLaunches(o -> o.clear()))
        : MatrixFault.of(
            "EC2 fails for one instance",
            what == Case.BACKFILL ? TOO_LONG_FOR_RUNS : TOO_LONG,
            world ->
                world
                    .aws()
                    .faults()
                    .refuseNaming(
                        "ec2",
                        "CreateTrafficMirrorSession",
                        "eni-00000000000000003",
                        Integer.MAX_VALUE,
                        500,
                        "InternalError"),
            MatrixFaults::calm);
  }

  private void replay(MatrixRun run, String section, String prefix) throws Exception {
    run.world().aws().latencies().off();
    Commands.Run commands =
        new Commands(run.world().aws())
            .runbook(
                section,
                directory,
                Map.of(
                    "STREAM", RunningDeployment.STREAM,
                    "BUCKET", RunningDeployment.FAILURES,
                    "PREFIX", prefix));
    assertThat(commands.exitCode()).as(commands.output()).isZero();
  }
}
