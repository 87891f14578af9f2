package io.trafficmirror.mirror;

import static io.trafficmirror.mirror.Fixtures.OURS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Properties of the plan for any fleet; {@link FleetModel} applies a plan as EC2 would. */
class PlannerLawsTest {

  private static final int ANY_NUMBER = 1_000;

  @Property
  void theNextPlanAfterAnAppliedOneIsEmpty(@ForAll long seed) {
    FleetModel fleet = fleet(seed);
    fleet.apply(plan(fleet, ANY_NUMBER));
    assertThat(plan(fleet, ANY_NUMBER).actions()).isEmpty();
  }

  @Property
  void noSessionIsOpenAfterAnAppliedPlan(@ForAll long seed) {
    FleetModel fleet = fleet(seed);
    fleet.apply(plan(fleet, ANY_NUMBER));
    assertThat(open(fleet)).isEmpty();
  }

  @Property
  void aLaunchLimitOnlyAddsRounds(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int launches) {
    FleetModel fleet = fleet(seed);
    int rounds = 0;
    for (Plan plan = plan(fleet, launches); !isEmpty(plan); plan = plan(fleet, launches)) {
      assertThat(launches(plan)).isLessThanOrEqualTo(launches);
      fleet.apply(plan);
      rounds++;
      assertThat(rounds).isLessThan(20);
    }
    assertThat(open(fleet)).isEmpty();
  }

  private static boolean isEmpty(Plan plan) {
    return plan.actions().isEmpty() && plan.waiting().isEmpty();
  }

  @Property
  void neverChangesForeignSessions(@ForAll long seed) {
    FleetModel fleet = fleet(seed);
    List<Session> before = fleet.sessions().stream().filter(s -> !OURS.owns(s)).toList();
    fleet.apply(plan(fleet, ANY_NUMBER));
    assertThat(fleet.sessions()).containsAll(before);
  }

  @Property
  void modifiesExistingSessionsAndNeverReplacesThem(@ForAll long seed) {
    FleetModel fleet = fleet(seed);
    List<SessionId> before = fleet.sessions().stream().map(Session::id).toList();
    fleet.apply(plan(fleet, ANY_NUMBER));
    assertThat(fleet.sessions()).extracting(Session::id).containsAll(before);
  }

  @Property
  void keepsSessionLimitAndUniqueNumbersPerInterface(@ForAll long seed) {
    FleetModel fleet = fleet(seed);
    fleet.apply(plan(fleet, ANY_NUMBER));
    for (List<Session> sessions : fleet.sessionsByInterface().values()) {
      assertThat(sessions).hasSizeLessThanOrEqualTo(3);
      assertThat(sessions).extracting(Session::number).doesNotHaveDuplicates();
      assertThat(sessions).extracting(Session::number).allMatch(n -> n >= 1 && n <= 32_766);
    }
  }

  @Property
  void neverExceedsTheSourceLimitOfATarget(@ForAll long seed) {
    FleetModel fleet = fleet(seed);
    Map<TargetId, Set<InterfaceId>> before = fleet.sourcesOfTargets();
    fleet.apply(plan(fleet, ANY_NUMBER));
    Set<TargetId> pooled = fleet.pooledTargets();
    fleet
        .sourcesOfTargets()
        .forEach(
            (target, sources) -> {
              if (pooled.contains(target)) {
                int had = before.getOrDefault(target, Set.of()).size();
                assertThat(sources)
                    .hasSizeLessThanOrEqualTo(Math.max(had, InstanceTypes.SMALL_LIMIT));
              }
            });
  }

  @Property
  void createsEveryPlannedTargetOnceAndUsesIt(@ForAll long seed) {
    Plan plan = plan(fleet(seed), ANY_NUMBER);
    List<TargetRef> made = new ArrayList<>();
    Set<Slot> launched = new HashSet<>();
    for (Action.OnTarget action : plan.targets()) {
      if (action instanceof Action.CreateTarget create) {
        made.add(create.planned());
      } else if (action instanceof Action.LaunchTarget launch) {
        assertThat(launched.add(launch.slot())).isTrue();
      }
    }
    assertThat(made).doesNotHaveDuplicates();
    Set<TargetRef> used = new HashSet<>();
    plan.sessions().stream()
        .map(Action.Mirroring::target)
        .filter(TargetRef.Planned.class::isInstance)
        .forEach(used::add);
    assertThat(Set.copyOf(made)).isEqualTo(used);
    assertThat(made)
        .allMatch(ref -> ref instanceof TargetRef.OfMember || launched.contains(slotOf(ref)))
        .hasSizeGreaterThanOrEqualTo(launched.size());
  }

  private static Slot slotOf(TargetRef ref) {
    return ref instanceof TargetRef.OfSlot(Slot slot)
        ? slot
        : new Slot("a target on an existing member has no planned slot", 0, 0);
  }

  @Property
  void changesEverySourceOnceOrLetsItWait(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 3) int launches) {
    FleetModel fleet = fleet(seed);
    Plan plan = plan(fleet, launches);
    List<Source> acted = plan.sessions().stream().map(Action.Mirroring::source).toList();
    List<Source> all = new ArrayList<>(acted);
    all.addAll(plan.waiting().keySet());
    assertThat(all).containsExactlyInAnyOrderElementsOf(open(fleet));
  }

  @Property
  void isIndependentOfTheOrderInWhichSessionsAreRead(@ForAll long seed) {
    FleetModel fleet = fleet(seed);
    assertThat(Planner.plan(fleet.statesInReverseReadOrder(), fleet.pools(), allowance(ANY_NUMBER)))
        .isEqualTo(plan(fleet, ANY_NUMBER));
  }

  /** The sources whose wanted session is open. */
  private static List<Source> open(FleetModel fleet) {
    return fleet.states().stream()
        .filter(SessionState::isOpen)
        .map(state -> state.wantedSession().orElseThrow().source())
        .toList();
  }

  private static FleetModel fleet(long seed) {
    return FleetModel.random(new Random(seed));
  }

  private static Plan plan(FleetModel fleet, int launches) {
    return Planner.plan(fleet.states(), fleet.pools(), allowance(launches));
  }

  private static Planner.Allowance allowance(int launches) {
    return new Planner.Allowance(launches, Set.of(), instance -> true);
  }

  private static long launches(Plan plan) {
    return plan.targets().stream().filter(Action.LaunchTarget.class::isInstance).count();
  }
}
