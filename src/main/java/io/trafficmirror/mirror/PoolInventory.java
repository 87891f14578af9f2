package io.trafficmirror.mirror;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All pools of a deployment at one moment, which may be some seconds in the past, completed with
 * the results of later writes.
 *
 * @param members the instances of all pools, in any state
 * @param targets all mirror targets of the account
 * @param usable the targets that our sessions may use, by interface
 * @param sources the observed sources of each target
 * @param full the targets that EC2 recently refused because they are full
 * @param recentlyFull those of them that EC2 refused so recently that the sources that fill them
 *     may not be visible yet
 * @param gone the targets that, according to a recent EC2 response, do not exist
 * @param unseenSince the targets that our sessions use but whose instance is not visible, each with
 *     the first time a read did not find it
 * @param completionCutoff an instance without a target gets one only if it was launched after this
 *     moment; a sweep may be removing older ones
 */
public record PoolInventory(
    List<PoolMember> members,
    List<MirrorTarget> targets,
    Map<InterfaceId, MirrorTarget> usable,
    Map<TargetId, Set<InterfaceId>> sources,
    Set<TargetId> full,
    Set<TargetId> recentlyFull,
    Set<TargetId> gone,
    Map<TargetId, Instant> unseenSince,
    Instant completionCutoff) {

  /**
   * How long EC2 reads may return stale data (the EC2 developer guide, eventual consistency, gives
   * no bound). Data that contradicts earlier responses is acted on only after this time.
   */
  public static final Duration SETTLING_TIME = Duration.ofSeconds(30);

  /** An inventory without instances and targets. */
  public static final PoolInventory EMPTY =
      new PoolInventory(
          List.of(),
          List.of(),
          Map.of(),
          Map.of(),
          Set.of(),
          Set.of(),
          Set.of(),
          Map.of(),
          Instant.MIN);

  /** Copies the collections. */
  public PoolInventory {
    members = List.copyOf(members);
    targets = List.copyOf(targets);
    usable = Map.copyOf(usable);
    sources = Map.copyOf(sources);
    full = Set.copyOf(full);
    recentlyFull = Set.copyOf(recentlyFull);
    gone = Set.copyOf(gone);
    unseenSince = Map.copyOf(unseenSince);
  }

  /** A copy with these sources of the targets. */
  public PoolInventory withSources(Map<TargetId, Set<InterfaceId>> observed) {
    return new PoolInventory(
        members,
        targets,
        usable,
        observed,
        full,
        recentlyFull,
        gone,
        unseenSince,
        completionCutoff);
  }

  /** The view of one pool. */
  public PoolView view(Pool pool) {
    return new PoolView(pool, members, usable, sources, full, recentlyFull, gone, completionCutoff);
  }

  /** The target with this id, if EC2 returned it. */
  public Optional<MirrorTarget> target(TargetId id) {
    return targets.stream().filter(target -> target.id().equals(id)).findFirst();
  }

  /**
   * Whether a target may belong to a live instance of the pool that EC2 does not return yet. A
   * session stays on such a target until {@link #SETTLING_TIME} has passed.
   */
  boolean mayBeAlive(TargetId id, Pool pool, Ownership ownership, Instant now) {
    Instant since = unseenSince.getOrDefault(id, now);
    if (Duration.between(since, now).compareTo(SETTLING_TIME) >= 0) {
      return false;
    }
    Optional<MirrorTarget> target = target(id);
    if (target.isEmpty()) {
      return true;
    }
    Optional<Slot> slot =
        Slot.of(target.get().tags()).filter(each -> each.pool().equals(pool.digest()));
    return ownership.owns(target.get().tags())
        && slot.isPresent()
        && members.stream()
            .filter(member -> member.slot().equals(slot))
            .allMatch(PoolMember::isAlive);
  }

  /** Caches the views of several pools. Not safe for use by several threads. */
  static final class Views {
    private final PoolInventory inventory;
    private final Map<Pool, PoolView> views = new HashMap<>();
    private final Map<Pool, Set<TargetId>> liveTargets = new HashMap<>();

    Views(PoolInventory inventory) {
      this.inventory = inventory;
    }

    PoolInventory inventory() {
      return inventory;
    }

    PoolView of(Pool pool) {
      return views.computeIfAbsent(pool, inventory::view);
    }

    /** The targets that are acceptable for a source of the pool. */
    Set<TargetId> liveTargets(Pool pool) {
      return liveTargets.computeIfAbsent(pool, each -> of(each).liveTargets().keySet());
    }
  }
}
