package io.trafficmirror.event;

/** Why a valid event needs no action. */
public enum IgnoredReason {
  /** The pipeline does not handle this combination of source and detail type. */
  UNKNOWN_EVENT_TYPE("unknown-event-type"),
  /** A state change to a state other than running. */
  OTHER_STATE("other-state"),
  /** A finding that GuardDuty generated as a sample. */
  SAMPLE_FINDING("sample-finding"),
  /** An archived finding. */
  ARCHIVED_FINDING("archived-finding"),
  /** The event belongs to another account. */
  OTHER_ACCOUNT("other-account"),
  /** A finding that names no instance. */
  NO_INSTANCE("no-instance");

  private final String label;

  IgnoredReason(String label) {
    this.label = label;
  }

  /** The label in logs and metrics. */
  public String label() {
    return label;
  }
}
