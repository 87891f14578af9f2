package io.trafficmirror.mirror;

/** Where the traffic of one source goes in a pool. */
public sealed interface Seat {

  /**
   * To a target that is there.
   *
   * @param target the target
   */
  record OnTarget(TargetId target) implements Seat {}

  /**
   * To the target that is to be made of an instance that is there.
   *
   * @param member the instance
   */
  record OnMember(PoolMember member) implements Seat {}

  /**
   * To the target of an instance that is to be launched.
   *
   * @param slot its slot
   */
  record OnSlot(Slot slot) implements Seat {}

  /**
   * Nowhere now.
   *
   * @param why why not
   */
  record Waits(Why why) implements Seat {}

  /** Why a source gets no seat now. */
  enum Why {
    /** What is seen of the pool does not agree with what EC2 has said of it: look again. */
    POOL_SETTLES,
    /** As many launches are planned as are allowed at once. */
    NO_MORE_LAUNCHES,
    /** A launch in the pool has failed lately, or would be of no use. */
    LAUNCHES_HELD,
    /** None has room, and the source is not worth a launch. */
    NOT_WORTH_A_LAUNCH
  }
}
