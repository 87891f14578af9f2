package io.trafficmirror.matrix;

import io.trafficmirror.embedded.SharedClock;
import io.trafficmirror.embedded.VirtualClock;
import io.trafficmirror.harness.DeploymentOptions;
import io.trafficmirror.harness.RunningDeployment;
import io.trafficmirror.harness.SourceFleet;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** One cell of the matrix: a world of its own, in which something goes wrong for a while. */
final class MatrixRun implements AutoCloseable {

  static final int FLEET = 40;

  /** Records that can never be understood: no text, a part of a text, and a wrong type. */
  static final List<byte[]> POISON =
      List.of(
          new byte[] {'{', (byte) 0xff, 0, '\n'},
          bytes("{\"source\":\"aws.ec2\",\"detail-type\":\"EC2 Instance State-ch"),
          bytes(
              "{\"source\":\"aws.ec2\",\"detail-type\":\"EC2 Instance State-change Notification\","
                  + "\"detail\":7}"));

  private static final int PAGE = 5;

  /** So many instances are new when the next backfill run starts. */
  private static final int BETWEEN_RUNS = 8;

  /** A little longer than an instance has to be without use until a sweep removes it. */
  private static final Duration UNUSED_FOR = Duration.ofMinutes(62);

  /** Two whole invocations: the one that the fault may have spoilt, and the one that mends it. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final MatrixFault fault;
  private final Case what;
  private final VirtualClock clock = new VirtualClock();
  private final RunningDeployment world;
  private final SourceFleet fleet;
  private final Bystanders bystanders;
  private final PoolTargets targets;
  private final Verdict verdict;
  private final Random moments;
  private final List<Runnable> puts = new ArrayList<>();

  /** A run that has not begun. */
  static MatrixRun of(MatrixFault fault, Case what, Width width) {
    return new MatrixRun(fault, what, width, RunningDeployment::create);
  }

  /** One whose AWS also listens on the loopback interface. */
  static MatrixRun listening(MatrixFault fault, Case what, Width width) {
    return new MatrixRun(fault, what, width, RunningDeployment::createListening);
  }

