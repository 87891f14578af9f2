package io.trafficmirror.embedded.ec2;

/** A resource in a {@link Store}. Immutable; a change is a new value with the same id. */
interface Stored {

  String id();

  /** The group that stays together in results; by default the resource itself. */
  default String group() {
    return id();
  }

  /** The position within the group. */
  default int index() {
    return 0;
  }
}
