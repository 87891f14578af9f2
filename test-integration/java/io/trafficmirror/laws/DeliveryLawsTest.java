package io.trafficmirror.laws;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.embedded.CallHook;
import io.trafficmirror.embedded.EmbeddedAws;
import io.trafficmirror.embedded.LambdaFunction;
import io.trafficmirror.embedded.MappingSettings;
import io.trafficmirror.embedded.Unverified;
import io.trafficmirror.harness.AwsEvent;
import io.trafficmirror.harness.Concurrent;
import io.trafficmirror.harness.Events;
import io.trafficmirror.harness.Fleet;
import io.trafficmirror.harness.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The result does not depend on the order of events, duplicates, batch boundaries or crashes. A
 * seed determines each case; a failed case prints it.
 */
@Concurrent
class DeliveryLawsTest {

  @Seeds(sample = 40, all = 150)
  void orderDuplicatesAndBatchBoundariesDoNotAffectTheResult(long seed) {
    Random random = new Random(seed);
    MappingSettings settings = settings(oneOf(random, 30), oneOf(random, 10));
    World world = world(seed, random, settings, oneOf(random, 4));
    Fleet<Source> fleet = Source.random(world.aws.ec2(), random, 1 + random.nextInt(12));
    int poison = putEvents(world, fleet, random);
    world.runUntilIdle();
    assertRight(world, fleet, poison);
  }

  /** A number from 1 to the greatest, with these two more likely than others. */
  private static int oneOf(Random random, int greatest) {
    return switch (random.nextInt(6)) {
      case 0 -> 1;
      case 1 -> greatest;
      default -> 1 + random.nextInt(greatest);
    };
  }

