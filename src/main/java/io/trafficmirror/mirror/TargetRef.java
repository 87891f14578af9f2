package io.trafficmirror.mirror;

/** The mirror target that a session goes to: one that exists, or one that the plan makes. */
public sealed interface TargetRef {

  /**
   * A target that exists.
   *
   * @param id its id
   */
  record Existing(TargetId id) implements TargetRef {
    @Override
    public String toString() {
      return id.toString();
    }
  }

  /** A target that the first stage of the same plan makes. */
  sealed interface Planned extends TargetRef {}

  /**
   * The target to be made of a pool instance that runs and has none.
   *
   * @param instance the instance
   */
  record OfMember(InstanceId instance) implements Planned {
    @Override
    public String toString() {
      return "the target to be made of " + instance;
    }
  }

  /**
   * The target to be made of the instance to be launched into a slot.
   *
   * @param slot the slot as it was planned; the instance may turn out to be of a later generation
   */
  record OfSlot(Slot slot) implements Planned {
    @Override
    public String toString() {
      return "the target to be made in " + slot;
    }
  }
}
