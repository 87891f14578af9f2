package io.trafficmirror.mirror;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All pools of a deployment as they were seen at one moment, which may be some seconds in the past,
 * completed by what EC2 has answered since.
 *
 * @param members the instances of all pools, in any state
 * @param targets all mirror targets of the account
 * @param usable the targets that sessions of ours may use, by their interface
 * @param sources the interfaces that are seen to use each target
 * @param full the targets that EC2 has refused lately because they are full
 * @param justFull those of them that EC2 has refused so lately that the sources that fill them may
 *     not be seen yet
 * @param gone the targets that EC2 has said lately do not exist
 * @param unseenSince the targets that sessions of ours use and whose instance is not seen, each
 *     with the first moment at which it was looked for in vain
 * @param finishFrom an instance without a target gets one if it was launched after this moment;
 *     older ones may be under removal
 */
public record PoolInventory(
    List<PoolMember> members,
    List<MirrorTarget> targets,
    Map<InterfaceId, MirrorTarget> usable,
    Map<TargetId, Set<InterfaceId>> sources,
    Set<TargetId> full,
    Set<TargetId> justFull,
    Set<TargetId> gone,
    Map<TargetId, Instant> unseenSince,
    Instant finishFrom) {

  /**
   * How long EC2 may go on showing the past (EC2 developer guide, eventual consistency, names no
   * bound). What contradicts what is known is judged after this time.
   */
  public static final Duration SETTLING_TIME = Duration.ofSeconds(30);

  /** No pool, no target. */
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
    justFull = Set.copyOf(justFull);
    gone = Set.copyOf(gone);
    unseenSince = Map.copyOf(unseenSince);
  }

  /** The same moment, with the interfaces that use the targets. */
  public PoolInventory withSources(Map<TargetId, Set<InterfaceId>> seen) {
    return new PoolInventory(
        members, targets, usable, seen, full, justFull, gone, unseenSince, finishFrom);
  }

  /** One pool of them. */
  public PoolView view(Pool pool) {
    return new PoolView(pool, members, usable, sources, full, justFull, gone, finishFrom);
  }

  /** The target with that id, if it was seen. */
  public Optional<MirrorTarget> target(TargetId id) {
    return targets.stream().filter(target -> target.id().equals(id)).findFirst();
  }

  /**
   * Whether a target may be one of the pool that lives, though its instance is not seen to: no
   * session is moved away from it before that instance has had time to be seen.
   */
  boolean mayLive(TargetId id, Pool pool, Ownership ownership, Instant now) {
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

  /** The views of several pools, each made once. For one thread. */
  static final class Views {
    private final PoolInventory inventory;
    private final Map<Pool, PoolView> views = new HashMap<>();
    private final Map<Pool, Set<TargetId>> living = new HashMap<>();

    Views(PoolInventory inventory) {
      this.inventory = inventory;
    }

    PoolInventory inventory() {
      return inventory;
    }

    PoolView of(Pool pool) {
      return views.computeIfAbsent(pool, inventory::view);
    }

    /** The targets that will do for a source of the pool. */
    Set<TargetId> living(Pool pool) {
      return living.computeIfAbsent(pool, each -> of(each).living().keySet());
    }
  }
}
