package io.trafficmirror.mirror;

import static io.trafficmirror.mirror.Fixtures.FILTER;
import static io.trafficmirror.mirror.Fixtures.OTHER_FILTER;
import static io.trafficmirror.mirror.Fixtures.OTHER_TARGET;
import static io.trafficmirror.mirror.Fixtures.POOL;
import static io.trafficmirror.mirror.Fixtures.SCOPE;
import static io.trafficmirror.mirror.Fixtures.SOURCE;
import static io.trafficmirror.mirror.Fixtures.TARGET;
import static io.trafficmirror.mirror.Fixtures.member;
import static io.trafficmirror.mirror.Fixtures.session;
import static io.trafficmirror.mirror.Fixtures.source;
import static io.trafficmirror.mirror.Fixtures.targetOf;
import static io.trafficmirror.mirror.Fixtures.toPool;
import static io.trafficmirror.mirror.Fixtures.toTarget;
import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.mirror.Action.CreateSession;
import io.trafficmirror.mirror.Action.CreateTarget;
import io.trafficmirror.mirror.Action.LaunchTarget;
import io.trafficmirror.mirror.Action.ModifySession;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PlannerTest {

  private static final Pool POOL_2 =
      new Pool("prod", "t3.micro", "ami-1", List.of("sg-1"), new SubnetId("subnet-2"));
  private static final Slot SLOT_0 = new Slot(POOL.digest(), 0, 0);
  private static final Planner.Allowance FIVE_LAUNCHES = allowance(5);

  @Test
  void plansNothingForSatisfiedUnsettledAndNotMirroredStates() {
    Session session = session("tms-1", 7, TARGET, FILTER, "prod");
    List<SessionState> states =
        List.of(
            new SessionState.Satisfied(toTarget(), session),
            new SessionState.Unsettled(toPool(POOL, 1), session),
            new SessionState.NotMirrored(Reason.NO_ENTRY_MATCHES, Optional.empty()));
    assertThat(Planner.plan(states, PoolInventory.EMPTY, FIVE_LAUNCHES)).isEqualTo(Plan.NOTHING);
  }

  @Test
  void createsAMissingSessionWithTheEntrysTarget() {
    assertThat(plan(PoolInventory.EMPTY, missing(toTarget())))
        .isEqualTo(sessions(create(SOURCE, existing(TARGET), 100)));
  }

  static Stream<Arguments> numbers() {
    return Stream.of(
        // wanted, used by others, assigned
        Arguments.of(100, List.of(), 100),
        Arguments.of(100, List.of(101), 100),
        Arguments.of(100, List.of(100), 101),
        Arguments.of(100, List.of(100, 101), 102),
        Arguments.of(100, List.of(101, 100), 102),
        Arguments.of(100, List.of(100, 102), 101),
        Arguments.of(32_766, List.of(32_766), 1),
        Arguments.of(32_766, List.of(32_766, 1), 2),
        // EC2 returned no number.
        Arguments.of(100, List.of(0), 100));
  }

  @ParameterizedTest(name = "{0} wanted, {1} used: {2}")
  @MethodSource("numbers")
  void assignsTheWantedNumberOrTheNextFreeOne(int wanted, List<Integer> taken, int assigned) {
    List<Session> existing =
        taken.stream()
            .map(number -> session("tms-" + number, number, OTHER_TARGET, FILTER, "other"))
            .toList();
    WantedSession session =
        new WantedSession(
            SOURCE, toTarget().instance(), "tags[0]", toTarget().aim(), FILTER, wanted);
    assertThat(plan(PoolInventory.EMPTY, new SessionState.Missing(session, existing)))
        .isEqualTo(sessions(create(SOURCE, existing(TARGET), assigned)));
  }

  @Test
  void modifiesAnOutdatedSessionInPlace() {
    Session ours = session("tms-1", 5, OTHER_TARGET, OTHER_FILTER, "prod");
    assertThat(plan(PoolInventory.EMPTY, new SessionState.Outdated(toTarget(), ours, false)))
        .isEqualTo(sessions(modify(SOURCE, ours, existing(TARGET))));
  }

  @Test
  void changesOnlyTheFilterIfTheTargetIsAcceptable() {
    Session ours = session("tms-1", 5, OTHER_TARGET, OTHER_FILTER, "prod");
    assertThat(plan(pools(0), new SessionState.Outdated(toPool(POOL, 1), ours, true)))
        .isEqualTo(sessions(modify(SOURCE, ours, existing(OTHER_TARGET))));
  }

  @Test
  void assignsSourcesToExistingTargetsOfThePool() {
    PoolMember member = member(POOL, 0, InstanceState.RUNNING);
    Session ours = session("tms-1", 5, OTHER_TARGET, FILTER, "prod");
    assertThat(
            plan(
                pools(0, member),
                new SessionState.Outdated(toPool(POOL, 1), ours, false),
                missing(toPool(POOL, 2))))
        .isEqualTo(
            sessions(
                modify(SOURCE, ours, existing(targetOf(member).id())),
                create(source(2), existing(targetOf(member).id()), 100)));
  }

  @Test
  void createsTheMissingTargetOfAnInstance() {
    PoolMember incomplete = member(POOL, 0, InstanceState.PENDING);
    PoolInventory pools = new Fixtures.Pools().members(incomplete).inventory();
    TargetRef.Planned made = new TargetRef.OfMember(incomplete.id());
    assertThat(plan(pools, missing(toPool(POOL, 1)), missing(toPool(POOL, 2))))
        .isEqualTo(
            new Plan(
                List.of(new CreateTarget(SCOPE, made, SLOT_0, incomplete.primary())),
                List.of(create(source(1), made, 100), create(source(2), made, 100)),
                Map.of()));
  }

  @Test
  void launchesAnInstanceAndCreatesItsTargetIfNoneHasRoom() {
    TargetRef.Planned made = new TargetRef.OfSlot(SLOT_0);
    Session ours = session("tms-1", 5, OTHER_TARGET, FILTER, "prod");
    assertThat(
            plan(
                PoolInventory.EMPTY,
                new SessionState.Outdated(toPool(POOL, 1), ours, false),
                missing(toPool(POOL, 2))))
        .isEqualTo(
            new Plan(
                List.of(
                    new LaunchTarget(SCOPE, POOL, SLOT_0),
                    new CreateTarget(SCOPE, made, SLOT_0, Optional.empty())),
                List.of(modify(SOURCE, ours, made), create(source(2), made, 100)),
                Map.of()));
  }

  @Test
  void fillsExistingTargetsAndInstancesBeforeLaunching() {
    PoolMember live = member(POOL, 0, InstanceState.RUNNING);
    PoolMember incomplete = member(POOL, 1, InstanceState.RUNNING);
    PoolInventory pools =
        new Fixtures.Pools()
            .members(live, incomplete)
            .targets(targetOf(live))
            .usedBy(Map.of(targetOf(live).id(), users(9)))
            .inventory();
    Plan plan = Planner.plan(missing(POOL, 1, 12), pools, FIVE_LAUNCHES);
    assertThat(targetsBySource(plan))
        .isEqualTo(
            IntStream.rangeClosed(1, 12)
                .boxed()
                .collect(
                    Collectors.toMap(
                        Fixtures::source,
                        n ->
                            n == 1
                                ? existing(targetOf(live).id())
                                : n <= 11
                                    ? new TargetRef.OfMember(incomplete.id())
                                    : new TargetRef.OfSlot(new Slot(POOL.digest(), 2, 0)))));
  }

  @Test
  void letsSourcesWaitWhileThePoolIsNotSettled() {
    PoolMember member = member(POOL, 0, InstanceState.RUNNING);
    PoolInventory pools =
        new Fixtures.Pools()
            .members(member)
            .targets(targetOf(member))
            .gone(targetOf(member).id())
            .inventory();
    assertThat(plan(pools, missing(toPool(POOL, 1))))
        .isEqualTo(waiting(Seat.WaitReason.POOL_NOT_SETTLED, 1));
  }

  @Test
  void letsSourcesWaitOnceTheLaunchLimitIsReached() {
    Plan plan = Planner.plan(missing(POOL, 1, 21), PoolInventory.EMPTY, allowance(2));
    assertThat(launched(plan)).containsExactly(SLOT_0, new Slot(POOL.digest(), 1, 0));
    assertThat(plan.sessions()).hasSize(20);
    assertThat(plan.waiting()).isEqualTo(Map.of(source(21), Seat.WaitReason.LAUNCH_BUDGET_SPENT));
    assertThat(Planner.plan(missing(POOL, 1, 1), PoolInventory.EMPTY, allowance(0)))
        .isEqualTo(waiting(Seat.WaitReason.LAUNCH_BUDGET_SPENT, 1));
  }

  @Test
  void letsSourcesWaitWhileLaunchesAreHeld() {
    Planner.Allowance held = new Planner.Allowance(5, Set.of(POOL.digest()), instance -> true);
    assertThat(Planner.plan(missing(POOL, 1, 1), PoolInventory.EMPTY, held))
        .isEqualTo(waiting(Seat.WaitReason.LAUNCHES_HELD, 1));
  }

  @Test
  void launchesNothingForSourcesThatDoNotJustifyALaunch() {
    assertThat(
            Planner.plan(missing(POOL, 1, 1), PoolInventory.EMPTY, allowance(5, instance -> false)))
        .isEqualTo(waiting(Seat.WaitReason.LAUNCH_NOT_JUSTIFIED, 1));
  }

  @Test
  void sourcesThatDoNotJustifyALaunchShareAnothersLaunch() {
    Predicate<Instance> onlyTheSecond = instance -> instance.id().value().equals("i-2");
    Plan plan = Planner.plan(missing(POOL, 1, 2), PoolInventory.EMPTY, allowance(5, onlyTheSecond));
    assertThat(launched(plan)).containsExactly(SLOT_0);
    assertThat(targetsBySource(plan).keySet()).containsExactlyInAnyOrder(source(1), source(2));
    assertThat(plan.waiting()).isEmpty();
  }

  @Test
  void poolsUseTheLaunchLimitInTheOrderOfTheStates() {
    List<SessionState> states = new ArrayList<>(missing(POOL_2, 1, 11));
    states.addAll(missing(POOL, 20, 11));
    Plan plan = Planner.plan(states, PoolInventory.EMPTY, allowance(3));
    assertThat(launched(plan))
        .containsExactly(new Slot(POOL_2.digest(), 0, 0), new Slot(POOL_2.digest(), 1, 0), SLOT_0);
    assertThat(plan.waiting()).isEqualTo(Map.of(source(30), Seat.WaitReason.LAUNCH_BUDGET_SPENT));
  }

  @Test
  void aHeldPoolUsesNoneOfTheLaunchLimit() {
    List<SessionState> states = new ArrayList<>(missing(POOL_2, 1, 1));
    states.addAll(missing(POOL, 20, 1));
    Plan plan =
        Planner.plan(
            states,
            PoolInventory.EMPTY,
            new Planner.Allowance(1, Set.of(POOL_2.digest()), instance -> true));
    assertThat(launched(plan)).containsExactly(SLOT_0);
    assertThat(plan.waiting()).isEqualTo(Map.of(source(1), Seat.WaitReason.LAUNCHES_HELD));
  }

  @Test
  void differentPoolsShareNoTarget() {
    PoolMember member = member(POOL, 0, InstanceState.RUNNING);
    Plan plan = plan(pools(0, member), missing(toPool(POOL, 1)), missing(toPool(POOL_2, 2)));
    assertThat(targetsBySource(plan))
        .isEqualTo(
            Map.of(
                source(1),
                existing(targetOf(member).id()),
                source(2),
                new TargetRef.OfSlot(new Slot(POOL_2.digest(), 0, 0))));
  }

  @Test
  void launchesFirstThenCreatesTargetsThenChangesSessionsInTheOrderOfTheStates() {
    PoolMember incomplete = member(POOL, 0, InstanceState.RUNNING);
    PoolInventory pools = new Fixtures.Pools().members(incomplete).inventory();
    List<SessionState> states = new ArrayList<>(missing(POOL, 2, 11));
    states.add(missing(toPool(POOL_2, 20)));
    states.add(missing(toTarget()));
    Plan plan = Planner.plan(states, pools, FIVE_LAUNCHES);
    assertThat(plan.actions().stream().map(PlannerTest::kind).distinct())
        .containsExactly("LaunchTarget", "CreateTarget", "CreateSession");
    assertThat(plan.targets())
        .extracting(PlannerTest::describe)
        .containsExactly(
            "launches slot 1 of POOL",
            "launches slot 0 of POOL_2",
            "creates a target on a member",
            "creates a target in slot 1 of POOL",
            "creates a target in slot 0 of POOL_2");
    assertThat(plan.sessions())
        .extracting(Action.Mirroring::source)
        .containsExactlyElementsOf(
            states.stream().map(state -> state.wantedSession().orElseThrow().source()).toList());
    assertThat(plan.actions()).hasSize(plan.targets().size() + plan.sessions().size());
  }

  private static String kind(Action action) {
    return action.getClass().getSimpleName();
  }

  private static String describe(Action.OnTarget action) {
    return switch (action) {
      case LaunchTarget launch -> "launches " + name(launch.slot());
      case CreateTarget(var scope, TargetRef.OfSlot(Slot slot), var same, var eni) ->
          "creates a target in " + name(slot);
      case CreateTarget(var scope, TargetRef.OfMember member, var slot, var eni) ->
          "creates a target on a member";
      case Action.TagTarget tag -> "tags " + tag.target();
      case Action.DeleteTarget delete -> "deletes " + delete.target();
      case Action.TerminateTarget terminate -> "terminates " + terminate.instance();
    };
  }

  private static String name(Slot slot) {
    return "slot "
        + slot.number()
        + (slot.pool().equals(POOL.digest()) ? " of POOL" : " of POOL_2");
  }

  /** Members with their targets; each target has this many sources. */
  private static PoolInventory pools(int used, PoolMember... members) {
    return new Fixtures.Pools()
        .members(members)
        .targets(Stream.of(members).map(Fixtures::targetOf).toArray(MirrorTarget[]::new))
        .usedBy(
            Stream.of(members)
                .collect(Collectors.toMap(member -> targetOf(member).id(), member -> users(used))))
        .inventory();
  }

  private static Set<InterfaceId> users(int count) {
    return IntStream.range(0, count)
        .mapToObj(n -> new InterfaceId("eni-user-" + n))
        .collect(Collectors.toSet());
  }

  private static Plan plan(PoolInventory pools, SessionState... states) {
    return Planner.plan(List.of(states), pools, FIVE_LAUNCHES);
  }

  private static Planner.Allowance allowance(int launches) {
    return allowance(launches, instance -> true);
  }

  private static Planner.Allowance allowance(int launches, Predicate<Instance> justifiesLaunch) {
    return new Planner.Allowance(launches, Set.of(), justifiesLaunch);
  }

  private static SessionState missing(WantedSession wanted) {
    return new SessionState.Missing(wanted, List.of());
  }

  /** Sources of the pool, starting with instance number {@code first}. */
  private static List<SessionState> missing(Pool pool, int first, int count) {
    return IntStream.range(first, first + count).mapToObj(n -> missing(toPool(pool, n))).toList();
  }

  private static Plan sessions(Action.Mirroring... actions) {
    return new Plan(List.of(), List.of(actions), Map.of());
  }

  private static Plan waiting(Seat.WaitReason why, int... sources) {
    return new Plan(
        List.of(),
        List.of(),
        IntStream.of(sources).boxed().collect(Collectors.toMap(Fixtures::source, n -> why)));
  }

  private static TargetRef existing(TargetId target) {
    return new TargetRef.Existing(target);
  }

  private static CreateSession create(Source source, TargetRef target, int number) {
    return new CreateSession(source, "tags[0]", target, FILTER, number);
  }

  private static ModifySession modify(Source source, Session ours, TargetRef target) {
    return new ModifySession(source, "tags[0]", ours.id(), target, FILTER);
  }

  private static Map<Source, TargetRef> targetsBySource(Plan plan) {
    return plan.sessions().stream()
        .collect(Collectors.toMap(Action.Mirroring::source, Action.Mirroring::target));
  }

  private static List<Slot> launched(Plan plan) {
    return plan.targets().stream()
        .flatMap(action -> action instanceof LaunchTarget launch ? Stream.of(launch) : Stream.of())
        .map(LaunchTarget::slot)
        .toList();
  }
}
