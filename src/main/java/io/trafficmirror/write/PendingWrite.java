package io.trafficmirror.write;

import io.trafficmirror.mirror.Action;
import io.trafficmirror.port.Failure;
import java.util.Optional;

/**
 * An action that has no final result yet.
 *
 * @param order its position among the actions; lower positions start first
 * @param action the action
 * @param cause the cause; empty for an action that creates no session
 * @param attempts the number of attempts without an answer
 * @param lags the number of attempts in which EC2 did not know the referenced resource yet
 * @param throttles the number of throttled attempts since the last attempt that failed differently
 * @param wasThrottled whether any attempt was throttled
 * @param last the last failure other than a throttle
 */
record PendingWrite(
    int order,
    Action action,
    Optional<WriteCause> cause,
    int attempts,
    int lags,
    int throttles,
    boolean wasThrottled,
    Optional<Failure> last) {

  static PendingWrite first(int order, Action action, Optional<WriteCause> cause) {
    return new PendingWrite(order, action, cause, 0, 0, 0, false, Optional.empty());
  }

  /** The write after an attempt without an answer, which resets the throttle count. */
  PendingWrite afterNoAnswer(Failure failure) {
    return new PendingWrite(
        order, action, cause, attempts + 1, lags, 0, wasThrottled, Optional.of(failure));
  }

  /** The write after an attempt in which EC2 did not know the referenced resource yet. */
  PendingWrite afterLag(Failure failure) {
    return new PendingWrite(
        order, action, cause, attempts, lags + 1, 0, wasThrottled, Optional.of(failure));
  }

  /** The write after a throttled attempt. */
  PendingWrite afterThrottle() {
    return new PendingWrite(order, action, cause, attempts, lags, throttles + 1, true, last);
  }
}
