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

/** One cell of the matrix: a deployment of its own, with a fault for a limited time. */
final class MatrixRun implements AutoCloseable {

  static final int FLEET = 40;

  /** Records that cannot be parsed: no text, truncated JSON, and a wrong type. */
  static final List<byte[]> POISON =
      List.of(
          new byte[] {'{', (byte) 0xff, 0, '\n'},
          bytes("{\"source\":\"aws.ec2\",\"detail-type\":\"EC2 Instance State-ch"),
          bytes(
              "{\"source\":\"aws.ec2\",\"detail-type\":\"EC2 Instance State-change Notification\","
                  + "\"detail\":7}"));

  private static final int PAGE = 5;

  /** New instances per backfill run. */
  private static final int INSTANCES_PER_RUN = 8;

  /** A little longer than the hour after which a sweep removes an unused target. */
  private static final Duration UNUSED_FOR = Duration.ofMinutes(62);

  /** Two full invocations: one that the fault may have spoiled, and the one after it. */
  private static final Duration REST_TIMEOUT = Duration.ofMinutes(10);

  private final MatrixFault fault;
  private final UseCase useCase;
  private final VirtualClock clock = new VirtualClock();
  private final RunningDeployment world;
  private final SourceFleet fleet;
  private final Bystanders bystanders;
  private final PoolTargets targets;
  private final StateCheck check;
  private final Random moments;
  private final List<Runnable> puts = new ArrayList<>();

  static MatrixRun of(MatrixFault fault, UseCase useCase, Parallelism parallelism) {
    return new MatrixRun(fault, useCase, parallelism, RunningDeployment::create);
  }

  /** A run whose embedded AWS also listens on the loopback interface. */
  static MatrixRun listening(MatrixFault fault, UseCase useCase, Parallelism parallelism) {
    return new MatrixRun(fault, useCase, parallelism, RunningDeployment::createListening);
  }

  private MatrixRun(
      MatrixFault fault,
      UseCase useCase,
      Parallelism parallelism,
      BiFunction<SharedClock, DeploymentOptions, RunningDeployment> worlds) {
    this.fault = fault;
    this.useCase = useCase;
    long seed = 31L * fault.name().hashCode() + parallelism.shards() * 100L + parallelism.lanes();
    moments = new Random(seed);
    DeploymentOptions options =
        DeploymentOptions.asShipped().withSeed(seed).withShards(parallelism.shards());
    options = options.withMapping(options.mapping().withParallelizationFactor(parallelism.lanes()));
    if (useCase == UseCase.GROWTH) {
      options = options.withPolicy(PoolTargets.POLICY);
    }
    world = worlds.apply(clock, fault.options().apply(options));
    fleet = SourceFleet.of(world, 0);
    bystanders = new Bystanders(world.aws().ec2());
    targets = new PoolTargets(world);
    check = new StateCheck(world, fleet, bystanders, targets, useCase == UseCase.GROWTH);
    if (useCase == UseCase.FINDING) {
      for (int i = 0; i < FLEET; i++) {
        start();
      }
    }
    plan();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Starts another instance; the first one already has a foreign session. */
  private String start() {
    String id = fleet.add(1).getFirst();
    if (fleet.instances().size() == 1) {
      bystanders.foreignSession(id.replace("i-", "eni-"));
    }
    return id;
  }

  private void plan() {
    switch (useCase) {
      case BACKFILL -> {
        // No events; the scheduler delivers each run at least once.
        for (int i = 1; i <= FLEET; i++) {
          puts.add(this::start);
          if (i % INSTANCES_PER_RUN == 0) {
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
    Bystanders.unmatched().forEach(id -> puts.add(() -> announce.accept(id)));
    puts.addFirst(() -> announce.accept(Bystanders.neverThere()));
  }

  /** Runs the use case during the fault and waits until nothing is in progress. */
  Tally play() throws Exception {
    return check.tally(
        clock.run(
            () -> {
              MatrixFaults.reset(world);
              fault.begin().accept(world);
              world.start();
              duringTheFault();
              fault.end().accept(world);
              return untilRest();
            }),
        true);
  }

  /**
   * Completes the next scheduled backfill run.
   *
   * @param restAfter the time to rest of the run before it
   */
  Tally runNextBackfill(Duration restAfter) throws Exception {
    clock.run(
        () -> {
          world.backfill("next-backfill", PAGE);
          return untilRest();
        });
    return check.tally(restAfter, false);
  }

  /** Number of target instances without a target, and targets without an instance. */
  int incompleteTargets() {
    return targets.incompleteTargets();
  }

  /**
   * Waits an hour and completes a sweep.
   *
   * @param played the result before it
   */
  Tally runNextSweep(Tally played) throws Exception {
    int before = targets.instances();
    clock.run(
        () -> {
          clock.sleep(UNUSED_FOR);
          world.sweep("next-sweep");
          return untilRest();
        });
    return check.tally(played.restAfter(), false).withSwept(before - targets.instances());
  }

  /** Waits until nothing is in progress, after a test has put records on the stream. */
  Tally resume() throws Exception {
    return check.tally(clock.run(this::untilRest), false);
  }

  private Duration untilRest() throws InterruptedException {
    Instant from = clock.instant();
    world.awaitIdle(REST_TIMEOUT);
    return Duration.between(from, clock.instant());
  }

  /** Puts the records during the first four fifths of the fault. */
  private void duringTheFault() throws InterruptedException {
    int seconds = (int) fault.lasts().toSeconds();
    int put = 0;
    for (int second = 0; second < seconds; second++) {
      int due = Math.min(puts.size(), 1 + puts.size() * second * 5 / (seconds * 4));
      for (; put < due; put++) {
        puts.get(put).run();
      }
      targets.announceNewOnes();
      // Acts at a random moment of the second, because lanes are read at whole seconds.
      Duration within = Duration.ofMillis(moments.nextInt(1, 1_000));
      clock.sleep(within);
      fault.everySecond().accept(world, second);
      clock.sleep(Duration.ofSeconds(1).minus(within));
    }
    if (useCase == UseCase.BACKFILL && fault.hidesNewInstances()) {
      // Earlier runs cannot find instances that reads did not show yet.
      world.backfill("run-last", PAGE);
    }
  }

  RunningDeployment world() {
    return world;
  }

  @Override
  public void close() {
    world.functions().killAll();
    world.aws().close();
    clock.close();
  }

  /** The function's last warnings and errors, for failure messages. */
  String problems() {
    List<String> problems = world.loggedWarnings();
    return String.join("\n", problems.subList(Math.max(0, problems.size() - 20), problems.size()));
  }
}
