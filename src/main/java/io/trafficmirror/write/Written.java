package io.trafficmirror.write;

import io.trafficmirror.mirror.Action;
import io.trafficmirror.port.Answer;
import io.trafficmirror.port.Failure;
import io.trafficmirror.port.FailureKind;
import java.time.Instant;

/**
 * A fact: what EC2 answered to an action in the end.
 *
 * @param action the action
 * @param answer the last answer; a failure of the kind out-of-time or throttled where the deadline
 *     came first
 * @param wasSent whether EC2 was called; not where the answer was remembered or no time was left
 * @param wasThrottled whether it was throttled at all, so that its record aged without a fair try
 * @param at when it was answered, or given up for the deadline
 */
public record Written(
    Action action, Answer<Effect> answer, boolean wasSent, boolean wasThrottled, Instant at) {

  /** Whether EC2 decided on the action, whatever it decided. */
  public boolean isDecided() {
    return wasSent
        && switch (answer) {
          case Answer.Got<Effect> ignored -> true;
          case Answer.Failed<Effect>(Failure failure) ->
              failure.kind().scope() != FailureKind.Scope.EVERYONE;
        };
  }
}
