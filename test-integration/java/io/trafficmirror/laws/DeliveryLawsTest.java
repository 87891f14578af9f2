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
 * Whatever order, however often, however cut, wherever it crashes: the end is the same. A case is
 * made of a seed, which is printed where it fails.
 */
@Concurrent
class DeliveryLawsTest {

  @Seeds(sample = 40, all = 150)
  void orderDuplicatesAndTheCutOfBatchesChangeNothing(long seed) {
    Random random = new Random(seed);
    MappingSettings settings = settings(oneOf(random, 30), oneOf(random, 10));
    World world = world(seed, random, settings, oneOf(random, 4));
    Fleet<Source> fleet = Source.random(world.aws.ec2(), random, 1 + random.nextInt(12));
    int poison = putEvents(world, fleet, random);
    world.runToTheEnd();
    assertRight(world, fleet, poison);
  }

  /** From 1 to the greatest; these two more often than the others. */
  private static int oneOf(Random random, int greatest) {
    return switch (random.nextInt(6)) {
      case 0 -> 1;
      case 1 -> greatest;
      default -> 1 + random.nextInt(greatest);
    };
  }

  @Seeds(sample = 15, all = 60)
  void aFewWritesInFlightAtOnceChangeNothing(long seed) throws InterruptedException {
    Random random = new Random(seed);
    World world = world(seed, random, settings(1 + random.nextInt(30), 1 + random.nextInt(3)), 1);
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      world.runWritesIn(threads);
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
      world.runToTheEnd();
      assertRight(world, fleet, poison);
    }
  }

  @Seeds(sample = 30, all = 100)
  void aCrashAfterAnyCallChangesNothing(long seed) {
    Random random = new Random(seed);
    World world = world(seed, random, settings(1 + random.nextInt(20), 1), 1);
    Fleet<Source> fleet = Source.random(world.aws.ec2(), random, 1 + random.nextInt(8));
    int poison = putEvents(world, fleet, random);
    CrashingFunction function = new CrashingFunction(world, oneOf(random, 25));
    world.aws.onCall(function);
    world.connect(settings(1 + random.nextInt(20), 1), function);
    world.runToTheEnd();
    assertRight(world, fleet, poison);
  }

  @Seeds(sample = 40, all = 150)
  void answersThatGetLostAndRefusalsThatPassChangeNothing(long seed) {
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
        .refuse("ec2", "CreateTrafficMirrorSession", 1, 400, "SomethingNobodyHasHeardOf")
        .refuse("ec2", "DescribeTrafficMirrorSessions", 1, 500, "InternalError");
    world.runToTheEnd();
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
   * Every instance is named at least once or shown by a page; returns how many records are poison.
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
    world.endEnvironments();
    fleet.assertRight();
    assertThat(world.kept()).as("what is kept: the poison and nothing else").hasSize(poison);
    assertThat(world.kept().keySet())
        .allMatch(key -> key.startsWith("rejected/111122223333/us-east-1/events/"));
    assertThat(world.mapping().dropped()).isZero();
    assertNothingUnsupported(world.aws);
  }

  static void assertNothingUnsupported(EmbeddedAws aws) {
    assertThat(aws.calls().refusedAsUnsupported()).isEmpty();
  }

  /** Plays environments of the function that die after some calls, each a little later. */
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
      world.endEnvironments();
      return dead ? new Result.Failed("Runtime.ExitError", "the process died") : result;
    }

    @Override
    public void beforeEffect(String signingName, String action) {
      if (dead) {
        throw new IllegalStateException("a dead process makes no calls");
      }
    }

    @Override
    public void afterEffect(String signingName, String action, int status) {
      left--;
      if (left <= 0) {
        dead = true;
        throw new IllegalStateException("the process dies here");
      }
    }
  }
}
