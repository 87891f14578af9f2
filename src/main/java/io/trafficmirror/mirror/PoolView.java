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
 * A pool as it is seen at one moment, which may be some seconds in the past.
 *
 * @param pool the pool
 * @param members its instances, in any state
 * @param targets the usable target of each interface that has one
 * @param sources who is seen to use each target
 * @param full the targets that EC2 has refused lately because they are full
 * @param justFull those of them that EC2 has refused so lately that the sources that fill them may
 *     not be seen yet
 * @param gone the targets that EC2 has said lately are not there
 * @param finishFrom an instance without a target gets one if it was launched after this moment;
 *     older ones may be under removal
 */
public record PoolView(
    Pool pool,
    List<PoolMember> members,
    Map<InterfaceId, MirrorTarget> targets,
    Map<TargetId, Set<InterfaceId>> sources,
    Set<TargetId> full,
    Set<TargetId> justFull,
    Set<TargetId> gone,
    Instant finishFrom) {

  /** Copies the collections, and keeps the members of this pool only. */
  public PoolView {
    String digest = pool.digest();
    members = members.stream().filter(member -> member.pool().equals(digest)).toList();
    targets = Map.copyOf(targets);
    sources = Map.copyOf(sources);
    full = Set.copyOf(full);
    justFull = Set.copyOf(justFull);
    gone = Set.copyOf(gone);
  }

  /** The targets that will do for a source of this pool, each with its instance. */
  public Map<TargetId, PoolMember> living() {
    Map<TargetId, PoolMember> living = new HashMap<>();
    for (PoolMember member : members) {
      if (member.isAlive()) {
        targetOf(member).ifPresent(target -> living.put(target.id(), member));
      }
    }
    return living;
  }

  /** The usable target of an instance; empty where it has none. */
  Optional<MirrorTarget> targetOf(PoolMember member) {
    return member.primary().flatMap(eni -> Optional.ofNullable(targets.get(eni)));
  }

  /** The living instances that have no target and may get one. */
  List<PoolMember> halfMade() {
    return withoutTarget()
        .filter(member -> member.primary().isPresent() && member.slot().isPresent())
        .filter(member -> member.mayBeFinished(finishFrom))
        .toList();
  }

  /** The living instances that have no target and will get none any more. */
  public List<PoolMember> leftWithoutTarget() {
    return withoutTarget().filter(member -> !member.mayBeFinished(finishFrom)).toList();
  }

  private Stream<PoolMember> withoutTarget() {
    return members.stream().filter(member -> member.isAlive() && targetOf(member).isEmpty());
  }

  /** Who is seen to use a target. */
  Set<InterfaceId> sourcesOf(TargetId target) {
    return sources.getOrDefault(target, Set.of());
  }

  /** The numbers of slots that hold an instance which has not ended. */
  Set<Integer> takenNumbers() {
    return members.stream()
        .filter(member -> !member.hasEnded())
        .flatMap(member -> member.slot().stream())
        .map(Slot::number)
        .collect(Collectors.toSet());
  }

  /** The slot of that number for the next instance, after those that are seen to have ended. */
  Slot nextIn(int number) {
    return members.stream()
        .flatMap(member -> member.slot().stream())
        .filter(slot -> slot.number() == number)
        .map(Slot::next)
        .max((a, b) -> Integer.compare(a.generation(), b.generation()))
        .orElse(new Slot(pool.digest(), number, 0));
  }
}
