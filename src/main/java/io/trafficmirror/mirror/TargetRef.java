package io.trafficmirror.mirror;

/** The mirror target of a planned session: an existing one, or one that the plan creates. */
public sealed interface TargetRef {

  /**
   * An existing target.
   *
   * @param id its id
   */
  record Existing(TargetId id) implements TargetRef {
    @Override
    public String toString() {
      return id.toString();
    }
  }

  /** A target that the first stage of the same plan creates. */
  sealed interface Planned extends TargetRef {}

  /**
   * The target to be created on an existing pool instance that has none.
   *
   * @param instance the instance
   */
  record OfMember(InstanceId instance) implements Planned {
    @Override
    public String toString() {
      return "the target to be created on " + instance;
    }
  }

  /**
   * The target to be created on the instance that will be launched into a slot.
   *
   * @param slot the planned slot; the launched instance may be of a later generation
   */
  record OfSlot(Slot slot) implements Planned {
    @Override
    public String toString() {
      return "the target to be created in " + slot;
    }
  }
}
