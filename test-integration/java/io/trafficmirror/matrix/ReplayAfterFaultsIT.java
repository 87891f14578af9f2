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
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Replays stored records with the commands of the runbooks, after a fault that exceeds all retries.
 */
@Order(4)
@ResourceLock(value = Resources.SYSTEM_PROPERTIES, mode = ResourceAccessMode.READ)
final class ReplayAfterFaultsIT {

  private static final Parallelism PARALLELISM = new Parallelism(4, 10);

  /** Longer than the two minutes of retries for one instance. */
  private static final Duration EXCEEDS_RETRIES = Duration.ofSeconds(150);

  /** Longer than all backfill runs, each of which retries for two minutes. */
  private static final Duration EXCEEDS_RETRIES_OF_RUNS = Duration.ofMinutes(15);

  private static final Duration RECORD_AGE = Duration.ofSeconds(60);

  @TempDir private Path directory;

  @BeforeEach
  void requireTheAwsCli() throws Exception {
    Commands.requireAwsCli();
  }

  /** A normal build needs only one use case, because the commands are the same for all. */
  static List<UseCase> cases() {
    return Effort.IS_EXHAUSTIVE ? List.of(UseCase.values()) : List.of(UseCase.LAUNCH);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void mirrorsReplayedInstancesAndRejectsReplayedPoisonAgain(UseCase useCase) throws Exception {
    try (MatrixRun run = MatrixRun.listening(stuck(useCase), useCase, PARALLELISM)) {
      Tally before = run.play();
      assertThat(before.isCorrect()).as("%s%n%s", before, run.problems()).isTrue();
      assertThat(before.exhausted()).as("exhausted: %s", before).isPositive();
      assertThat(before.rejected()).isEqualTo(MatrixRun.POISON.size());

      // Several runs may have stored the same instance.
      FailureBucket bucket = new FailureBucket(run.world());
      replay(run, "Replay records that the function stored", "retries-exhausted/");
      replay(run, "Replay records that the function stored", "rejected/");
      Tally after = run.resume();

      assertThat(after.records())
          .isEqualTo(
              before.records() + bucket.count("retries-exhausted/") + bucket.count("rejected/"));
      assertThat(after.isCorrect()).as("%s%n%s", after, run.problems()).isTrue();
      assertThat(after.exhausted()).as("still exhausted: %s", after).isZero();
      assertThat(after.sessions()).isEqualTo(MatrixRun.FLEET);
      assertThat(after.rejected()).isEqualTo(MatrixRun.POISON.size());
    }
  }

  @Test
  void mirrorsReplayedBatchesThatLambdaDiscarded() throws Exception {
    MatrixFault outage =
        MatrixFaults.outage(RECORD_AGE.plusSeconds(30))
            .withOptions(
                options -> options.withMapping(options.mapping().withMaximumRecordAge(RECORD_AGE)));
    try (MatrixRun run = MatrixRun.listening(outage, UseCase.LAUNCH, PARALLELISM)) {
      Tally before = run.play();
      assertThat(before.lost()).as("%s%n%s", before, run.problems()).isZero();
      assertThat(before.missing()).as("%s", before).isPositive();

      replay(run, "Replay batches that Lambda discarded", "aws/lambda/");
      Tally after = run.resume();

      assertThat(after.isCorrect()).as("%s%n%s", after, run.problems()).isTrue();
      assertThat(after.sessions()).isEqualTo(MatrixRun.FLEET);
    }
  }

  /** A fault that affects one instance or one pool. */
  private static MatrixFault stuck(UseCase useCase) {
    return useCase == UseCase.GROWTH
        ? MatrixFault.of(
            "no capacity for targets",
            EXCEEDS_RETRIES,
            world ->
                world.aws().ec2().constrainLaunches(o -> o.noCapacity("t3.micro", "us-east-1a")),
            world -> world.aws().ec2().constrainLaunches(o -> o.clear()))
        : MatrixFault.of(
            "EC2 fails for one instance",
            useCase == UseCase.BACKFILL ? EXCEEDS_RETRIES_OF_RUNS : EXCEEDS_RETRIES,
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
            MatrixFaults::reset);
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
