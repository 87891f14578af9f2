package io.trafficmirror.mirror;

/** The state of an EC2 instance, with EC2's names. */
public enum InstanceState {
  /** Starting; can already be mirrored. */
  PENDING("pending"),
  /** Running. */
  RUNNING("running"),
  /** Terminating. */
  SHUTTING_DOWN("shutting-down"),
  /** Terminated; EC2 still returns it for about an hour. */
  TERMINATED("terminated"),
  /** Stopping. */
  STOPPING("stopping"),
  /** Stopped. */
  STOPPED("stopped"),
  /** A state that this program does not know; such an instance is left unchanged. */
  UNKNOWN("unknown");

  private final String ec2Name;

  InstanceState(String ec2Name) {
    this.ec2Name = ec2Name;
  }

  /** The state with this EC2 name, or {@link #UNKNOWN}. */
  public static InstanceState of(String ec2Name) {
    for (InstanceState state : values()) {
      if (state.ec2Name.equals(ec2Name)) {
        return state;
      }
    }
    return UNKNOWN;
  }

  /** Whether an instance in this state gets a session: only if it is pending or running. */
  public boolean canBeMirrored() {
    return this == PENDING || this == RUNNING;
  }
}
