package io.trafficmirror.write;

import io.trafficmirror.mirror.Action;
import io.trafficmirror.port.Answer;
import io.trafficmirror.port.Failure;
import io.trafficmirror.port.FailureKind;
import java.time.Instant;

/**
 * The final result of an action.
 *
 * @param action the action
 * @param answer the last answer; a failure of kind {@code OUT_OF_TIME} or {@code THROTTLED} if the
 *     deadline came first
 * @param wasSent whether the answer came from a call; false if it was remembered or no time was
 *     left
 * @param wasThrottled whether any attempt was throttled, so that the age of its record is partly
 *     due to throttling
 * @param at when it was answered, or stopped because of the deadline
 */
public record Written(
    Action action, Answer<Effect> answer, boolean wasSent, boolean wasThrottled, Instant at) {

  /** Whether EC2 processed the action, whether it accepted or refused it. */
  public boolean isDecided() {
    return wasSent
        && switch (answer) {
          case Answer.Got<Effect> ignored -> true;
          case Answer.Failed<Effect>(Failure failure) ->
              failure.kind().scope() != FailureKind.Scope.BATCH;
        };
  }
}
