package io.trafficmirror.reconcile;

import io.trafficmirror.mirror.Action;
import io.trafficmirror.mirror.Reason;
import io.trafficmirror.mirror.Session;
import io.trafficmirror.port.Failure;
import java.time.Instant;

/** The outcome for one instance in one delivery. */
public sealed interface Outcome {

  /**
   * It has a new session.
   *
   * @param action what was applied
   * @param session what EC2 created
   * @param at when EC2 answered
   */
  record Created(Action.CreateSession action, Session session, Instant at) implements Outcome {}

  /**
   * Its session, one of ours, has another target or filter.
   *
   * @param action what was applied
   * @param session the session as it is now
   */
  record Modified(Action.ModifySession action, Session session) implements Outcome {}

  /**
   * Dry run: this would have been applied.
   *
   * @param action the action
   */
  record WouldApply(Action.Mirroring action) implements Outcome {}

  /**
   * There was nothing to do, or there is nothing that can be done.
   *
   * @param reason why
   */
  record Settled(Reason reason) implements Outcome {}

  /**
   * EC2 refused for good.
   *
   * @param reason why
   * @param failure how EC2 refused
   */
  record Refused(Reason reason, Failure failure) implements Outcome {}

  /**
   * Retryable for everyone: the batch goes back from the first record that names the instance.
   *
   * @param failure why
   */
  record RetryBatch(Failure failure) implements Outcome {}

  /**
   * Retryable for this instance only: for a short while across deliveries, then left to the next
   * run.
   *
   * @param failure why
   */
  record RetryInstance(Failure failure) implements Outcome {}

  /**
   * The outcome for an instance whose own call failed.
   *
   * @param failure how it failed
   * @param grace whether a denial may still be IAM's delay
   */
  static Outcome of(Failure failure, DenialGrace grace) {
    return switch (failure.kind().scope()) {
      case BATCH -> new RetryBatch(failure);
      case INSTANCE, OBSERVE_AGAIN -> new RetryInstance(failure);
      case DENIED -> grace.isOver() ? new Refused(Reason.DENIED, failure) : new RetryBatch(failure);
      case TERMINAL -> new Refused(failure.kind().reason().orElse(Reason.INVALID_REQUEST), failure);
    };
  }
}
