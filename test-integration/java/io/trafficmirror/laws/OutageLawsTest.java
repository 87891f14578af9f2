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
 * What is EC2's trouble gives nobody up, however long it lasts and however few come at a time; what
 * is one instance's trouble holds up nobody else. A case is made of a seed.
 */
@Concurrent
class OutageLawsTest {

  private static final String CREATE = "CreateTrafficMirrorSession";
  private static final Duration OUTAGE = Duration.ofMinutes(10);

  /** How long the product waits for an answer of EC2. */
  private static final Duration EC2S_PATIENCE = Duration.ofSeconds(8);

  /** What of an invocation the product keeps for its closing. */
  private static final Duration CLOSING = Duration.ofSeconds(5);

  @Seeds(sample = 4, all = 25)
  void launchesOneByOneDuringAnOutageAreMirroredAfterItButPerhapsTheFirst(long seed) {
    Random random = new Random(seed);
    World world = world(seed, random, random.nextBoolean() ? 1 : 2 + random.nextInt(9));
    Fleet<Source> fleet = Source.none(world.aws.ec2());
    List<String> launched =
        launchOneByOneDuringAnOutageOf(
            CREATE, world, random, () -> fleet.add(Source.BY_TAG).instance());

    assertNobodyIsLeftButPerhaps(launched.getFirst(), world);
    replayWhatIsKept(world);
    world.endEnvironments();
    fleet.assertRight();
  }

  /** Environments share nothing, so each has to meet a second one that gets no answer. */
  @Seeds(sample = 4, all = 25)
  void duringAnOutageAnEnvironmentGivesUpTheFirstThatItMeetsAtMost(long seed) {
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
    launchOneByOneDuringAnOutageOf(
        CREATE, world, random, () -> fleet.add(Source.BY_TAG).instance());

    assertThat(world.mapping().dropped()).isZero();
    assertThat(world.kept()).hasSizeLessThanOrEqualTo(environments.size());
    replayWhatIsKept(world);
    world.endEnvironments();
    fleet.assertRight();
  }

  /** The launches of targets, and the making of targets, are heard of as sessions are. */
  @Seeds(sample = 4, all = 25)
  void anOutageThatOnlyPoolsMeetGivesNobodyUpButPerhapsTheFirst(long seed) {
    Random random = new Random(seed);
    MappingSettings settings =
        MappingSettings.defaults()
            .withBatchSize(1 + random.nextInt(20))
            .withParallelizationFactor(1 + random.nextInt(10));
    World world = new World(seed, Ec2Options.defaults(), settings, 1, PoolSource.POLICY);
    Fleet<PoolSource> fleet = PoolSource.none(world.aws.ec2());
    String action = random.nextBoolean() ? "RunInstances" : "CreateTrafficMirrorTarget";
    List<String> launched =
        launchOneByOneDuringAnOutageOf(
            action, world, random, () -> fleet.add(PoolSource.X_IN_A).instance());

    assertNobodyIsLeftButPerhaps(launched.getFirst(), world);
    replayWhatIsKept(world);
    world.endEnvironments();
    PoolState state = PoolState.of(world);
    state.everybodyIsMirrored(fleet);
    state.nothingIsHalfMade();
    assertThat(state.launched()).isEqualTo(fleet.needed());
  }

