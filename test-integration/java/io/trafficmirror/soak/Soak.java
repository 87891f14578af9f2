package io.trafficmirror.soak;

import io.trafficmirror.embedded.Ec2Options;
import io.trafficmirror.embedded.EmbeddedEc2;
import io.trafficmirror.embedded.VirtualClock;
import io.trafficmirror.harness.DeploymentOptions;
import io.trafficmirror.harness.Discrepancies;
import io.trafficmirror.harness.RunningDeployment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Runs a soak: changes a fleet under faults, monitors it, and checks the result. */
public final class Soak {

  private static final Duration REST_TIMEOUT = Duration.ofHours(2);
  private static final int PAGE = 200;

  /** A little longer than the time after which a sweep removes an incomplete target. */
  private static final Duration UNUSED_BEFORE_SWEEP = Duration.ofMinutes(31);

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration QUARTER = Duration.ofMinutes(15);

  private final SoakOptions options;
  private final Consumer<String> progress;
  private final VirtualClock clock = new VirtualClock();
  private final RunningDeployment world;
  private final SoakFleet fleet;
  private final Poison poison;
  private final FleetChurn churn;
  private final AwsConditions conditions;
  private final SoakMonitor monitor;
  private int runs;
  private volatile boolean over;

  private Soak(SoakOptions options, Consumer<String> progress) {
    this.options = options;
    this.progress = progress;
    this.world =
        RunningDeployment.create(
            clock,
            DeploymentOptions.asShipped()
                .withSeed(options.seed())
                .withPolicy(PolicyEntry.POLICY)
                .withEnvironment(Map.of("MIRROR_SWEEP_AFTER_MINUTES", "10"))
                .withEc2(
                    Ec2Options.defaults()
                        .withTransitionTime(Duration.ofSeconds(5))
                        .withClientTokenLife(Duration.ofMinutes(10))));
    Random random = new Random(options.seed());
    this.fleet = new SoakFleet(world.aws().ec2(), random);
    this.poison = new Poison(world);
    this.churn = new FleetChurn(world, fleet, poison, random, options.meanLife());
    this.conditions = new AwsConditions(world.aws());
    this.monitor = new SoakMonitor(world, fleet, options.duration());
  }

  /**
   * Runs a soak.
   *
   * @param progress receives progress lines
   */
  public static SoakResult run(SoakOptions options, Consumer<String> progress) throws Exception {
    Soak soak = new Soak(options, progress);
    long started = System.nanoTime();
    Discrepancies atRest = soak.clock.run(soak::play);
    Duration wall = Duration.ofNanos(System.nanoTime() - started);
    Figures figures =
        Figures.of(soak.world, soak.fleet, soak.churn.counts(), soak.poison, soak.monitor);
    return new SoakResult(options, wall, atRest, figures, soak.monitor.samples());
  }

  private Discrepancies play() throws InterruptedException {
    Instant start = clock.instant();
    fleet.prepare();
    churn.launchInitialFleet(options.fleet());
    conditions.set();
    conditions.injectFaults();
    world.functions().protectNext();
    world.start();
    clock.start("killer", this::killEveryMinute);
    runScenario(start);
    over = true;
    return end(start);
  }

  private void runScenario(Instant start) throws InterruptedException {
    Instant end = start.plus(options.duration());
    Instant nextMinute = start.plus(MINUTE);
    Instant nextSample = start.plus(SoakMonitor.BETWEEN_SAMPLES);
    Instant nextQuarter = start.plus(QUARTER.dividedBy(2));
    Instant nextRun = start;
    while (clock.instant().isBefore(end)) {
      churn.tick();
      if (isDue(nextRun)) {
        nextRun = nextRun.plus(options.betweenBackfills());
        world.backfill("run-" + ++runs, PAGE);
      }
      if (isDue(nextQuarter)) {
        nextQuarter = nextQuarter.plus(QUARTER);
        conditions.everyQuarterHour();
      }
      if (isDue(nextMinute)) {
        nextMinute = nextMinute.plus(MINUTE);
        conditions.everyMinute();
        monitor.everyMinute();
      }
      if (isDue(nextSample)) {
        nextSample = nextSample.plus(SoakMonitor.BETWEEN_SAMPLES);
        sample(Duration.between(start, clock.instant()));
      }
      clock.sleep(FleetChurn.TICK);
    }
  }

  private void sample(Duration at) {
    Sample sample = monitor.sample(at);
    if (at.toSeconds() % MINUTE.toSeconds() == 0) {
      progress.accept(sample.toString());
    }
  }

  /** Kills at a random moment of a second, because invocations start at whole seconds. */
  private void killEveryMinute() {
    Random moments = new Random(options.seed() + 1);
    try {
      while (!over) {
        clock.sleep(MINUTE.minusSeconds(1));
        clock.sleep(Duration.ofNanos(moments.nextInt(1_000_000_000)));
        while (!over && !world.functions().killAny()) {
          clock.sleep(Duration.ofMillis(moments.nextInt(1, 100)));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isDue(Instant moment) {
    return !clock.instant().isBefore(moment);
  }

  /**
   * Stops the faults and checks instances with events, then checks all instances after a last
   * backfill run, and targets on demand after a last sweep.
   */
  private Discrepancies end(Instant start) throws InterruptedException {
    conditions.clearFaults();
    churn.completeTransitions();
    clock.sleep(AwsConditions.LONGEST_DELAY);
    awaitIdle(start, "the last record");
    Discrepancies beforeTheRun = judgeSessions(fleet.expectationsFromEvents(exhaustedInstances()));
    world.backfill("run-last", PAGE);
    awaitIdle(start, "the last run");
    clock.sleep(UNUSED_BEFORE_SWEEP);
    world.sweep("sweep-last");
    awaitIdle(start, "the last sweep");
    monitor.everyMinute();
    world.stop();
    return beforeTheRun.and(judgeAll());
  }

  private void awaitIdle(Instant start, String what) throws InterruptedException {
    if (!world.awaitIdle(REST_TIMEOUT)) {
      throw new IllegalStateException(
          "not at rest within %s after %s; the last problems: %s"
              .formatted(
                  REST_TIMEOUT,
                  what,
                  world.loggedWarnings().reversed().stream().limit(20).toList()));
    }
    double minutes = Duration.between(start, clock.instant()).toMillis() / 60_000.0;
    progress.accept("%8.1f at rest after %s".formatted(minutes, what));
  }

  private Set<String> exhaustedInstances() {
    return world.failureObjects().keySet().stream()
        .filter(key -> key.startsWith("retries-exhausted/"))
        .map(key -> key.substring(key.lastIndexOf('/') + 1).replace(".json", ""))
        .collect(Collectors.toSet());
  }

  private Discrepancies judgeSessions(List<Expectation> expectations) {
    EmbeddedEc2 ec2 = world.aws().ec2();
    return SessionJudge.judge(expectations, ec2.sessions(), ec2.targets(), ec2.instances());
  }

  private Discrepancies judgeAll() {
    EmbeddedEc2 ec2 = world.aws().ec2();
    return judgeSessions(fleet.expectations())
        .and(monitor.judge())
        .and(poison.judge(world.failureObjects()))
        .and(TargetsOnDemand.judge(ec2.targets(), ec2.instances()));
  }
}
