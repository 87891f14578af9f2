package io.trafficmirror.mirror;

/** Why an instance is reconciled. */
public enum Trigger {
  /** EC2 said that it runs now. */
  LAUNCH("launch"),
  /** GuardDuty reported it. */
  FINDING("finding"),
  /** A backfill page showed it. */
  BACKFILL("backfill"),
  /** An operator, or a replay from the failure bucket, requested it by name. */
  REQUEST("request");

  private final String label;

  Trigger(String label) {
    this.label = label;
  }

  /** The word for it in tags, logs and metrics. */
  public String label() {
    return label;
  }
}