  private MatrixRun(
      MatrixFault fault,
      Case what,
      Width width,
      BiFunction<SharedClock, DeploymentOptions, RunningDeployment> worlds) {
    this.fault = fault;
    this.what = what;
    long seed = 31L * fault.name().hashCode() + width.shards() * 100L + width.lanes();
    moments = new Random(seed);
    DeploymentOptions options =
        DeploymentOptions.asShipped().withSeed(seed).withShards(width.shards());
    options = options.withMapping(options.mapping().withParallelizationFactor(width.lanes()));
    if (what == Case.GROWTH) {
      options = options.withPolicy(PoolTargets.POLICY);
    }
    world = worlds.apply(clock, fault.options().apply(options));
    fleet = SourceFleet.of(world, 0);
    bystanders = new Bystanders(world.aws().ec2());
    targets = new PoolTargets(world);
    verdict = new Verdict(world, fleet, bystanders, targets, what == Case.GROWTH);
    if (what == Case.FINDING) {
      for (int i = 0; i < FLEET; i++) {
        start();
      }
    }
    plan();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** One more instance; somebody else mirrors the first one already. */
  private String start() {
    String id = fleet.add(1).getFirst();
    if (fleet.instances().size() == 1) {
      bystanders.foreignSession(id.replace("i-", "eni-"));
    }
    return id;
  }

  private void plan() {
    switch (what) {
      case BACKFILL -> {
        // Nobody says that they are there; the schedule delivers at least once.
        for (int i = 1; i <= FLEET; i++) {
          puts.add(this::start);
          if (i % BETWEEN_RUNS == 0) {
            String run = "run-" + i;
            puts.add(() -> world.backfill(run, PAGE));
            puts.add(() -> world.backfill(run, PAGE));
          }
        }
      }
      case LAUNCH, GROWTH -> {
        for (int i = 0; i < FLEET; i++) {
          puts.add(() -> world.announceLaunch(start()));
        }
        others(world::announceLaunch);
      }
      case FINDING -> {
        fleet.instances().forEach(id -> puts.add(() -> world.announceFinding(id)));
        puts.add(() -> world.announceFinding(fleet.instances().getFirst()));
        others(world::announceFinding);
      }
    }
    for (int i = 0; i < POISON.size(); i++) {
      String key = "poison-" + i;
      byte[] data = POISON.get(i);
      puts.add(
          (i + 1) * puts.size() / (POISON.size() + 1),
          () -> world.aws().kinesis().put(RunningDeployment.STREAM, key, data));
    }
  }

  private void others(Consumer<String> announce) {
    Bystanders.matchedByNothing().forEach(id -> puts.add(() -> announce.accept(id)));
    puts.addFirst(() -> announce.accept(Bystanders.neverThere()));
  }

  /** Lets what was planned happen, and the fault with it; then there is time to come to rest. */
  Tally play() throws Exception {
    return verdict.tally(
        clock.run(
            () -> {
              MatrixFaults.calm(world);
              fault.begin().accept(world);
              world.start();
              duringTheFault();
              fault.end().accept(world);
              return untilRest();
            }),
        true);
  }

  /**
   * Lets the next scheduled backfill run look at everything.
   *
   * @param rest of what was played before
   */
  Tally nextLook(Duration rest) throws Exception {
    clock.run(
        () -> {
          world.backfill("next-look", PAGE);
          return untilRest();
        });
    return verdict.tally(rest, false);
  }

  /** How many target instances have no target. */
  int halfMade() {
    return targets.halfMade();
  }

  /**
   * Lets an hour pass, and a sweep remove what nobody needs.
   *
   * @param played before
   */
  Tally nextSweep(Tally played) throws Exception {
    int before = targets.instances();
    clock.run(
        () -> {
          clock.sleep(UNUSED_FOR);
          world.sweep("next-sweep");
          return untilRest();
        });
    return verdict.tally(played.rest(), false).withSwept(before - targets.instances());
  }

  /** Lets the world come to rest again, after something was put on the stream by hand. */
  Tally goOn() throws Exception {
    return verdict.tally(clock.run(this::untilRest), false);
  }

  private Duration untilRest() throws InterruptedException {
    Instant from = clock.instant();
    world.awaitRest(PATIENCE);
    return Duration.between(from, clock.instant());
  }

  /** What comes is spread over the first four fifths of the fault. */
  private void duringTheFault() throws InterruptedException {
    int seconds = (int) fault.lasts().toSeconds();
    int put = 0;
    for (int second = 0; second < seconds; second++) {
      int due = Math.min(puts.size(), 1 + puts.size() * second * 5 / (seconds * 4));
      for (; put < due; put++) {
        puts.get(put).run();
      }
      targets.announceNewOnes();
      // At no moment in particular: lanes are read at whole seconds.
      Duration within = Duration.ofMillis(moments.nextInt(1, 1_000));
      clock.sleep(within);
      fault.everySecond().accept(world, second);
      clock.sleep(Duration.ofSeconds(1).minus(within));
    }
    if (what == Case.BACKFILL && fault.hidesWhatIsNew()) {
      // The next one of the schedule: no earlier one can know what reads did not show yet.
      world.backfill("run-last", PAGE);
    }
  }

  /** The world that it plays in. */
  RunningDeployment world() {
    return world;
  }

  @Override
  public void close() {
    world.functions().killAll();
    world.aws().close();
    clock.close();
  }

  /** What the function had to say, for a run that went wrong. */
  String troubles() {
    List<String> troubles = world.troubles();
    return String.join("\n", troubles.subList(Math.max(0, troubles.size() - 20), troubles.size()));
  }
}
