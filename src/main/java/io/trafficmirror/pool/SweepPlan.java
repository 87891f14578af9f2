package io.trafficmirror.pool;

import io.trafficmirror.mirror.Action;
import io.trafficmirror.mirror.InstanceTypes;
import io.trafficmirror.mirror.InterfaceId;
import io.trafficmirror.mirror.MirrorTarget;
import io.trafficmirror.mirror.Ownership;
import io.trafficmirror.mirror.PoolInventory;
import io.trafficmirror.mirror.PoolMember;
import io.trafficmirror.mirror.Scope;
import io.trafficmirror.mirror.Slot;
import io.trafficmirror.mirror.TargetId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The removals of a sweep: targets on demand that no session uses, with their instances. New ones
 * are not removed, because a source may be about to use them. Pure.
 *
 * @param removals the unused resources, oldest instances first
 * @param unseen our unused targets whose instance is not visible; the instance may be so new that
 *     EC2 does not return it yet
 */
public record SweepPlan(List<Removal> removals, List<MirrorTarget> unseen) {

  /**
   * The removal of a target, an instance or both.
   *
   * @param target deletes the target. This comes first, because EC2 refuses it while a session uses
   *     the target, even if that session was not observed
   * @param instance terminates the instance, once it has no target
   */
  public record Removal(
      Optional<Action.DeleteTarget> target, Optional<Action.TerminateTarget> instance) {

    /** The actions, in order. */
    public List<Action.OnTarget> actions() {
      List<Action.OnTarget> actions = new ArrayList<>();
      target.ifPresent(actions::add);
      instance.ifPresent(actions::add);
      return actions;
    }
  }

  /** Copies the lists. */
  public SweepPlan {
    removals = List.copyOf(removals);
    unseen = List.copyOf(unseen);
  }

  /** The targets whose sessions have to be read before the plan is made. */
  public static Set<TargetId> candidates(PoolInventory pools, Ownership ownership) {
    Set<TargetId> candidates = new HashSet<>();
    poolTargets(pools, ownership).forEach(target -> candidates.add(target.id()));
    targetsOfMembers(pools).values().forEach(target -> candidates.add(target.id()));
    return candidates;
  }

  /**
   * Plans a sweep.
   *
   * @param scope the account and Region
   * @param pools the observed pools, including the sources of the {@link #candidates}
   * @param ownership identifies our resources
   * @param limits the minimum age
   * @param now the current time
   */
  public static SweepPlan of(
      Scope scope, PoolInventory pools, Ownership ownership, PoolLimits limits, Instant now) {
    if (!limits.sweeps()) {
      return new SweepPlan(List.of(), List.of());
    }
    Map<InterfaceId, MirrorTarget> targets = targetsOfMembers(pools);
    List<Removal> removals = new ArrayList<>();
    for (PoolMember member : oldestFirst(pools)) {
      Optional<MirrorTarget> target =
          member.primary().flatMap(eni -> Optional.ofNullable(targets.get(eni)));
      if ((member.isAlive() || member.isHalted())
          && isUnused(member, target, pools, ownership, limits, now)) {
        removals.add(
            new Removal(
                target.map(each -> new Action.DeleteTarget(scope, each.id())),
                Optional.of(new Action.TerminateTarget(scope, member.id()))));
      }
    }
    List<MirrorTarget> unseen = new ArrayList<>();
    for (MirrorTarget target : poolTargets(pools, ownership)) {
      if (!isUsed(target, pools) && !hasInstance(target, pools.members())) {
        if (hasEnded(target, pools.members())) {
          removals.add(removal(scope, target));
        } else {
          unseen.add(target);
        }
      }
    }
    return new SweepPlan(removals, unseen);
  }

