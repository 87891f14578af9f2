package io.trafficmirror.write;

import io.trafficmirror.mirror.Action;

/**
 * The token buckets from which EC2 serves writes: one for each API action, per account and Region
 * (EC2 developer guide, request throttling; a bucket holds what is not used and refills at a steady
 * rate).
 */
enum ApiBucket {
  RUN_INSTANCES(5, 2),
  TERMINATE_INSTANCES(100, 5),
  CREATE_TARGET(50, 5),
  DELETE_TARGET(50, 5),
  CREATE_SESSION(50, 5),
  MODIFY_SESSION(50, 5),
  DELETE_SESSION(50, 5),
  CREATE_TAGS(100, 10),
  DELETE_TAGS(100, 10);

  private final double burst;
  private final double refillPerSecond;

  ApiBucket(double burst, double refillPerSecond) {
    this.burst = burst;
    this.refillPerSecond = refillPerSecond;
  }

  /** The bucket that an action draws from. */
  static ApiBucket of(Action action) {
    return switch (action) {
      case Action.LaunchTarget ignored -> RUN_INSTANCES;
      case Action.CreateTarget ignored -> CREATE_TARGET;
      case Action.TagTarget ignored -> CREATE_TAGS;
      case Action.DeleteTarget ignored -> DELETE_TARGET;
      case Action.TerminateTarget ignored -> TERMINATE_INSTANCES;
      case Action.CreateSession ignored -> CREATE_SESSION;
      case Action.ModifySession ignored -> MODIFY_SESSION;
      case Action.TagSession ignored -> CREATE_TAGS;
      case Action.UntagSession ignored -> DELETE_TAGS;
      case Action.DeleteSession ignored -> DELETE_SESSION;
    };
  }

  /** How many calls a full bucket holds. */
  double burst() {
    return burst;
  }

  /** How many calls a second flow into it. */
  double refillPerSecond() {
    return refillPerSecond;
  }
}
