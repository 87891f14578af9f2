package io.trafficmirror.write;

import io.trafficmirror.mirror.Action;
import io.trafficmirror.port.Failure;
import java.util.Optional;

/**
 * An action on its way to EC2.
 *
 * @param order its place; lower ones start first
 * @param action the action
 * @param cause what led to it; empty for an action that creates no session
 * @param attempts how often it was tried without an answer that means something
 * @param lags how often EC2 did not know yet what it refers to
 * @param throttles how often it was throttled since its last other answer
 * @param wasThrottled whether it was throttled at all
 * @param last how it failed last, where that was no throttle
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

  /** EC2 gave no answer; what it throttled before that is no longer what it waits for. */
  PendingWrite unanswered(Failure failure) {
    return new PendingWrite(
        order, action, cause, attempts + 1, lags, 0, wasThrottled, Optional.of(failure));
  }

  PendingWrite lagged(Failure failure) {
    return new PendingWrite(
        order, action, cause, attempts, lags + 1, 0, wasThrottled, Optional.of(failure));
  }

  PendingWrite throttled() {
    return new PendingWrite(order, action, cause, attempts, lags, throttles + 1, true, last);
  }
}
