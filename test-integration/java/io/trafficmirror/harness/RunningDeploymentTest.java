package io.trafficmirror.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.embedded.Fault;
import io.trafficmirror.embedded.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RunningDeploymentTest {

  private static final int FLEET = 120;
  private static final Duration PATIENCE = Duration.ofHours(2);

  private final VirtualClock clock = new VirtualClock();
  private final RunningDeployment world =
      RunningDeployment.create(clock, DeploymentOptions.asShipped());

  @Test
  void backfillsAtTheRateThatEc2Allows() throws Exception {
    addThrottlesAndLatencies();
    SourceFleet fleet = SourceFleet.of(world, 300);
    Instant start = clock.instant();
    backfill();
    assertAllMirroredOnce(fleet);
    assertThat(Duration.between(start, lastMirroredAt(fleet)))
        .isBetween(Duration.ofSeconds(50), Duration.ofSeconds(60));
  }

  @Test
  void repeatsARunWithTheSameSeed() throws Exception {
    assertThat(run(5)).isEqualTo(run(5)).isNotEqualTo(run(6));
  }

  private static Map<String, Instant> run(long seed) throws Exception {
    VirtualClock clock = new VirtualClock();
    RunningDeployment world =
        RunningDeployment.create(clock, DeploymentOptions.asShipped().withSeed(seed));
    world.aws().ec2().throttles().asDocumented().neighbour(0.5, clock.instant());
    world.aws().latencies().typical();
    SourceFleet fleet = SourceFleet.of(world, FLEET);
    clock.run(
        () -> {
          world.start();
          world.backfill("run-1", 20);
          fleet.add(10).forEach(world::announceLaunch);
          world.awaitIdle(PATIENCE);
          world.stop();
          return true;
        });
    return fleet.mirroredAt();
  }

  static List<Fault> faults() {
    return List.of(
        new Fault.Refused(500, "InternalError"),
        new Fault.Cut(),
        new Fault.UnknownHost(),
        new Fault.TimedOut(Duration.ofSeconds(8)),
        new Fault.Slow(Duration.ofSeconds(3)),
        new Fault.AnswerLost(),
        new Fault.AnswerCut(),
        new Fault.DoneButRefused(503, "ServiceUnavailable"),
        new Fault.DoneButTimedOut(Duration.ofSeconds(8)));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void mirrorsAllInstancesAlthoughOneInFiveCallsFails(Fault fault) throws Exception {
    addThrottlesAndLatencies();
    SourceFleet fleet = SourceFleet.of(world, FLEET);
    world.aws().faults().inject("*", "*", fault, Integer.MAX_VALUE, 0.2);
    backfill();
    world.aws().faults().clear();
    backfill();
    assertAllMirroredOnce(fleet);
  }

  @Test
  void mirrorsAllInstancesAlthoughInvocationsAreKilled() throws Exception {
    addThrottlesAndLatencies();
    SourceFleet fleet = SourceFleet.of(world, FLEET);
    clock.run(
        () -> {
          world.start();
          world.backfill("run-1", 50);
          fleet.instances().forEach(world::announceLaunch);
          for (int i = 0; i < 20; i++) {
            clock.sleep(Duration.ofMillis(1_900));
            world.functions().killAny();
          }
          world.awaitIdle(PATIENCE);
          world.stop();
          return true;
        });
    assertThat(world.functions().killed()).isGreaterThan(5);
    assertAllMirroredOnce(fleet);
  }

  @Test
  void retriesAnInvocationThatTimesOut() throws Exception {
    addThrottlesAndLatencies();
    world.aws().faults().inject("s3", "GetObject", new Fault.Slow(Duration.ofMinutes(10)), 1, 1);
    SourceFleet fleet = SourceFleet.of(world, 20);
    backfill();
    assertThat(world.functions().timeOuts()).isEqualTo(1);
    assertAllMirroredOnce(fleet);
  }

  @Test
  void losesNoRecordsDuringResharding() throws Exception {
    addThrottlesAndLatencies();
    SourceFleet fleet = SourceFleet.of(world, FLEET);
    clock.run(
        () -> {
          world.start();
          int i = 0;
          for (String instance : fleet.instances()) {
            world.announceLaunch(instance);
            clock.sleep(Duration.ofMillis(200));
            reshard(i++);
          }
          world.awaitIdle(PATIENCE);
          world.stop();
          return true;
        });
    assertThat(world.aws().kinesis().records(RunningDeployment.STREAM)).hasSize(FLEET);
    assertAllMirroredOnce(fleet);
  }

  private void reshard(int after) {
    var kinesis = world.aws().kinesis();
    List<String> open = kinesis.openShards(RunningDeployment.STREAM);
    switch (after) {
      case 20, 40 -> kinesis.splitShard(RunningDeployment.STREAM, open.getFirst());
      case 60 -> kinesis.mergeShards(RunningDeployment.STREAM, open.get(0), open.get(1));
      default -> {
        // Nothing changes.
      }
    }
  }

  @Test
  void createsOneSessionFromDuplicateAndDelayedEvents() throws Exception {
    addThrottlesAndLatencies();
    world.aws().eventBridge().unreliable(0.5, Duration.ofSeconds(30));
    SourceFleet fleet = SourceFleet.of(world, 40);
    clock.run(
        () -> {
          world.start();
          fleet.instances().forEach(world::announceLaunch);
          clock.sleep(Duration.ofSeconds(40));
          world.awaitIdle(PATIENCE);
          world.stop();
          return true;
        });
    assertThat(world.aws().kinesis().records(RunningDeployment.STREAM)).hasSizeBetween(50, 70);
    assertAllMirroredOnce(fleet);
  }

  @Test
  void continuesAfterEmptyPages() throws Exception {
    addThrottlesAndLatencies();
    world.aws().ec2().emptyPages(0.5);
    SourceFleet fleet = SourceFleet.of(world, FLEET);
    backfill();
    assertAllMirroredOnce(fleet);
  }

  private void addThrottlesAndLatencies() {
    world.aws().ec2().throttles().asDocumented();
    world.aws().latencies().typical();
  }

  private int runs;

  private void backfill() throws Exception {
    clock.run(
        () -> {
          if (runs++ == 0) {
            world.start();
          }
          world.backfill("run-" + runs, 50);
          return world.awaitIdle(PATIENCE);
        });
  }

  private static Instant lastMirroredAt(SourceFleet fleet) {
    return fleet.mirroredAt().values().stream().max(Instant::compareTo).orElseThrow();
  }

  private void assertAllMirroredOnce(SourceFleet fleet) {
    assertThat(fleet.withoutSession())
        .as("instances without a session; logged: %s", world.loggedWarnings())
        .isEmpty();
    assertThat(fleet.doubled()).as("additional sessions").isZero();
    assertThat(world.aws().calls().refusedAsUnsupported()).isEmpty();
  }
}
