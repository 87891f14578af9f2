package io.trafficmirror.worlds;

/** What not every world can show. A world that leaves one out gives its reason. */
enum Claim {
  /** The function and its event source mapping are there, as they were applied. */
  THE_FUNCTION_IS_CONFIGURED("the function and its mapping are as they were applied"),
  /** A schedule starts a run without anybody's help. */
  THE_SCHEDULE_FIRES("the schedule starts a run by itself"),
  /** EC2's trouble is retried. */
  TROUBLE_IS_RETRIED("a refusal of EC2 is retried until it is over");

  private final String text;

  Claim(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
