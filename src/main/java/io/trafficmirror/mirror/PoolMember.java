package io.trafficmirror.mirror;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * An instance launched as a target.
 *
 * @param id its id
 * @param state its state when it was observed
 * @param type its instance type
 * @param pool the digest of its pool
 * @param slot its slot in the pool; empty if its tags are incomplete or invalid
 * @param primary its primary interface; a terminated instance has none
 * @param launchedAt its launch time; empty if EC2 returned none
 */
public record PoolMember(
    InstanceId id,
    InstanceState state,
    String type,
    String pool,
    Optional<Slot> slot,
    Optional<InterfaceId> primary,
    Optional<Instant> launchedAt) {

  /**
   * The pool member that an instance's tags describe; empty if it is not in a pool of this
   * deployment.
   */
  public static Optional<PoolMember> of(
      Instance instance, Optional<Instant> launchedAt, Ownership ownership) {
    Map<String, String> tags = instance.tags();
    if (!ownership.owns(tags) || !isTagged(tags)) {
      return Optional.empty();
    }
    return Optional.of(
        new PoolMember(
            instance.id(),
            instance.state(),
            instance.type(),
            tags.getOrDefault(Ownership.POOL_TAG, ""),
            Slot.of(tags),
            instance.primaryInterface().map(NetworkInterface::id),
            launchedAt));
  }

  /** Whether an instance with these tags was launched as a target, by any deployment. */
  public static boolean isTagged(Map<String, String> tags) {
    return tags.containsKey(Ownership.POOL_TAG);
  }

  /** Whether it is pending or running. */
  public boolean isAlive() {
    return state == InstanceState.PENDING || state == InstanceState.RUNNING;
  }

  /**
   * Whether it may still get a target if it has none.
   *
   * @param from the instance must have been launched after this moment; one with an unknown launch
   *     time qualifies
   */
  public boolean mayBeCompleted(Instant from) {
    return launchedAt.map(at -> at.isAfter(from)).orElse(true);
  }

  /** Whether it is stopping or stopped. */
  public boolean isHalted() {
    return state == InstanceState.STOPPING || state == InstanceState.STOPPED;
  }

  /** Whether it is shutting down or terminated, so that its slot is free for another instance. */
  public boolean hasEnded() {
    return state == InstanceState.SHUTTING_DOWN || state == InstanceState.TERMINATED;
  }
}
