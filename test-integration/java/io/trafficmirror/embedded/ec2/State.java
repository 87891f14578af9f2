package io.trafficmirror.embedded.ec2;

import java.util.Arrays;
import java.util.Optional;

/** The states of an instance with the codes of the EC2 API. */
enum State {
  PENDING(0, "pending"),
  RUNNING(16, "running"),
  SHUTTING_DOWN(32, "shutting-down"),
  TERMINATED(48, "terminated"),
  STOPPING(64, "stopping"),
  STOPPED(80, "stopped");

  private final int code;
  private final String text;

  State(int code, String text) {
    this.code = code;
    this.text = text;
  }

  static Optional<State> named(String text) {
    return Arrays.stream(values()).filter(state -> state.text.equals(text)).findFirst();
  }

  int code() {
    return code;
  }

  String text() {
    return text;
  }

  /** Whether it counts towards the quota of running instances. */
  boolean isUp() {
    return this == PENDING || this == RUNNING;
  }

  boolean isEnding() {
    return this == SHUTTING_DOWN || this == TERMINATED;
  }
}
