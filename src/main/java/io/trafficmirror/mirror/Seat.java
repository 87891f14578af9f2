package io.trafficmirror.mirror;

/**
 * The place of one source in a pool: the target that receives its traffic, or the reason to wait
 * for one.
 */
public sealed interface Seat {

  /**
   * An existing target.
   *
   * @param target the target
   */
  record OnTarget(TargetId target) implements Seat {}

  /**
   * A target to be created on an existing instance.
   *
   * @param member the instance
   */
  record OnMember(PoolMember member) implements Seat {}

  /**
   * The target of an instance to be launched.
   *
   * @param slot the slot of that instance
   */
  record OnSlot(Slot slot) implements Seat {}

  /**
   * No seat in this plan.
   *
   * @param why the reason
   */
  record Waits(WaitReason why) implements Seat {}

  /** Why a source gets no seat in this plan. */
  enum WaitReason {
    /** The pool's observed state contradicts recent EC2 responses; it has to be observed again. */
    POOL_NOT_SETTLED,
    /** The plan already has the maximum number of launches. */
    LAUNCH_BUDGET_SPENT,
    /**
     * Launches in the pool are on hold: one has failed recently, or the last instances were
     * unusable.
     */
    LAUNCHES_HELD,
    /** No target has room, and the source does not justify a launch. */
    LAUNCH_NOT_JUSTIFIED
  }
}
