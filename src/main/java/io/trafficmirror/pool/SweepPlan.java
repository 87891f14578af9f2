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
 * What a sweep removes: targets on demand that no session uses, with their instances. Young ones
 * stay, since a source may be about to use them. Pure.
 *
 * @param removals what is left over, the oldest instances first
 * @param unseen targets of ours without a session whose instance is not seen; it may be so new that
 *     EC2 does not show it yet
 */
public record SweepPlan(List<Removal> removals, List<MirrorTarget> unseen) {

  /**
   * Something to be removed.
   *
   * @param target deleted first, since EC2 refuses that while a session uses it, whatever was seen
   * @param instance terminated once there is no target
   */
  public record Removal(
      Optional<Action.DeleteTarget> target, Optional<Action.TerminateTarget> instance) {

    /** Its actions, in order. */
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

  /** The targets whose use decides what is left over. */
  public static Set<TargetId> candidates(PoolInventory pools, Ownership ownership) {
    Set<TargetId> candidates = new HashSet<>();
    pooled(pools, ownership).forEach(target -> candidates.add(target.id()));
    ofMembers(pools).values().forEach(target -> candidates.add(target.id()));
    return candidates;
  }

  /**
   * The plan of a sweep.
   *
   * @param scope the account and Region
   * @param pools everything that was seen, with the sources of the {@link #candidates}
   * @param ownership what is ours to remove
   * @param limits how old it has to be
   * @param now the time
   */
  public static SweepPlan of(
      Scope scope, PoolInventory pools, Ownership ownership, PoolLimits limits, Instant now) {
    if (!limits.sweeps()) {
      return new SweepPlan(List.of(), List.of());
    }
    Map<InterfaceId, MirrorTarget> targets = ofMembers(pools);
    List<Removal> removals = new ArrayList<>();
    for (PoolMember member : oldestFirst(pools)) {
      Optional<MirrorTarget> target =
          member.primary().flatMap(eni -> Optional.ofNullable(targets.get(eni)));
      if ((member.isAlive() || member.isHalted())
          && isLeftOver(member, target, pools, ownership, limits, now)) {
        removals.add(
            new Removal(
                target.map(each -> new Action.DeleteTarget(scope, each.id())),
                Optional.of(new Action.TerminateTarget(scope, member.id()))));
      }
    }
    List<MirrorTarget> unseen = new ArrayList<>();
    for (MirrorTarget target : pooled(pools, ownership)) {
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
   * The same plan after a second look at the instances, which came long enough after the first one
   * for new ones to be seen: targets whose instance is still not there are removed as well.
   */
  public SweepPlan withSecondLook(Scope scope, List<PoolMember> members) {
    List<Removal> all = new ArrayList<>(removals);
    unseen.stream()
        .filter(target -> !hasInstance(target, members))
        .forEach(target -> all.add(removal(scope, target)));
    return new SweepPlan(all, List.of());
  }

  /** How many more sources the pools take once some instances are terminated. */
  public static int room(PoolInventory pools, List<PoolMember> members) {
    Map<InterfaceId, MirrorTarget> targets = ofMembers(pools);
    int room = 0;
    for (PoolMember member : members) {
      int used =
          member
              .primary()
              .flatMap(eni -> Optional.ofNullable(targets.get(eni)))
              .map(target -> pools.sources().getOrDefault(target.id(), Set.of()).size())
              .orElse(0);
      room += Math.max(0, InstanceTypes.maximumSources(member.type()) - used);
    }
    return room;
  }

  private static Removal removal(Scope scope, MirrorTarget target) {
    return new Removal(Optional.of(new Action.DeleteTarget(scope, target.id())), Optional.empty());
  }

  /** The targets that carry the tags of a pool of this deployment. */
  private static List<MirrorTarget> pooled(PoolInventory pools, Ownership ownership) {
    return pools.targets().stream()
        .filter(target -> ownership.owns(target.tags()) && Slot.of(target.tags()).isPresent())
        .toList();
  }

  /** The targets on the interfaces of pool instances, whoever made them. */
  private static Map<InterfaceId, MirrorTarget> ofMembers(PoolInventory pools) {
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

  private static boolean isLeftOver(
      PoolMember member,
      Optional<MirrorTarget> target,
      PoolInventory pools,
      Ownership ownership,
      PoolLimits limits,
      Instant now) {
    if (target.isEmpty()) {
      return isOlder(member, limits.sweepAfter(), now);
    }
    // Only what carries our tag is ours to delete; and a halted instance is of no use to any
    // source.
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