  @Seeds(sample = 15, all = 60)
  void concurrentWritesDoNotAffectTheResult(long seed) throws InterruptedException {
    Random random = new Random(seed);
    World world = world(seed, random, settings(1 + random.nextInt(30), 1 + random.nextInt(3)), 1);
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      world.setWriteExecutor(threads);
      Fleet<Source> fleet = Source.random(world.aws.ec2(), random, 1 + random.nextInt(20));
      int poison = putEvents(world, fleet, random);
      world
          .aws
          .faults()
          .refuse(
              "ec2",
              "CreateTrafficMirrorSession",
              1 + random.nextInt(9),
              503,
              "RequestLimitExceeded")
          .loseAnswer("ec2", "CreateTrafficMirrorSession", 1 + random.nextInt(4));
      world.runUntilIdle();
      assertRight(world, fleet, poison);
    }
  }

  @Seeds(sample = 30, all = 100)
  void aCrashAfterAnyCallDoesNotAffectTheResult(long seed) {
    Random random = new Random(seed);
    World world = world(seed, random, settings(1 + random.nextInt(20), 1), 1);
    Fleet<Source> fleet = Source.random(world.aws.ec2(), random, 1 + random.nextInt(8));
    int poison = putEvents(world, fleet, random);
    CrashingFunction function = new CrashingFunction(world, oneOf(random, 25));
    world.aws.onCall(function);
    world.connect(settings(1 + random.nextInt(20), 1), function);
    world.runUntilIdle();
    assertRight(world, fleet, poison);
  }

  @Seeds(sample = 40, all = 150)
  void lostAnswersAndTransientRefusalsDoNotAffectTheResult(long seed) {
    Random random = new Random(seed);
    World world = world(seed, random, settings(1 + random.nextInt(20), 1 + random.nextInt(10)), 1);
    Fleet<Source> fleet = Source.random(world.aws.ec2(), random, 1 + random.nextInt(8));
    int poison = putEvents(world, fleet, random);
    world
        .aws
        .faults()
        .loseAnswer("ec2", "CreateTrafficMirrorSession", 1 + random.nextInt(4))
        .cut("ec2", "CreateTrafficMirrorSession", 1 + random.nextInt(4))
        .loseAnswer("ec2", "ModifyTrafficMirrorSession", 1)
        .loseAnswer("s3", "PutObject", 1)
        .loseAnswer("kinesis", "PutRecords", 1)
        .refuse(
            "ec2",
            "CreateTrafficMirrorSession",
            1 + random.nextInt(30),
            503,
            "RequestLimitExceeded")
        .refuse("ec2", "CreateTrafficMirrorSession", 1 + random.nextInt(5), 500, "InternalError")
        .refuse("ec2", "CreateTrafficMirrorSession", 1, 400, "UndocumentedErrorCode")
        .refuse("ec2", "DescribeTrafficMirrorSessions", 1, 500, "InternalError");
    world.runUntilIdle();
    assertRight(world, fleet, poison);
  }

  private static World world(long seed, Random random, MappingSettings settings, int shards) {
    List<Unverified> variants = Unverified.variants();
    return new World(
        seed, variants.get(random.nextInt(variants.size())), settings, shards, Source.POLICY);
  }

  private static MappingSettings settings(int batchSize, int lanes) {
    return MappingSettings.defaults().withBatchSize(batchSize).withParallelizationFactor(lanes);
  }

  /**
   * Puts at least one event or a backfill run for every instance; returns the number of poison
   * records.
   */
  private static int putEvents(World world, Fleet<Source> fleet, Random random) {
    List<Runnable> puts = new ArrayList<>();
    boolean backfill = random.nextInt(3) == 0;
    for (Fleet.Member<Source> member : fleet.members()) {
      int times = random.nextInt(3) + (backfill ? 0 : 1);
      for (int i = 0; i < times; i++) {
        String event =
            random.nextBoolean()
                ? Events.launched(member.instance(), world.time.now())
                : Events.found(member.instance(), AwsEvent.Finding.PLAIN, world.time.now());
        puts.add(() -> world.put(member.instance(), event));
      }
    }
    if (backfill) {
      int runs = 1 + random.nextInt(3);
      for (int i = 0; i < runs; i++) {
        String run = "run-" + random.nextInt(2);
        puts.add(() -> world.backfill(run, 5));
      }
    }
    int poison = random.nextInt(4);
    for (int i = 0; i < poison; i++) {
      byte[] bytes = new byte[1 + random.nextInt(40)];
      random.nextBytes(bytes);
      bytes[0] = 0;
      puts.add(() -> world.aws.kinesis().put(World.STREAM, "poison" + random.nextInt(9), bytes));
    }
    puts.add(() -> world.launch("i-never-there"));
    Collections.shuffle(puts, random);
    puts.forEach(Runnable::run);
    return poison;
  }

  private static void assertRight(World world, Fleet<Source> fleet, int poison) {
    world.closeEnvironments();
    fleet.assertMirrored();
    assertThat(world.failureObjects())
        .as("the failure bucket contains only the poison records")
        .hasSize(poison);
    assertThat(world.failureObjects().keySet())
        .allMatch(key -> key.startsWith("rejected/111122223333/us-east-1/events/"));
    assertThat(world.mapping().dropped()).isZero();
    assertNothingUnsupported(world.aws);
  }

  static void assertNothingUnsupported(EmbeddedAws aws) {
    assertThat(aws.calls().refusedAsUnsupported()).isEmpty();
  }

  /** Runs environments that die after a number of calls; the number increases each time. */
  static final class CrashingFunction implements LambdaFunction, CallHook {
    private final World world;
    private int budget;
    private int left;
    private boolean dead;

    CrashingFunction(World world, int budget) {
      this.world = world;
      this.budget = budget;
    }

    @Override
    public Result invoke(byte[] event, String requestId, Duration timeout) {
      left = budget;
      dead = false;
      budget += 3;
      Result result = world.environment().invoke(event, requestId, timeout);
      world.closeEnvironments();
      return dead ? new Result.Failed("Runtime.ExitError", "the process died") : result;
    }

    @Override
    public void beforeEffect(String signingName, String action) {
      if (dead) {
        throw new IllegalStateException("a dead process cannot make calls");
      }
    }

    @Override
    public void afterEffect(String signingName, String action, int status) {
      left--;
      if (left <= 0) {
        dead = true;
        throw new IllegalStateException("the process dies");
      }
    }
  }
}
