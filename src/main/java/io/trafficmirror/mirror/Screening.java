package io.trafficmirror.mirror;

/**
 * What can be said about an instance before its sessions are read, which most instances never need.
 */
public sealed interface Screening {

  /**
   * It is to be mirrored: its sessions decide what is left to do.
   *
   * @param instance the instance
   * @param source its primary interface
   * @param entry the policy entry that asks for it
   * @param aim where the traffic shall go
   * @param filter which traffic shall go there
   * @param number the session number to use where it is free
   */
  record Candidate(
      InstanceId instance, InterfaceId source, String entry, Aim aim, FilterId filter, int number)
      implements Screening {}

  /** Where the traffic of a candidate shall go. */
  sealed interface Aim {

    /**
     * To this target.
     *
     * @param target its id
     */
    record Target(TargetId target) implements Aim {}

    /**
     * To any living target of this pool.
     *
     * @param pool the pool
     */
    record AnyOf(Pool pool) implements Aim {}
  }

  /**
   * Whatever its sessions are, nothing is to be done.
   *
   * @param reason why
   */
  record Settled(Reason reason) implements Screening {}
}
