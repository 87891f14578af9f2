package io.trafficmirror.write;

import io.trafficmirror.mirror.Action;

/**
 * The token buckets that EC2 uses to throttle writes: one per API action, account and Region. Each
 * refills at a steady rate up to its capacity (EC2 developer guide, request throttling).
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

  /** The bucket from which an action takes a token. */
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

  /** The capacity of the bucket, in calls. */
  double burst() {
    return burst;
  }

  /** The refill rate, in calls per second. */
  double refillPerSecond() {
    return refillPerSecond;
  }
}
