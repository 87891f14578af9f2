package io.trafficmirror.soak;

import io.trafficmirror.harness.RunningDeployment;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;

/** Launches, changes and terminates instances, in steps of a tenth of a second. Not thread-safe. */
final class FleetChurn {

  static final int LAUNCHES_PER_SECOND = 10;

  /** The interval between launches. */
  static final Duration TICK = Duration.ofSeconds(1).dividedBy(LAUNCHES_PER_SECOND);

  private static final double STOPS_PER_SECOND = 0.5;
  private static final double TAG_CHANGES_PER_SECOND = 0.3;
  private static final double FINDINGS_PER_SECOND = 0.5;
  private static final double POISON_PER_SECOND = 0.1;
  private static final String[] TAGS = {"blue", "red", "scarlet", "pool", "off", "", ""};

  /** Counts of the changes by kind. */
  static final class Counts {
    int launches;
    int terminations;
    int stops;
    int starts;
    int tagChanges;
    int findings;
  }

  private final RunningDeployment world;
  private final SoakFleet fleet;
  private final Poison poison;
  private final Random random;
  private final Duration meanLife;
  private final ScheduledEvents events = new ScheduledEvents();
  private final Counts counts = new Counts();

  FleetChurn(
      RunningDeployment world, SoakFleet fleet, Poison poison, Random random, Duration meanLife) {
    this.world = world;
    this.fleet = fleet;
    this.poison = poison;
    this.random = random;
    this.meanLife = meanLife;
  }

  /** Launches the initial fleet, without events. */
  void launchInitialFleet(int count) {
    for (int i = 0; i < count; i++) {
      terminateLater(fleet.launch("running"));
    }
  }

  /** Launches one instance and makes random changes. */
  void tick() {
    events.runDue(now());
    launch();
    if (occurs(STOPS_PER_SECOND)) {
      fleet.anyRunning().filter(instance -> instance.canBeSource).ifPresent(this::stop);
    }
    if (occurs(TAG_CHANGES_PER_SECOND)) {
      fleet.anyRunning().filter(instance -> instance.canBeSource).ifPresent(this::retag);
    }
    if (occurs(FINDINGS_PER_SECOND)) {
      counts.findings++;
      fleet.anyRunning().ifPresent(this::reportFinding);
    }
    if (occurs(POISON_PER_SECOND)) {
      poison.put();
    }
  }

  /** Stops all changes, but completes transitions in progress. */
  void completeTransitions() throws InterruptedException {
    events.cancelStarts();
    while (!events.isEmpty()) {
      world.clock().sleep(TICK);
      events.runDue(now());
    }
  }

  Counts counts() {
    return counts;
  }

  private void launch() {
    counts.launches++;
    ModelInstance instance = fleet.launch("pending");
    events.scheduleCompletion(in(seconds(2, 8)), () -> run(instance));
    terminateLater(instance);
  }

  private void run(ModelInstance instance) {
    if (instance.state().equals("pending")) {
      fleet.setState(instance, "running");
      instance.recordEvent(now());
      world.announceLaunch(instance.id);
    }
  }

  private void reportFinding(ModelInstance instance) {
    instance.recordEvent(now());
    world.announceFinding(instance.id);
  }

  private void terminateLater(ModelInstance instance) {
    double share = -Math.log(1 - random.nextDouble());
    events.scheduleStart(
        in(Duration.ofMillis((long) (share * meanLife.toMillis()))),
        () -> {
          counts.terminations++;
          fleet.setState(instance, "terminated");
        });
  }

  private void stop(ModelInstance instance) {
    counts.stops++;
    fleet.setState(instance, "stopping");
    events.scheduleCompletion(
        in(seconds(5, 15)),
        () -> {
          if (instance.state().equals("stopping")) {
            fleet.setState(instance, "stopped");
          }
        });
    events.scheduleStart(in(seconds(30, 180)), () -> start(instance));
  }

  private void start(ModelInstance instance) {
    if (instance.state().equals("stopped")) {
      counts.starts++;
      fleet.setState(instance, "pending");
      events.scheduleCompletion(in(seconds(2, 8)), () -> run(instance));
    }
  }

  private void retag(ModelInstance instance) {
    counts.tagChanges++;
    String tag = TAGS[random.nextInt(TAGS.length)];
    fleet.retag(instance, Optional.of(tag).filter(value -> !value.isEmpty()), now());
  }

  private boolean occurs(double perSecond) {
    return random.nextDouble() < perSecond / LAUNCHES_PER_SECOND;
  }

  private Duration seconds(int least, int most) {
    return Duration.ofMillis(random.nextInt(least * 1_000, most * 1_000));
  }

  private Instant in(Duration duration) {
    return now().plus(duration);
  }

  private Instant now() {
    return world.clock().instant();
  }
}
