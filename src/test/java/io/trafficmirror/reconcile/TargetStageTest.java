package io.trafficmirror.reconcile;

import static io.trafficmirror.reconcile.World.OTHER_POOL;
import static io.trafficmirror.reconcile.World.OWNERSHIP;
import static io.trafficmirror.reconcile.World.POOL;
import static io.trafficmirror.reconcile.World.SCOPE;
import static io.trafficmirror.reconcile.World.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.harness.VirtualTime;
import io.trafficmirror.mirror.Action;
import io.trafficmirror.mirror.InstanceState;
import io.trafficmirror.mirror.MirrorTarget;
import io.trafficmirror.mirror.Pool;
import io.trafficmirror.mirror.PoolInventory;
import io.trafficmirror.mirror.PoolMember;
import io.trafficmirror.mirror.Slot;
import io.trafficmirror.mirror.TargetId;
import io.trafficmirror.mirror.TargetRef;
import io.trafficmirror.pool.PoolLimits;
import io.trafficmirror.port.Answer;
import io.trafficmirror.port.Failure;
import io.trafficmirror.port.FailureKind;
import io.trafficmirror.port.FakeEc2;
import io.trafficmirror.port.FakeEc2.Api;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@link TargetStage}: launches, targets, and what stops them. */
class TargetStageTest {

  private World world = new World();

  // Order

  @Test
  void appliesActionsInOrder() throws Exception {
    apply(5, launch(POOL, 0), launch(POOL, 1), create(POOL, 0), create(POOL, 1));
    assertThat(world.ec2.calls())
        .extracting(FakeEc2.Call::api)
        .containsExactly(Api.LAUNCH, Api.LAUNCH, Api.CREATE_TARGET, Api.CREATE_TARGET);
  }

  @Test
  void createsTheTargetOnTheInterfaceOfTheLaunchedInstance() throws Exception {
    TargetStage.Made made = apply(5, launch(POOL, 0), create(POOL, 0));
    MirrorTarget target = world.ec2.targets().getFirst();
    assertThat(target.networkInterface()).isEqualTo(world.ec2.members().getFirst().primary());
    assertThat(target.tags()).isEqualTo(OWNERSHIP.slotTags(slot(POOL, 0, 0)));
    assertThat(made.of(ofSlot(POOL, 0))).isEqualTo(new Answer.Got<>(target.id()));
    assertThat(made.anyAnswered()).isTrue();
  }

  @Test
  void createsTheTargetOfAnInstanceWithoutOne() throws Exception {
    PoolMember member = world.member("incomplete", POOL, 0, Duration.ofMinutes(1));
    TargetStage.Made made = apply(5, createOn(member));
    assertThat(word(made.of(new TargetRef.OfMember(member.id())))).isEqualTo("made");
    assertThat(world.ec2.targets().getFirst().networkInterface()).isEqualTo(member.primary());
  }

  @Test
  void changesNothingIfAppliedAgain() throws Exception {
    TargetStage.Made first = apply(5, launch(POOL, 0), create(POOL, 0));
    TargetStage.Made second = apply(5, launch(POOL, 0), create(POOL, 0));
    assertThat(second.targets()).isEqualTo(first.targets());
    assertThat(world.ec2.members()).hasSize(1);
    assertThat(world.ec2.targets()).hasSize(1);
  }

  @Test
  void publishesALaunchOnlyOnce() throws Exception {
    apply(5, launch(POOL, 0));
    assertThat(world.telemetry.launched).containsExactlyElementsOf(world.ec2.members());
    world.time.sleep(Duration.ofSeconds(6));
    apply(5, launch(POOL, 0));
    assertThat(world.telemetry.launched).containsExactlyElementsOf(world.ec2.members());
  }

  @Test
  void addsNewTargetsToTheKnownPools() throws Exception {
    apply(5, launch(POOL, 0), launch(POOL, 1), create(POOL, 0));
    PoolInventory known = world.pools.withSources(List.of());
    assertThat(known.members()).containsExactlyInAnyOrderElementsOf(world.ec2.members());
    assertThat(known.view(POOL).liveTargets())
        .containsOnlyKeys(world.ec2.targets().getFirst().id());
  }

  // Failures