  /**
   * The plan after a second read of the instances, made late enough for new instances to be
   * visible. It also removes targets whose instance is still not visible.
   */
  public SweepPlan withSecondRead(Scope scope, List<PoolMember> members) {
    List<Removal> all = new ArrayList<>(removals);
    unseen.stream()
        .filter(target -> !hasInstance(target, members))
        .forEach(target -> all.add(removal(scope, target)));
    return new SweepPlan(all, List.of());
  }

  /**
   * The number of additional sources that these instances can take, for example those that remain
   * after a sweep.
   */
  public static int freeCapacity(PoolInventory pools, List<PoolMember> members) {
    Map<InterfaceId, MirrorTarget> targets = targetsOfMembers(pools);
    int capacity = 0;
    for (PoolMember member : members) {
      int used =
          member
              .primary()
              .flatMap(eni -> Optional.ofNullable(targets.get(eni)))
              .map(target -> pools.sources().getOrDefault(target.id(), Set.of()).size())
              .orElse(0);
      capacity += Math.max(0, InstanceTypes.maximumSources(member.type()) - used);
    }
    return capacity;
  }

  private static Removal removal(Scope scope, MirrorTarget target) {
    return new Removal(Optional.of(new Action.DeleteTarget(scope, target.id())), Optional.empty());
  }

  /** The targets that have the tags of a pool of this deployment. */
  private static List<MirrorTarget> poolTargets(PoolInventory pools, Ownership ownership) {
    return pools.targets().stream()
        .filter(target -> ownership.owns(target.tags()) && Slot.of(target.tags()).isPresent())
        .toList();
  }

  /** The targets on the interfaces of pool instances, ours or foreign. */
  private static Map<InterfaceId, MirrorTarget> targetsOfMembers(PoolInventory pools) {
    Set<InterfaceId> ours = new HashSet<>();
    pools.members().forEach(member -> member.primary().ifPresent(ours::add));
    Map<InterfaceId, MirrorTarget> targets = new HashMap<>();
    for (MirrorTarget target : pools.targets()) {
      target.networkInterface().filter(ours::contains).ifPresent(eni -> targets.put(eni, target));
    }
    return targets;
  }

  private static List<PoolMember> oldestFirst(PoolInventory pools) {
    return pools.members().stream()
        .sorted(
            Comparator.comparing((PoolMember member) -> member.launchedAt().orElse(Instant.MAX))
                .thenComparing(PoolMember::id))
        .toList();
  }

  private static boolean isUnused(
      PoolMember member,
      Optional<MirrorTarget> target,
      PoolInventory pools,
      Ownership ownership,
      PoolLimits limits,
      Instant now) {
    if (target.isEmpty()) {
      return isOlder(member, limits.sweepAfter(), now);
    }
    // We delete only targets with our tag. A stopping or stopped instance is unusable for any
    // source, so its age does not matter.
    return ownership.owns(target.get().tags())
        && !isUsed(target.get(), pools)
        && (member.isHalted() || isOlder(member, limits.sweepAfter(), now));
  }

  private static boolean isUsed(MirrorTarget target, PoolInventory pools) {
    return pools.sources().containsKey(target.id());
  }

  private static boolean isOlder(PoolMember member, Duration age, Instant now) {
    return member
        .launchedAt()
        .map(at -> Duration.between(at, now).compareTo(age) > 0)
        .orElse(false);
  }

  private static boolean hasEnded(MirrorTarget target, List<PoolMember> members) {
    Optional<Slot> slot = Slot.of(target.tags());
    return members.stream().anyMatch(each -> each.hasEnded() && each.slot().equals(slot));
  }

  private static boolean hasInstance(MirrorTarget target, List<PoolMember> members) {
    Optional<Slot> slot = Slot.of(target.tags());
    return members.stream()
        .anyMatch(
            member -> !member.hasEnded() && (member.slot().equals(slot) || isOn(member, target)));
  }

  private static boolean isOn(PoolMember member, MirrorTarget target) {
    return member.primary().isPresent() && member.primary().equals(target.networkInterface());
  }
}
