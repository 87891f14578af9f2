package io.trafficmirror.mirror;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One pool at one moment, which may be some seconds in the past.
 *
 * @param pool the pool
 * @param members its instances, in any state
 * @param targets the usable target of each interface that has one
 * @param sources the observed sources of each target
 * @param full the targets that EC2 recently refused because they are full
 * @param recentlyFull those of them that EC2 refused so recently that the sources that fill them
 *     may not be visible yet
 * @param gone the targets that, according to a recent EC2 response, do not exist
 * @param completionCutoff an instance without a target gets one only if it was launched after this
 *     moment; a sweep may be removing older ones
 */
public record PoolView(
    Pool pool,
    List<PoolMember> members,
    Map<InterfaceId, MirrorTarget> targets,
    Map<TargetId, Set<InterfaceId>> sources,
    Set<TargetId> full,
    Set<TargetId> recentlyFull,
    Set<TargetId> gone,
    Instant completionCutoff) {

  /** Copies the collections and filters the members to those of this pool. */
  public PoolView {
    String digest = pool.digest();
    members = members.stream().filter(member -> member.pool().equals(digest)).toList();
    targets = Map.copyOf(targets);
    sources = Map.copyOf(sources);
    full = Set.copyOf(full);
    recentlyFull = Set.copyOf(recentlyFull);
    gone = Set.copyOf(gone);
  }

  /**
   * The targets that are acceptable for a source of this pool, each with its pending or running
   * instance.
   */
  public Map<TargetId, PoolMember> liveTargets() {
    Map<TargetId, PoolMember> live = new HashMap<>();
    for (PoolMember member : members) {
      if (member.isAlive()) {
        targetOf(member).ifPresent(target -> live.put(target.id(), member));
      }
    }
    return live;
  }

  /** The usable target of an instance; empty if it has none. */
  Optional<MirrorTarget> targetOf(PoolMember member) {
    return member.primary().flatMap(eni -> Optional.ofNullable(targets.get(eni)));
  }

  /** The live instances that have no target yet and can get one. */
  List<PoolMember> incompleteLaunches() {
    return withoutTarget()
        .filter(member -> member.primary().isPresent() && member.slot().isPresent())
        .filter(member -> member.mayBeCompleted(completionCutoff))
        .toList();
  }

  /** The live instances that have no target and are too old to get one. */
  public List<PoolMember> abandonedLaunches() {
    return withoutTarget().filter(member -> !member.mayBeCompleted(completionCutoff)).toList();
  }

  private Stream<PoolMember> withoutTarget() {
    return members.stream().filter(member -> member.isAlive() && targetOf(member).isEmpty());
  }

  /** The observed sources of a target. */
  Set<InterfaceId> sourcesOf(TargetId target) {
    return sources.getOrDefault(target, Set.of());
  }

  /** The numbers of the slots whose instance has not ended. */
  Set<Integer> takenNumbers() {
    return members.stream()
        .filter(member -> !member.hasEnded())
        .flatMap(member -> member.slot().stream())
        .map(Slot::number)
        .collect(Collectors.toSet());
  }

  /**
   * The slot with this number for the next instance, one generation after the highest that EC2
   * returned.
   */
  Slot nextSlot(int number) {
    return members.stream()
        .flatMap(member -> member.slot().stream())
        .filter(slot -> slot.number() == number)
        .map(Slot::next)
        .max((a, b) -> Integer.compare(a.generation(), b.generation()))
        .orElse(new Slot(pool.digest(), number, 0));
  }
}
