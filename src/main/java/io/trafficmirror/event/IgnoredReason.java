package io.trafficmirror.event;

/** Why an event that was understood asks for nothing. */
public enum IgnoredReason {
  /** Its source or detail type is none of ours. */
  UNKNOWN_EVENT_TYPE("unknown-event-type"),
  /** A state other than running. */
  OTHER_STATE("other-state"),
  /** A finding that GuardDuty generated as a sample. */
  SAMPLE_FINDING("sample-finding"),
  /** A finding that somebody archived. */
  ARCHIVED_FINDING("archived-finding"),
  /** It is about an instance of another account. */
  OTHER_ACCOUNT("other-account"),
  /** A finding without an instance. */
  NO_INSTANCE("no-instance");

  private final String label;

  IgnoredReason(String label) {
    this.label = label;
  }

  /** The word for it in logs and metrics. */
  public String label() {
    return label;
  }
}
