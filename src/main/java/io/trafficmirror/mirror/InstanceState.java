package io.trafficmirror.mirror;

/** The state of an EC2 instance, by EC2's own names. */
public enum InstanceState {
  /** About to run; may be mirrored already. */
  PENDING("pending"),
  /** Runs. */
  RUNNING("running"),
  /** On its way to terminated. */
  SHUTTING_DOWN("shutting-down"),
  /** Gone; EC2 goes on showing it for about an hour. */
  TERMINATED("terminated"),
  /** On its way to stopped. */
  STOPPING("stopping"),
  /** Stopped. */
  STOPPED("stopped"),
  /** A name that this program does not know: left alone. */
  UNKNOWN("unknown");

  private final String ec2Name;

  InstanceState(String ec2Name) {
    this.ec2Name = ec2Name;
  }

  /** The state with this EC2 name, {@link #UNKNOWN} for any other text. */
  public static InstanceState of(String ec2Name) {
    for (InstanceState state : values()) {
      if (state.ec2Name.equals(ec2Name)) {
        return state;
      }
    }
    return UNKNOWN;
  }

  /** Whether an instance in this state is given a session: pending and running ones only. */
  public boolean canBeMirrored() {
    return this == PENDING || this == RUNNING;
  }
}
