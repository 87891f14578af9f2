package io.trafficmirror.mirror;

/** Why an instance is reconciled. */
public enum Trigger {
  /** An EC2 state-change event reported that it is running. */
  LAUNCH("launch"),
  /** A GuardDuty finding named it. */
  FINDING("finding"),
  /** A backfill page contained it. */
  BACKFILL("backfill"),
  /** An operator, or a replay from the failure bucket, requested it by id. */
  REQUEST("request");

  private final String label;

  Trigger(String label) {
    this.label = label;
  }

  /** Its name in tags, logs and metrics. */
  public String label() {
    return label;
  }
}
