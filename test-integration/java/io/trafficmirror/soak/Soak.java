package io.trafficmirror.soak;

import io.trafficmirror.embedded.Ec2Options;
import io.trafficmirror.embedded.EmbeddedEc2;
import io.trafficmirror.embedded.VirtualClock;
import io.trafficmirror.harness.DeploymentOptions;
import io.trafficmirror.harness.Findings;
import io.trafficmirror.harness.RunningDeployment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** One soak: a world, its life and weather, the looks at it, and the judgement in the end. */
public final class Soak {

  private static final Duration PATIENCE = Duration.ofHours(2);
  private static final int PAGE = 200;

  /** How long what is half made is left alone before a sweep removes it, and a little more. */
  private static final Duration HALF_MADE = Duration.ofMinutes(31);

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration QUARTER = Duration.ofMinutes(15);

  private final SoakOptions options;
  private final Consumer<String> progress;
  private final VirtualClock clock = new VirtualClock();
  private final RunningDeployment world;
  private final Population fleet;
  private final Poison poison;
  private final Life life;
  private final Weather weather;
  private final Ledger ledger;
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
                .withPolicy(Entry.POLICY)
                .withEnvironment(Map.of("MIRROR_SWEEP_AFTER_MINUTES", "10"))
                .withEc2(
                    Ec2Options.defaults()
                        .withTransitionTime(Duration.ofSeconds(5))
                        .withClientTokenLife(Duration.ofMinutes(10))));
    Random random = new Random(options.seed());
    this.fleet = new Population(world.aws().ec2(), random);
    this.poison = new Poison(world);
    this.life = new Life(world, fleet, poison, random, options.meanLife());
    this.weather = new Weather(world.aws());
    this.ledger = new Ledger(world, fleet, options.duration());
  }

  /**
   * Plays a soak from its beginning to its end.
   *
   * @param progress told a line now and then
   */
  public static SoakResult run(SoakOptions options, Consumer<String> progress) throws Exception {
    Soak soak = new Soak(options, progress);
    long started = System.nanoTime();
    Findings atRest = soak.clock.run(soak::play);
    Duration wall = Duration.ofNanos(System.nanoTime() - started);
    Figures figures =
        Figures.of(soak.world, soak.fleet, soak.life.counts(), soak.poison, soak.ledger);
    return new SoakResult(options, wall, atRest, figures, soak.ledger.samples());
  }

  private Findings play() throws InterruptedException {
    Instant start = clock.instant();
    fleet.prepare();
    life.found(options.fleet());
    weather.begin();
    weather.breakThings();
    world.functions().protectNext();
    world.start();
    clock.start("killer", this::killEveryMinute);
    goOn(start);
    over = true;
    return end(start);
  }

  private void goOn(Instant start) throws InterruptedException {
    Instant end = start.plus(options.duration());
    Instant nextMinute = start.plus(MINUTE);
    Instant nextSample = start.plus(Ledger.BETWEEN_SAMPLES);
    Instant nextQuarter = start.plus(QUARTER.dividedBy(2));
    Instant nextRun = start;
    while (clock.instant().isBefore(end)) {
      life.tick();
      if (isDue(nextRun)) {
        nextRun = nextRun.plus(options.betweenBackfills());
        world.backfill("run-" + ++runs, PAGE);
      }
      if (isDue(nextQuarter)) {
        nextQuarter = nextQuarter.plus(QUARTER);
        weather.everyQuarter();
      }
      if (isDue(nextMinute)) {
        nextMinute = nextMinute.plus(MINUTE);
        weather.everyMinute();
        ledger.everyMinute();
      }
      if (isDue(nextSample)) {
        nextSample = nextSample.plus(Ledger.BETWEEN_SAMPLES);
        sample(Duration.between(start, clock.instant()));
      }
      clock.sleep(Life.TICK);
    }
  }

  private void sample(Duration at) {
    Sample sample = ledger.sample(at);
    if (at.toSeconds() % MINUTE.toSeconds() == 0) {
      progress.accept(sample.toString());
    }
  }

  /** At any moment of a second: at a round one, invocations would have just begun. */
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
   * The faults stop, and what events told of is right; one last run, and everything is; then what
   * is half made has its time, and a sweep.
   */
  private Findings end(Instant start) throws InterruptedException {
    weather.mend();
    life.settle();
    clock.sleep(Weather.LONGEST_DELAY);
    rest(start, "the last record");
    Findings beforeTheRun = judgeSessions(fleet.expectationsFromEvents(leftToTheNextLook()));
    world.backfill("run-last", PAGE);
    rest(start, "the last run");
    clock.sleep(HALF_MADE);
    world.sweep("sweep-last");
    rest(start, "the last sweep");
    ledger.everyMinute();
    world.stop();
    return beforeTheRun.and(judge());
  }

  private void rest(Instant start, String what) throws InterruptedException {
    if (!world.awaitRest(PATIENCE)) {
      throw new IllegalStateException(
          "no rest within %s after %s; the last troubles: %s"
              .formatted(PATIENCE, what, world.troubles().reversed().stream().limit(20).toList()));
    }
    double minutes = Duration.between(start, clock.instant()).toMillis() / 60_000.0;
    progress.accept("%8.1f at rest after %s".formatted(minutes, what));
  }

  private Set<String> leftToTheNextLook() {
    return world.kept().keySet().stream()
        .filter(key -> key.startsWith("retries-exhausted/"))
        .map(key -> key.substring(key.lastIndexOf('/') + 1).replace(".json", ""))
        .collect(Collectors.toSet());
  }

  private Findings judgeSessions(List<Expectation> expectations) {
    EmbeddedEc2 ec2 = world.aws().ec2();
    return SessionJudge.judge(expectations, ec2.sessions(), ec2.targets(), ec2.instances());
  }

  private Findings judge() {
    EmbeddedEc2 ec2 = world.aws().ec2();
    return judgeSessions(fleet.expectations())
        .and(ledger.judge())
        .and(poison.judge(world.kept()))
        .and(Sensors.judge(ec2.targets(), ec2.instances()));
  }
}
