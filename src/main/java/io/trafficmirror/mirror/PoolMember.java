package io.trafficmirror.mirror;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * An instance that was launched to be a target.
 *
 * @param id its id
 * @param state its state when it was observed
 * @param type its instance type
 * @param pool the digest of its pool
 * @param slot its place there; empty where its tags do not say
 * @param primary its primary interface; a terminated instance has none
 * @param launchedAt when it was launched; empty where EC2 does not say
 */
public record PoolMember(
    InstanceId id,
    InstanceState state,
    String type,
    String pool,
    Optional<Slot> slot,
    Optional<InterfaceId> primary,
    Optional<Instant> launchedAt) {

  /** Reads the tags of an instance; empty where it is none of this deployment's pools. */
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

  /** Whether an instance with these tags was launched to be a target, by whichever deployment. */
  public static boolean isTagged(Map<String, String> tags) {
    return tags.containsKey(Ownership.POOL_TAG);
  }

  /** Whether it runs or is about to. */
  public boolean isAlive() {
    return state == InstanceState.PENDING || state == InstanceState.RUNNING;
  }

  /**
   * Whether it may still get a target, if it has none.
   *
   * @param from the moment after which it has to be launched for that
   */
  public boolean mayBeFinished(Instant from) {
    return launchedAt.map(at -> at.isAfter(from)).orElse(true);
  }

  /** Whether it is stopped or about to be. */
  public boolean isHalted() {
    return state == InstanceState.STOPPING || state == InstanceState.STOPPED;
  }

  /** Whether its slot is free for another instance. */
  public boolean hasEnded() {
    return state == InstanceState.SHUTTING_DOWN || state == InstanceState.TERMINATED;
  }
}
