package io.trafficmirror.soak;

import io.trafficmirror.harness.RunningDeployment;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;

/** What happens to the fleet, a tenth of a second at a time. For one thread. */
final class Life {

  static final int LAUNCHES_PER_SECOND = 10;

  /** One launch each. */
  static final Duration TICK = Duration.ofSeconds(1).dividedBy(LAUNCHES_PER_SECOND);

  private static final double STOPS_PER_SECOND = 0.5;
  private static final double TAG_CHANGES_PER_SECOND = 0.3;
  private static final double FINDINGS_PER_SECOND = 0.5;
  private static final double POISON_PER_SECOND = 0.1;
  private static final String[] TAGS = {"blue", "red", "scarlet", "pool", "off", "", ""};

  /** What happened how often. */
  static final class Counts {
    int launches;
    int terminations;
    int stops;
    int starts;
    int tagChanges;
    int findings;
  }

  private final RunningDeployment world;
  private final Population fleet;
  private final Poison poison;
  private final Random random;
  private final Duration meanLife;
  private final Agenda agenda = new Agenda();
  private final Counts counts = new Counts();

  Life(RunningDeployment world, Population fleet, Poison poison, Random random, Duration meanLife) {
    this.world = world;
    this.fleet = fleet;
    this.poison = poison;
    this.random = random;
    this.meanLife = meanLife;
  }

  /** Those that were there before; nobody is told of them. */
  void found(int count) {
    for (int i = 0; i < count; i++) {
      endLater(fleet.launch("running"));
    }
  }

  /** One tick: one launch, and whatever else the time brings. */
  void tick() {
    agenda.run(now());
    launch();
    if (draws(STOPS_PER_SECOND)) {
      fleet.anyRunning().filter(machine -> machine.canBeSource).ifPresent(this::stop);
    }
    if (draws(TAG_CHANGES_PER_SECOND)) {
      fleet.anyRunning().filter(machine -> machine.canBeSource).ifPresent(this::retag);
    }
    if (draws(FINDINGS_PER_SECOND)) {
      counts.findings++;
      fleet.anyRunning().ifPresent(this::find);
    }
    if (draws(POISON_PER_SECOND)) {
      poison.put();
    }
  }

  /** Nothing new happens any more; what has begun is brought to its end. */
  void settle() throws InterruptedException {
    agenda.beginNothing();
    while (!agenda.isEmpty()) {
      world.clock().sleep(TICK);
      agenda.run(now());
    }
  }

  Counts counts() {
    return counts;
  }

  private void launch() {
    counts.launches++;
    Machine machine = fleet.launch("pending");
    agenda.finish(in(seconds(2, 8)), () -> run(machine));
    endLater(machine);
  }

  private void run(Machine machine) {
    if (machine.state().equals("pending")) {
      fleet.become(machine, "running");
      machine.tell(now());
      world.announceLaunch(machine.id);
    }
  }

  private void find(Machine machine) {
    machine.tell(now());
    world.announceFinding(machine.id);
  }

  private void endLater(Machine machine) {
    double share = -Math.log(1 - random.nextDouble());
    agenda.plan(
        in(Duration.ofMillis((long) (share * meanLife.toMillis()))),
        () -> {
          counts.terminations++;
          fleet.become(machine, "terminated");
        });
  }

  private void stop(Machine machine) {
    counts.stops++;
    fleet.become(machine, "stopping");
    agenda.finish(
        in(seconds(5, 15)),
        () -> {
          if (machine.state().equals("stopping")) {
            fleet.become(machine, "stopped");
          }
        });
    agenda.plan(in(seconds(30, 180)), () -> start(machine));
  }

  private void start(Machine machine) {
    if (machine.state().equals("stopped")) {
      counts.starts++;
      fleet.become(machine, "pending");
      agenda.finish(in(seconds(2, 8)), () -> run(machine));
    }
  }

  private void retag(Machine machine) {
    counts.tagChanges++;
    String tag = TAGS[random.nextInt(TAGS.length)];
    fleet.retag(machine, Optional.of(tag).filter(value -> !value.isEmpty()), now());
  }

  private boolean draws(double perSecond) {
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