  @Test
  void stopsLaunchingInAPoolAtItsFirstFailure() throws Exception {
    world.ec2.failNext(Api.LAUNCH, FailureKind.NO_CAPACITY);
    TargetStage.Made made =
        apply(
            5,
            launch(POOL, 0),
            launch(POOL, 1),
            launch(OTHER_POOL, 0),
            create(POOL, 0),
            create(POOL, 1),
            create(OTHER_POOL, 0));
    assertThat(words(made, ofSlot(POOL, 0), ofSlot(POOL, 1), ofSlot(OTHER_POOL, 0)))
        .containsExactly("NO_CAPACITY", "NO_CAPACITY", "made");
    assertThat(world.ec2.calls(Api.LAUNCH)).hasSize(2);
    assertThat(world.memory.refusedLaunch(POOL.digest())).isPresent();
    assertThat(world.memory.refusedLaunch(OTHER_POOL.digest())).isEmpty();
  }

  @Test
  void stopsCreatingTargetsInAPoolAtItsFirstFailure() throws Exception {
    world.ec2.failNext(Api.CREATE_TARGET, FailureKind.DENIED);
    TargetStage.Made made =
        apply(
            5,
            launch(POOL, 0),
            launch(POOL, 1),
            launch(OTHER_POOL, 0),
            create(POOL, 0),
            create(POOL, 1),
            create(OTHER_POOL, 0));
    assertThat(words(made, ofSlot(POOL, 0), ofSlot(POOL, 1), ofSlot(OTHER_POOL, 0)))
        .containsExactly("DENIED", "DENIED", "made");
    assertThat(world.ec2.calls(Api.CREATE_TARGET)).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "IMAGE_NOT_FOUND, true",
    "LAUNCH_LIMIT, true",
    "NO_CAPACITY, true",
    "DENIED, true",
    "TOKEN_MISMATCH, false",
    "UNAVAILABLE, false",
    "OUT_OF_TIME, false"
  })
  void remembersRefusedButNotUnansweredLaunches(FailureKind kind, boolean isRemembered)
      throws Exception {
    world.ec2.failNext(Api.LAUNCH, kind, kind, kind);
    TargetStage.Made made = apply(5, launch(POOL, 0), create(POOL, 0));
    assertThat(word(made.of(ofSlot(POOL, 0)))).isEqualTo(kind.name());
    assertThat(world.memory.refusedLaunch(POOL.digest()).isPresent()).isEqualTo(isRemembered);
  }

  /** EC2's error about a target's interface must not be attributed to the source. */
  @ParameterizedTest
  @CsvSource({
    "SOURCE_IS_A_TARGET, POOL_NOT_SETTLED",
    "TOKEN_MISMATCH, POOL_NOT_SETTLED",
    "NO_TARGET, NO_TARGET",
    "UNSUPPORTED_SOURCE, NO_TARGET",
    "TARGET_FULL, NO_TARGET",
    "INTERFACE_SESSION_LIMIT, NO_TARGET",
    "INVALID, NO_TARGET",
    "DENIED, DENIED",
    "REFUSED, REFUSED",
    "NOT_VISIBLE_YET, NOT_VISIBLE_YET",
    "UNAVAILABLE, UNAVAILABLE",
    "OUT_OF_TIME, OUT_OF_TIME"
  })
  void translatesTheFailureOfATargetForItsSources(FailureKind ofTarget, String ofSource)
      throws Exception {
    world.ec2.failNext(
        Api.CREATE_TARGET, Collections.nCopies(5, ofTarget).toArray(FailureKind[]::new));
    TargetStage.Made made = apply(5, launch(POOL, 0), create(POOL, 0));
    assertThat(word(made.of(ofSlot(POOL, 0)))).isEqualTo(ofSource);
  }

  @Test
  void retriesUntilEc2KnowsTheInterface() throws Exception {
    world.ec2.failNext(
        Api.CREATE_TARGET,
        Collections.nCopies(4, FailureKind.NOT_VISIBLE_YET).toArray(FailureKind[]::new));
    TargetStage.Made made = apply(5, launch(POOL, 0), create(POOL, 0));
    assertThat(word(made.of(ofSlot(POOL, 0)))).isEqualTo("made");
  }

  @Test
  void leavesTimeForSessionsWhileTargetsAreThrottled() throws Exception {
    world.ec2.failNext(
        Api.LAUNCH, Collections.nCopies(100, FailureKind.THROTTLED).toArray(FailureKind[]::new));
    TargetStage.Made made = apply(5, launch(POOL, 0), create(POOL, 0));
    assertThat(word(made.of(ofSlot(POOL, 0)))).isEqualTo("THROTTLED");
    assertThat(made.anyAnswered()).isFalse();
    assertThat(world.time.now())
        .isBeforeOrEqualTo(VirtualTime.START.plus(TargetStage.MOST_FOR_AN_ACTION));
  }

  @Test
  void returnsNoTargetIfNothingWasLaunched() throws Exception {
    assertThat(word(apply(5).of(ofSlot(POOL, 0)))).isEqualTo("POOL_NOT_SETTLED");
    assertThat(word(apply(5, create(POOL, 0)).of(ofSlot(POOL, 0)))).isEqualTo("POOL_NOT_SETTLED");
  }

  // Generations

  @Test
  void launchesTheNextGenerationOfASlotWithTerminatedInstances() throws Exception {
    terminateGenerations(3);
    TargetStage.Made made = apply(5, launch(POOL, 0), create(POOL, 0));
    assertThat(word(made.of(ofSlot(POOL, 0))))
        .as("returned for the planned target")
        .isEqualTo("made");
    assertThat(world.ec2.members())
        .extracting(PoolMember::slot)
        .containsExactly(Optional.of(slot(POOL, 0, 3)));
    assertThat(world.ec2.targets().getFirst().tags())
        .isEqualTo(OWNERSHIP.slotTags(slot(POOL, 0, 3)));
    assertThat(world.launches.left()).as("only one was launched").isEqualTo(4);
  }

  @Test
  void skipsAtMostEightGenerationsPerLaunch() throws Exception {
    terminateGenerations(TargetStage.MAX_GENERATIONS + 2);
    int before = world.ec2.calls(Api.LAUNCH).size();
    assertThat(word(apply(5, launch(POOL, 0), create(POOL, 0)).of(ofSlot(POOL, 0))))
        .isEqualTo("POOL_NOT_SETTLED");
    assertThat(world.ec2.calls(Api.LAUNCH)).hasSize(before + 8);
    assertThat(word(apply(5, launch(POOL, 0), create(POOL, 0)).of(ofSlot(POOL, 0))))
        .isEqualTo("made");
    assertThat(world.ec2.calls(Api.LAUNCH)).hasSize(before + 8 + 3);
  }

  @ParameterizedTest
  @CsvSource({"0, TOKEN_MISMATCH, 0", "29, TOKEN_MISMATCH, 0", "30, made, 1", "600, made, 1"})
  void skipsAMismatchedTokenOnlyAfterTheSettlingTime(long seconds, String word, int generations)
      throws Exception {
    world.ec2.failNext(Api.LAUNCH, FailureKind.TOKEN_MISMATCH);
    apply(5, launch(POOL, 0), create(POOL, 0));
    world.time.sleep(Duration.ofSeconds(seconds));
    world.ec2.failNext(Api.LAUNCH, FailureKind.TOKEN_MISMATCH);
    TargetStage.Made made = apply(5, launch(POOL, 0), create(POOL, 0));
    assertThat(word(made.of(ofSlot(POOL, 0)))).isEqualTo(word);
    assertThat(world.ec2.members())
        .allMatch(member -> member.slot().equals(Optional.of(slot(POOL, 0, 1))))
        .hasSize(generations);
  }

  @Test
  void createsNoTargetForAStoppedInstance() throws Exception {
    apply(5, launch(POOL, 0));
    PoolMember launched = world.ec2.members().getFirst();
    world.ec2.add(
        new PoolMember(
            launched.id(),
            InstanceState.STOPPED,
            launched.type(),
            launched.pool(),
            launched.slot(),
            launched.primary(),
            launched.launchedAt()));
    assertThat(word(apply(5, launch(POOL, 0), create(POOL, 0)).of(ofSlot(POOL, 0))))
        .isEqualTo("POOL_NOT_SETTLED");
    assertThat(world.ec2.targets()).isEmpty();
  }

  // Budget

  @Test
  void launchesNoMoreThanTheBudget() throws Exception {
    TargetStage.Made made =
        apply(1, launch(POOL, 0), launch(OTHER_POOL, 0), create(POOL, 0), create(OTHER_POOL, 0));
    assertThat(words(made, ofSlot(POOL, 0), ofSlot(OTHER_POOL, 0)))
        .containsExactly("made", "LAUNCH_BUDGET_SPENT");
    assertThat(world.ec2.members()).hasSize(1);
  }

  @Test
  void spendsTheBudgetOnAnUnansweredLaunch() throws Exception {
    world.ec2.failNext(
        Api.LAUNCH, FailureKind.UNAVAILABLE, FailureKind.UNAVAILABLE, FailureKind.UNAVAILABLE);
    TargetStage.Made made =
        apply(1, launch(POOL, 0), launch(OTHER_POOL, 0), create(POOL, 0), create(OTHER_POOL, 0));
    assertThat(words(made, ofSlot(POOL, 0), ofSlot(OTHER_POOL, 0)))
        .containsExactly("UNAVAILABLE", "LAUNCH_BUDGET_SPENT");
    assertThat(world.ec2.members()).isEmpty();
  }

  @Test
  void spendsNothingOnARefusedLaunch() throws Exception {
    world.ec2.failNext(Api.LAUNCH, FailureKind.NO_CAPACITY);
    TargetStage.Made made =
        apply(1, launch(POOL, 0), launch(OTHER_POOL, 0), create(POOL, 0), create(OTHER_POOL, 0));
    assertThat(words(made, ofSlot(POOL, 0), ofSlot(OTHER_POOL, 0)))
        .containsExactly("NO_CAPACITY", "made");
  }

  // Instances without a target

  @ParameterizedTest
  @CsvSource({
    "60, 29, made",
    "60, 30, POOL_NOT_SETTLED",
    "60, 90, POOL_NOT_SETTLED",
    "0, 90000, made"
  })
  void createsNoTargetForAnInstanceThatTheSweepMayRemove(
      long sweepAfterMinutes, long ageMinutes, String word) throws Exception {
    world = new World(new PoolLimits(5, Duration.ofMinutes(sweepAfterMinutes), 10, Set.of()));
    PoolMember member = world.member("old", POOL, 0, Duration.ofMinutes(ageMinutes));
    TargetStage.Made made = apply(5, createOn(member));
    assertThat(word(made.of(new TargetRef.OfMember(member.id())))).isEqualTo(word);
    assertThat(world.ec2.targets()).hasSize(word.equals("made") ? 1 : 0);
  }

  @Test
  void waitsForAnUnseenInstanceOrInterface() throws Exception {
    PoolMember seen = world.member("new", POOL, 0, Duration.ZERO);
    PoolMember bare =
        new PoolMember(
            seen.id(),
            seen.state(),
            seen.type(),
            seen.pool(),
            seen.slot(),
            Optional.empty(),
            seen.launchedAt());
    Action.CreateTarget create = createOn(seen);
    assertThat(word(apply(List.of(), 5, create).of(create.planned())))
        .isEqualTo("POOL_NOT_SETTLED");
    assertThat(word(apply(List.of(bare), 5, create).of(create.planned())))
        .isEqualTo("POOL_NOT_SETTLED");
    assertThat(world.ec2.calls()).isEmpty();
  }

  /** Launches and terminates this many instances of slot 0, like another environment. */
  private void terminateGenerations(int count) {
    for (int generation = 0; generation < count; generation++) {
      Slot slot = slot(POOL, 0, generation);
      world.ec2.launch(
          POOL, OWNERSHIP.slotTags(slot), slot.launchToken(), OWNERSHIP, world.later());
      world.ec2.members().forEach(member -> world.ec2.terminate(member.id(), world.later()));
    }
  }

  private TargetStage.Made apply(int budget, Action.OnTarget... actions) throws Exception {
    return apply(world.ec2.members(), budget, actions);
  }

  private TargetStage.Made apply(List<PoolMember> seen, int budget, Action.OnTarget... actions)
      throws Exception {
    while (world.launches.left() > budget) {
      world.launches.spend();
    }
    PoolInventory pools =
        new PoolInventory(
            seen,
            List.of(),
            Map.of(),
            Map.of(),
            Set.of(),
            Set.of(),
            Set.of(),
            Map.of(),
            Instant.MIN);
    return world.targetStage.apply(List.of(actions), pools, world.launches, world.later());
  }

  private static Slot slot(Pool pool, int number, int generation) {
    return new Slot(pool.digest(), number, generation);
  }

  private static TargetRef.OfSlot ofSlot(Pool pool, int number) {
    return new TargetRef.OfSlot(slot(pool, number, 0));
  }

  private static Action.LaunchTarget launch(Pool pool, int number) {
    return new Action.LaunchTarget(SCOPE, pool, slot(pool, number, 0));
  }

  private static Action.CreateTarget create(Pool pool, int number) {
    return new Action.CreateTarget(
        SCOPE, ofSlot(pool, number), slot(pool, number, 0), Optional.empty());
  }

  private static Action.CreateTarget createOn(PoolMember member) {
    return new Action.CreateTarget(
        SCOPE, new TargetRef.OfMember(member.id()), member.slot().orElseThrow(), member.primary());
  }

  private static List<String> words(TargetStage.Made made, TargetRef.Planned... planned) {
    return Arrays.stream(planned).map(each -> word(made.of(each))).toList();
  }

  private static String word(Answer<TargetId> answer) {
    return switch (answer) {
      case Answer.Got<TargetId> ignored -> "made";
      case Answer.Failed<TargetId>(Failure failure) -> failure.kind().name();
    };
  }
}
