package io.trafficmirror.laws;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.trafficmirror.embedded.CallHook;
import io.trafficmirror.embedded.Ec2Options;
import io.trafficmirror.embedded.LambdaFunction;
import io.trafficmirror.embedded.MappingSettings;
import io.trafficmirror.embedded.SessionView;
import io.trafficmirror.embedded.Unverified;
import io.trafficmirror.harness.Concurrent;
import io.trafficmirror.harness.Fleet;
import io.trafficmirror.harness.Seeds;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An outage of EC2 exhausts the retries of no instance except possibly the first, however long it
 * lasts and however few instances launch; a failure of one instance delays no other. A seed
 * determines each case.
 */
@Concurrent
class OutageLawsTest {

  private static final String CREATE = "CreateTrafficMirrorSession";
  private static final Duration OUTAGE = Duration.ofMinutes(10);

  /** The product's timeout for an EC2 call. */
  private static final Duration EC2_CALL_TIMEOUT = Duration.ofSeconds(8);

  /** The part of an invocation that the product reserves for its end. */
  private static final Duration RESERVED_FOR_CLOSING = Duration.ofSeconds(5);

  @Seeds(sample = 4, all = 25)
  void mirrorsSingleLaunchesAfterAnOutageExceptPerhapsTheFirst(long seed) {
    Random random = new Random(seed);
    World world = world(seed, random, random.nextBoolean() ? 1 : 2 + random.nextInt(9));
    Fleet<Source> fleet = Source.none(world.aws.ec2());
    List<String> launched =
        launchDuringOutageOf(CREATE, world, random, () -> fleet.add(Source.BY_TAG).instance());

    assertNoneExhaustedExcept(launched.getFirst(), world);
    replayFailureBucket(world);
    world.closeEnvironments();
    fleet.assertMirrored();
  }

  /**
   * Environments share no memory, so each recognises an outage only at its second failing instance.
   */
  @Seeds(sample = 4, all = 25)
  void exhaustsAtMostOneInstancePerEnvironmentDuringAnOutage(long seed) {
    Random random = new Random(seed);
    World world = world(seed, random, 1 + random.nextInt(10));
    Fleet<Source> fleet = Source.none(world.aws.ec2());
    List<LambdaFunction> environments =
        Stream.generate(world::environment).limit(2 + random.nextInt(3)).toList();
    world.connect(
        world.settings,
        (event, requestId, timeout) ->
            environments
                .get(random.nextInt(environments.size()))
                .invoke(event, requestId, timeout));
    launchDuringOutageOf(CREATE, world, random, () -> fleet.add(Source.BY_TAG).instance());

    assertThat(world.mapping().dropped()).isZero();
    assertThat(world.failureObjects()).hasSizeLessThanOrEqualTo(environments.size());
    replayFailureBucket(world);
    world.closeEnvironments();
    fleet.assertMirrored();
  }

  /** Failing launches and target creations also reveal an outage. */
  @Seeds(sample = 4, all = 25)
  void mirrorsLaunchesAfterAnOutageOfTargetCreationExceptPerhapsTheFirst(long seed) {
    Random random = new Random(seed);
    MappingSettings settings =
        MappingSettings.defaults()
            .withBatchSize(1 + random.nextInt(20))
            .withParallelizationFactor(1 + random.nextInt(10));
    World world = new World(seed, Ec2Options.defaults(), settings, 1, PoolSource.POLICY);
    Fleet<PoolSource> fleet = PoolSource.none(world.aws.ec2());
    String action = random.nextBoolean() ? "RunInstances" : "CreateTrafficMirrorTarget";
    List<String> launched =
        launchDuringOutageOf(action, world, random, () -> fleet.add(PoolSource.X_IN_A).instance());

    assertNoneExhaustedExcept(launched.getFirst(), world);
    replayFailureBucket(world);
    world.closeEnvironments();
    PoolState state = PoolState.of(world);
    state.assertAllMirrored(fleet);
    state.assertNothingIncomplete();
    assertThat(state.launched()).isEqualTo(fleet.needed());
  }

