package io.trafficmirror.mirror;

/** Why an instance was looked at. */
public enum Trigger {
  /** EC2 said that it runs now. */
  LAUNCH("launch"),
  /** GuardDuty reported it. */
  FINDING("finding"),
  /** A backfill page showed it. */
  BACKFILL("backfill"),
  /**
   * An operator, or the replay of an instance that was left to the next look, asked for it by name.
   */
  LOOK("look");

  private final String label;

  Trigger(String label) {
    this.label = label;
  }

  /** The word for it in tags, logs and metrics. */
  public String label() {
    return label;
  }
}
