package io.trafficmirror.worlds;

/** Capabilities that some worlds lack. */
enum Capability {
  /** The function and its event source mapping exist in Lambda. */
  LAMBDA_FUNCTION("the function and its mapping match the applied configuration"),
  /** Schedules fire. */
  SCHEDULER("the schedule starts a run by itself"),
  /** EC2 can return injected errors. */
  EC2_FAULTS("an EC2 error is retried until it is over");

  private final String text;

  Capability(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