  /**
   * EC2 throttles the write, except once early in every invocation, and twice shortly before the
   * end of one, when there is no time for another attempt: then it refuses the write with another
   * error.
   */
  @Seeds(sample = 8, all = 40)
  void exhaustsNoInstanceDuringTenMinutesOfThrottling(long seed) {
    Random random = new Random(seed);
    World world = world(seed, random, 1 + random.nextInt(3));
    Fleet<Source> fleet = Source.none(world.aws.ec2());
    List<Fleet.Member<Source>> members =
        IntStream.range(0, 1 + random.nextInt(6)).mapToObj(i -> fleet.add(Source.BY_TAG)).toList();
    Fleet.Member<Source> throttled = members.get(random.nextInt(members.size()));
    Instant refusedLateAfter = world.time.now().plusSeconds(random.nextInt(500));
    String first =
        random.nextBoolean() ? "InvalidNetworkInterfaceID.NotFound" : "UndocumentedErrorCode";
    Deque<String> late = new ArrayDeque<>(List.of(first, "UndocumentedErrorCode"));
    Instant end = world.time.now().plus(OUTAGE);
    refuse(world, throttled, Integer.MAX_VALUE, 503, "RequestLimitExceeded");
    Invocations invocations = Invocations.of(world);
    AtomicInteger refusedEarly = new AtomicInteger();
    AtomicInteger refusedLateIn = new AtomicInteger();
    world.aws.onCall(
        (BeforeCreate)
            () -> {
              Instant now = world.time.now();
              if (!now.isBefore(end)) {
                world.aws.faults().clear();
              } else if (refusedEarly.getAndSet(invocations.number) != invocations.number) {
                refuseOnceThenThrottle(world, throttled, "UndocumentedErrorCode");
              } else if ((late.size() == 2 || now.isAfter(refusedLateAfter))
                  && invocations.workLeft().compareTo(Duration.ofMillis(1_400)) < 0
                  && !late.isEmpty()
                  && refusedLateIn.getAndSet(invocations.number) != invocations.number) {
                refuseOnceThenThrottle(world, throttled, late.remove());
              }
            });
    members.forEach(member -> world.launch(member.instance()));
    world.runUntilIdle();

    assertThat(world.time.now()).as("the throttling lasted").isAfter(end);
    assertThat(world.mapping().dropped()).isZero();
    assertThat(world.failureObjects()).isEmpty();
    world.closeEnvironments();
    fleet.assertMirrored();
  }

  @ParameterizedTest
  @ValueSource(ints = {30, 45, 60, 90, 300})
  void anInstanceWithoutAnswersFreesItsLaneForAnyFunctionTimeout(int seconds) {
    assertLaneIsFreed(seconds, () -> false);
  }

  @ParameterizedTest
  @ValueSource(ints = {30, 45, 60, 90, 300})
  void anInstanceWithTimeoutsAfterThrottlesFreesItsLane(int seconds) {
    AtomicInteger writes = new AtomicInteger();
    assertLaneIsFreed(seconds, () -> writes.getAndIncrement() % 4 == 0);
  }

  private static void assertLaneIsFreed(int seconds, BooleanSupplier throttlesNow) {
    Duration timeout = Duration.ofSeconds(seconds);
    World world =
        new World(
            1,
            Unverified.defaults(),
            MappingSettings.defaults().withParallelizationFactor(1).withFunctionTimeout(timeout),
            1,
            Source.POLICY);
    Fleet<Source> fleet = Source.none(world.aws.ec2());
    Fleet.Member<Source> stuck = fleet.add(Source.BY_TAG);
    Invocations invocations = Invocations.of(world);
    world.aws.onCall(
        (BeforeCreate)
            () -> {
              world.aws.faults().clear();
              if (throttlesNow.getAsBoolean()) {
                refuse(world, stuck, 1, 503, "RequestLimitExceeded");
              } else {
                // The call gets no answer before its timeout, which the invocation limits too.
                refuse(world, stuck, 1, 500, "InternalError");
                world.time.sleep(shorter(EC2_CALL_TIMEOUT, invocations));
              }
            });
    world.launch(stuck.instance());
    world.mapping().runOnce();
    Instant put = world.time.now();
    Fleet.Member<Source> later = fleet.add(Source.BY_TAG);
    world.launch(later.instance());
    world.runUntilIdle();

    SessionView session =
        world.aws.ec2().sessions().stream()
            .filter(each -> each.interfaceId().equals(later.primary()))
            .findFirst()
            .orElseThrow();
    assertThat(Duration.between(put, session.createdAt()))
        .isLessThan(Duration.ofMinutes(2).plus(timeout.multipliedBy(2)).plusSeconds(10));
    assertThat(world.failureObjects().keySet())
        .singleElement()
        .asString()
        .endsWith("/" + stuck.instance() + ".json");
  }

