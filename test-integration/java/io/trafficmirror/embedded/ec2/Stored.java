package io.trafficmirror.embedded.ec2;

/** A thing that a {@link Store} keeps. Immutable; a change is a new value under the same id. */
interface Stored {

  String id();

  /** What belongs together in answers; the thing itself unless it says otherwise. */
  default String group() {
    return id();
  }

  /** The place within the group. */
  default int index() {
    return 0;
  }
}
