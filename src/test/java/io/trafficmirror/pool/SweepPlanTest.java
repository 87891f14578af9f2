package io.trafficmirror.pool;

import static io.trafficmirror.pool.PoolThings.OWNERSHIP;
import static io.trafficmirror.pool.PoolThings.POOL;
import static io.trafficmirror.pool.PoolThings.eni;
import static io.trafficmirror.pool.PoolThings.member;
import static io.trafficmirror.pool.PoolThings.slot;
import static io.trafficmirror.pool.PoolThings.target;
import static io.trafficmirror.pool.PoolThings.targetId;
import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.mirror.Action;
import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.InstanceState;
import io.trafficmirror.mirror.InterfaceId;
import io.trafficmirror.mirror.MirrorTarget;
import io.trafficmirror.mirror.Ownership;
import io.trafficmirror.mirror.PoolInventory;
import io.trafficmirror.mirror.PoolMember;
import io.trafficmirror.mirror.Scope;
import io.trafficmirror.mirror.TargetId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SweepPlanTest {

  private static final Scope SCOPE = new Scope("111122223333", "eu-central-1");
  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
  private static final PoolLimits AFTER_AN_HOUR = PoolLimits.defaults();

  private static final Map<String, String> OURS_WITHOUT_SLOT =
      Map.of(Ownership.DEPLOYMENT_TAG, "prod");
  private static final Map<String, String> FOREIGN = new Ownership("test").slotTags(slot(1));

  // An instance and its target

  @ParameterizedTest
  @CsvSource(
      useHeadersInDisplayName = true,
      nullValues = "-",
      textBlock =
          """
          state,         minutes, target,       sources, removed
          # without a target
          RUNNING,       60,      none,         0,       nothing
          RUNNING,       61,      none,         0,       instance
          PENDING,       61,      none,         0,       instance
          STOPPING,      60,      none,         0,       nothing
          STOPPED,       60,      none,         0,       nothing
          STOPPED,       61,      none,         0,       instance
          SHUTTING_DOWN, 61,      none,         0,       nothing
          TERMINATED,    61,      none,         0,       nothing
          RUNNING,       -,       none,         0,       nothing
          # with our target
          RUNNING,       60,      ours,         0,       nothing
          RUNNING,       61,      ours,         0,       target and instance
          PENDING,       61,      ours,         0,       target and instance
          RUNNING,       61,      ours,         1,       nothing
          RUNNING,       9999,    ours,         1,       nothing
          STOPPING,      1,       ours,         0,       target and instance
          STOPPED,       1,       ours,         0,       target and instance
          STOPPED,       9999,    ours,         1,       nothing
          RUNNING,       -,       ours,         0,       nothing
          STOPPED,       -,       ours,         0,       target and instance
          SHUTTING_DOWN, 1,       ours,         0,       target
          TERMINATED,    1,       ours,         0,       target
          TERMINATED,    1,       ours,         1,       nothing
          # with our target that has no slot tags
          RUNNING,       61,      without slot, 0,       target and instance
          TERMINATED,    61,      without slot, 0,       nothing
          # with a target that we may not delete
          RUNNING,       9999,    foreign,      0,       nothing
          STOPPED,       9999,    foreign,      0,       nothing
          TERMINATED,    9999,    foreign,      0,       nothing
          RUNNING,       9999,    untagged,     0,       nothing
          STOPPED,       9999,    untagged,     0,       nothing
          TERMINATED,    9999,    untagged,     0,       nothing
          """)
  void removesUnusedInstancesAndTargets(
      InstanceState state, @Nullable Integer minutes, String target, int sources, String removed) {
    List<PoolMember> members = List.of(member(1, state, launched(minutes)));
    SweepPlan plan =
        plan(inventory(members, targets(target), sources == 0 ? Map.of() : Map.of(1, sources)));
    assertThat(plan.removals().stream().flatMap(removal -> removal.actions().stream()))
        .containsExactlyElementsOf(
            switch (removed) {
              case "nothing" -> List.of();
              case "instance" -> List.of(terminate(1));
              case "target" -> List.of(delete(1));
              case "target and instance" -> List.of(delete(1), terminate(1));
              default -> throw new IllegalArgumentException(removed);
            });
    assertThat(plan.unseen()).isEmpty();
  }

  private static List<MirrorTarget> targets(String kind) {
    return switch (kind) {
      case "none" -> List.of();
      case "ours" -> List.of(target(1));
      case "without slot" -> List.of(target(1, OURS_WITHOUT_SLOT));
      case "foreign" -> List.of(target(1, FOREIGN));
      case "untagged" -> List.of(target(1, Map.of()));
      default -> throw new IllegalArgumentException(kind);
    };
  }

  @Test
  void usesTheConfiguredAge() {
    PoolLimits afterADay = new PoolLimits(5, Duration.ofDays(1), 10, Set.of());
    PoolInventory pools =
        inventory(List.of(running(1, 1_440), running(2, 1_441)), List.of(), Map.of());
    assertThat(SweepPlan.of(SCOPE, pools, OWNERSHIP, afterADay, NOW).removals())
        .containsExactly(removal(Optional.empty(), Optional.of(terminate(2))));
  }

  @Test
  void ordersByAgeWithTargetsWithoutAnInstanceLast() {
    List<PoolMember> members =
        List.of(
            running(1, 100),
            member(2, InstanceState.STOPPED, Optional.empty()),
            running(3, 300),
            running(5, 200),
            running(4, 200),
            member(6, InstanceState.TERMINATED, launched(400)));
    PoolInventory pools = inventory(members, List.of(target(2), target(3), target(6)), Map.of());
    assertThat(plan(pools).removals())
        .containsExactly(
            removal(Optional.of(delete(3)), Optional.of(terminate(3))),
            removal(Optional.empty(), Optional.of(terminate(4))),
            removal(Optional.empty(), Optional.of(terminate(5))),
            removal(Optional.empty(), Optional.of(terminate(1))),
            removal(Optional.of(delete(2)), Optional.of(terminate(2))),
            removal(Optional.of(delete(6)), Optional.empty()));
  }

  @Test
  void removesTheTargetOfAnEndedGenerationDespiteALiveOne() {
    PoolMember next =
        new PoolMember(
            new InstanceId("i-next"),
            InstanceState.RUNNING,
            POOL.instanceType(),
            POOL.digest(),
            Optional.of(slot(1).next()),
            Optional.of(new InterfaceId("eni-next")),
            launched(1));
    PoolInventory pools =
        inventory(
            List.of(member(1, InstanceState.TERMINATED, launched(50)), next),
            List.of(target(1)),
            Map.of());
    assertThat(plan(pools).removals())
        .containsExactly(removal(Optional.of(delete(1)), Optional.empty()));
  }

  // Targets whose instance is not visible

  @Test
  void defersATargetWithoutAVisibleInstanceToASecondRead() {
    SweepPlan plan = plan(inventory(List.of(), List.of(target(1)), Map.of()));
    assertThat(plan.removals()).isEmpty();
    assertThat(plan.unseen()).containsExactly(target(1));
  }

  @Test
  void ignoresAMissingInstanceOfAUsedTarget() {
    assertThat(plan(inventory(List.of(), List.of(target(1)), Map.of(1, 1))))
        .isEqualTo(new SweepPlan(List.of(), List.of()));
  }

  @Test
  void ignoresMissingInstancesOfTargetsOutsideOurPools() {
    List<MirrorTarget> targets =
        List.of(target(1, FOREIGN), target(2, Map.of()), target(3, OURS_WITHOUT_SLOT));
    assertThat(plan(inventory(List.of(), targets, Map.of())))
        .isEqualTo(new SweepPlan(List.of(), List.of()));
  }

  @Test
  void alsoFindsTheInstanceOfATargetByInterface() {
    PoolMember withoutSlot =
        new PoolMember(
            new InstanceId("i-1"),
            InstanceState.RUNNING,
            POOL.instanceType(),
            POOL.digest(),
            Optional.empty(),
            Optional.of(eni(1)),
            launched(1));
    assertThat(plan(inventory(List.of(withoutSlot), List.of(target(1)), Map.of())))
        .isEqualTo(new SweepPlan(List.of(), List.of()));
  }

  @ParameterizedTest
  @CsvSource({
    // state of the instance in the second read (- if absent), whether the target is removed
    "-, true",
    "PENDING, false",
    "RUNNING, false",
    "STOPPED, false",
    "SHUTTING_DOWN, true",
    "TERMINATED, true",
  })
  void removesATargetIfTheSecondReadFindsNoInstance(String state, boolean isRemoved) {
    PoolInventory pools = inventory(List.of(running(9, 61)), List.of(target(1)), Map.of());
    List<PoolMember> again =
        state.equals("-")
            ? List.of(running(9, 61))
            : List.of(running(9, 61), member(1, InstanceState.valueOf(state), launched(1)));
    SweepPlan second = plan(pools).withSecondRead(SCOPE, again);
    SweepPlan.Removal planned = removal(Optional.empty(), Optional.of(terminate(9)));
    SweepPlan.Removal added = removal(Optional.of(delete(1)), Optional.empty());
    assertThat(second.removals()).isEqualTo(isRemoved ? List.of(planned, added) : List.of(planned));
    assertThat(second.unseen()).isEmpty();
  }

  // Candidates and free capacity

  @Test
  void candidatesAreOurPoolTargetsAndAnyTargetOnAPoolInstance() {
    List<MirrorTarget> targets =
        List.of(
            target(1),
            target(2, FOREIGN),
            target(3, Map.of()),
            target(4),
            target(5, FOREIGN),
            target(6, Map.of()),
            target(7, OURS_WITHOUT_SLOT),
            new MirrorTarget(targetId(8), Optional.empty(), Map.of()));
    PoolInventory pools =
        inventory(List.of(running(1, 1), running(2, 1), running(3, 1)), targets, Map.of());
    assertThat(SweepPlan.candidates(pools, OWNERSHIP))
        .containsExactlyInAnyOrder(targetId(1), targetId(2), targetId(3), targetId(4));
  }

  @ParameterizedTest
  @CsvSource({
    // type, sources of its target, capacity
    "c5.large,     0,   10",
    "c5.large,     3,   7",
    "c5.large,     10,  0",
    "c5.large,     11,  0",
    "c5.18xlarge,  30,  70",
  })
  void computesTheFreeCapacityOfAnInstance(String type, int sources, int capacity) {
    PoolMember member = running(1, 1);
    PoolMember typed =
        new PoolMember(
            member.id(),
            member.state(),
            type,
            member.pool(),
            member.slot(),
            member.primary(),
            member.launchedAt());
    PoolInventory pools = inventory(List.of(typed), List.of(target(1)), Map.of(1, sources));
    assertThat(SweepPlan.freeCapacity(pools, List.of(typed))).isEqualTo(capacity);
  }

  @Test
  void addsUpTheFreeCapacityOfTheRemainingInstances() {
    List<PoolMember> members = List.of(running(1, 1), running(2, 1), running(3, 1));
    PoolInventory pools = inventory(members, List.of(target(1), target(2)), Map.of(1, 4, 2, 12));
    assertThat(SweepPlan.freeCapacity(pools, members)).as("6 + 0 + 10").isEqualTo(16);
    assertThat(SweepPlan.freeCapacity(pools, members.subList(0, 2))).isEqualTo(6);
    assertThat(SweepPlan.freeCapacity(pools, List.of())).isZero();
  }

  // Helpers

  private static SweepPlan plan(PoolInventory pools) {
    return SweepPlan.of(SCOPE, pools, OWNERSHIP, AFTER_AN_HOUR, NOW);
  }

  /** An inventory; {@code sources} maps the number of a target to its number of sources. */
  private static PoolInventory inventory(
      List<PoolMember> members, List<MirrorTarget> targets, Map<Integer, Integer> sources) {
    Map<TargetId, Set<InterfaceId>> users = new HashMap<>();
    sources.forEach(
        (target, count) ->
            users.put(
                targetId(target),
                IntStream.range(0, count)
                    .mapToObj(i -> new InterfaceId("eni-source-" + i))
                    .collect(Collectors.toSet())));
    return new PoolInventory(
        members,
        targets,
        Map.of(),
        users,
        Set.of(),
        Set.of(),
        Set.of(),
        Map.of(),
        AFTER_AN_HOUR.completionCutoff(NOW));
  }

  private static PoolMember running(int number, int minutes) {
    return member(number, InstanceState.RUNNING, launched(minutes));
  }

  private static Optional<Instant> launched(@Nullable Integer minutesAgo) {
    return Optional.ofNullable(minutesAgo).map(minutes -> NOW.minus(Duration.ofMinutes(minutes)));
  }

  private static SweepPlan.Removal removal(
      Optional<Action.DeleteTarget> target, Optional<Action.TerminateTarget> instance) {
    return new SweepPlan.Removal(target, instance);
  }

  private static Action.DeleteTarget delete(int number) {
    return new Action.DeleteTarget(SCOPE, targetId(number));
  }

  private static Action.TerminateTarget terminate(int number) {
    return new Action.TerminateTarget(SCOPE, new InstanceId("i-" + number));
  }
}