  private static World world(long seed, Random random, int lanes) {
    MappingSettings settings =
        MappingSettings.defaults()
            .withBatchSize(1 + random.nextInt(20))
            .withParallelizationFactor(lanes);
    return new World(seed, Unverified.defaults(), settings, 1, Source.POLICY);
  }

  private static Duration shorter(Duration patience, Invocations invocations) {
    Duration left = invocations.workLeft();
    return left.compareTo(patience) < 0 ? left : patience;
  }

  private static Instant soon(World world, Random random) {
    return world.time.now().plusSeconds(5 + random.nextInt(90));
  }

  private static void assertNoneExhaustedExcept(String first, World world) {
    assertThat(world.mapping().dropped()).isZero();
    assertThat(world.failureObjects().keySet())
        .as("exhausted: only the first, before another failure revealed the outage")
        .hasSizeLessThan(2)
        .allMatch(key -> key.endsWith("/" + first + ".json"));
  }

  /**
   * Launches instances one at a time during an outage and waits for the end; returns them in order.
   */
  private static List<String> launchDuringOutageOf(
      String action, World world, Random random, Supplier<String> newInstance) {
    switch (random.nextInt(3)) {
      case 0 -> world.aws.faults().refuse("ec2", action, Integer.MAX_VALUE, 500, "InternalError");
      case 1 -> world.aws.faults().refuse("ec2", action, Integer.MAX_VALUE, 503, "Unavailable");
      default -> world.aws.faults().cut("ec2", action, Integer.MAX_VALUE);
    }
    List<String> launched = new ArrayList<>();
    Instant end = world.time.now().plus(OUTAGE);
    Instant next = world.time.now();
    while (world.time.now().isBefore(end)) {
      if (!world.time.now().isBefore(next)) {
        launched.add(newInstance.get());
        world.launch(launched.getLast());
        next = soon(world, random);
      }
      world.mapping().runOnce();
      world.time.sleep(Duration.ofSeconds(1));
    }
    world.aws.faults().clear();
    world.runUntilIdle();
    return launched;
  }

  private static void refuse(
      World world, Fleet.Member<Source> member, int times, int status, String code) {
    world.aws.faults().refuseNaming("ec2", CREATE, member.primary(), times, status, code);
  }

  private static void refuseOnceThenThrottle(
      World world, Fleet.Member<Source> member, String code) {
    world.aws.faults().clear();
    refuse(world, member, 1, 400, code);
    refuse(world, member, Integer.MAX_VALUE, 503, "RequestLimitExceeded");
  }

  /** Puts the records in the failure bucket on the stream again, as the runbook describes. */
  private static void replayFailureBucket(World world) {
    for (byte[] object : List.copyOf(world.failureObjects().values())) {
      JsonObject stored =
          JsonParser.parseString(new String(object, StandardCharsets.UTF_8)).getAsJsonObject();
      byte[] payload = Base64.getDecoder().decode(stored.get("payload_base64").getAsString());
      world.aws.kinesis().put(World.STREAM, stored.get("partition_key").getAsString(), payload);
    }
    world.runUntilIdle();
  }

  /** Runs before each attempt to create a session. */
  @FunctionalInterface
  private interface BeforeCreate extends CallHook {
    void onCreate();

    @Override
    default void beforeEffect(String signingName, String action) {
      if (action.equals(CREATE)) {
        onCreate();
      }
    }

    @Override
    default void afterEffect(String signingName, String action, int status) {}
  }

  /** Tracks how much time the current invocation has left for its work. */
  private static final class Invocations implements LambdaFunction {
    private final World world;
    private final LambdaFunction environment;
    private Instant workEnd = Instant.MAX;
    private int number;

    private Invocations(World world) {
      this.world = world;
      this.environment = world.environment();
    }

    static Invocations of(World world) {
      Invocations invocations = new Invocations(world);
      world.connect(world.settings, invocations);
      return invocations;
    }

    Duration workLeft() {
      return Duration.between(world.time.now(), workEnd);
    }

    @Override
    public Result invoke(byte[] event, String requestId, Duration timeout) {
      number++;
      workEnd = world.time.now().plus(timeout).minus(RESERVED_FOR_CLOSING);
      return environment.invoke(event, requestId, timeout);
    }
  }
}