  /**
   * Early in every invocation, and twice when one is about to end and there is no time to look
   * again, EC2 takes the write up and refuses it.
   */
  @Seeds(sample = 8, all = 40)
  void aWriteThatIsThrottledForTenMinutesGivesNobodyUp(long seed) {
    Random random = new Random(seed);
    World world = world(seed, random, 1 + random.nextInt(3));
    Fleet<Source> fleet = Source.none(world.aws.ec2());
    List<Fleet.Member<Source>> members =
        IntStream.range(0, 1 + random.nextInt(6)).mapToObj(i -> fleet.add(Source.BY_TAG)).toList();
    Fleet.Member<Source> throttled = members.get(random.nextInt(members.size()));
    Instant refusedLateAfter = world.time.now().plusSeconds(random.nextInt(500));
    String first =
        random.nextBoolean() ? "InvalidNetworkInterfaceID.NotFound" : "SomethingNobodyHasHeardOf";
    Deque<String> late = new ArrayDeque<>(List.of(first, "SomethingNobodyHasHeardOf"));
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
                refuseOnceThenThrottle(world, throttled, "SomethingNobodyHasHeardOf");
              } else if ((late.size() == 2 || now.isAfter(refusedLateAfter))
                  && invocations.workLeft().compareTo(Duration.ofMillis(1_400)) < 0
                  && !late.isEmpty()
                  && refusedLateIn.getAndSet(invocations.number) != invocations.number) {
                refuseOnceThenThrottle(world, throttled, late.remove());
              }
            });
    members.forEach(member -> world.launch(member.instance()));
    world.runToTheEnd();

    assertThat(world.time.now()).as("it lasted").isAfter(end);
    assertThat(world.mapping().dropped()).isZero();
    assertThat(world.kept()).isEmpty();
    world.endEnvironments();
    fleet.assertRight();
  }

  @ParameterizedTest
  @ValueSource(ints = {30, 45, 60, 90, 300})
  void anInstanceWhoseWritesGetNoAnswerInTimeLeavesItsLaneHoweverShortAnInvocationIs(int seconds) {
    leavesItsLane(seconds, () -> false);
  }

  @ParameterizedTest
  @ValueSource(ints = {30, 45, 60, 90, 300})
  void aThrottleBeforeTheTimeOutsIsNotTakenForTheReason(int seconds) {
    AtomicInteger writes = new AtomicInteger();
    leavesItsLane(seconds, () -> writes.getAndIncrement() % 4 == 0);
  }

  private static void leavesItsLane(int seconds, BooleanSupplier throttlesNow) {
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
                // No answer comes until the caller gives up, who has no more time than we have.
                refuse(world, stuck, 1, 500, "InternalError");
                world.time.sleep(shorter(EC2S_PATIENCE, invocations));
              }
            });
    world.launch(stuck.instance());
    world.mapping().runOnce();
    Instant put = world.time.now();
    Fleet.Member<Source> later = fleet.add(Source.BY_TAG);
    world.launch(later.instance());
    world.runToTheEnd();

    SessionView session =
        world.aws.ec2().sessions().stream()
            .filter(each -> each.interfaceId().equals(later.primary()))
            .findFirst()
            .orElseThrow();
    assertThat(Duration.between(put, session.createdAt()))
        .isLessThan(Duration.ofMinutes(2).plus(timeout.multipliedBy(2)).plusSeconds(10));
    assertThat(world.kept().keySet())
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

  private static void assertNobodyIsLeftButPerhaps(String first, World world) {
    assertThat(world.mapping().dropped()).isZero();
    assertThat(world.kept().keySet())
        .as("left to the next look: the first, where no other one told that it was EC2")
        .hasSizeLessThan(2)
        .allMatch(key -> key.endsWith("/" + first + ".json"));
  }

  /** The instances that were launched, in their order; all is over when this returns. */
  private static List<String> launchOneByOneDuringAnOutageOf(
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
    world.runToTheEnd();
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

  /** As the runbook says: what is kept goes on the stream again. */
  private static void replayWhatIsKept(World world) {
    for (byte[] object : List.copyOf(world.kept().values())) {
      JsonObject kept =
          JsonParser.parseString(new String(object, StandardCharsets.UTF_8)).getAsJsonObject();
      byte[] payload = Base64.getDecoder().decode(kept.get("payload_base64").getAsString());
      world.aws.kinesis().put(World.STREAM, kept.get("partition_key").getAsString(), payload);
    }
    world.runToTheEnd();
  }

  /** Happens before each creation of a session. */
  @FunctionalInterface
  private interface BeforeCreate extends CallHook {
    void happen();

    @Override
    default void beforeEffect(String signingName, String action) {
      if (action.equals(CREATE)) {
        happen();
      }
    }

    @Override
    default void afterEffect(String signingName, String action, int status) {}
  }

  /** Knows how much time the invocation that is under way has left for its work. */
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
      workEnd = world.time.now().plus(timeout).minus(CLOSING);
      return environment.invoke(event, requestId, timeout);
    }
  }
}
