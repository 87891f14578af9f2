package io.trafficmirror.reconcile;

import io.trafficmirror.mirror.Action;
import io.trafficmirror.mirror.Reason;
import io.trafficmirror.mirror.Session;
import io.trafficmirror.port.Failure;
import java.time.Instant;

/** The outcome for one instance in one delivery. */
public sealed interface Outcome {

  /**
   * A session was created.
   *
   * @param action the applied action
   * @param session the session that EC2 created
   * @param at when EC2 answered
   */
  record Created(Action.CreateSession action, Session session, Instant at) implements Outcome {}

  /**
   * The target or filter of a managed session was changed.
   *
   * @param action the applied action
   * @param session the session after the change
   */
  record Modified(Action.ModifySession action, Session session) implements Outcome {}

  /**
   * Dry run: this action would have been applied.
   *
   * @param action the action
   */
  record WouldApply(Action.Mirroring action) implements Outcome {}

  /**
   * No action is needed or possible.
   *
   * @param reason why
   */
  record Settled(Reason reason) implements Outcome {}

  /**
   * EC2 refused the action with an error that a retry cannot fix.
   *
   * @param reason the reason
   * @param failure EC2's error
   */
  record Refused(Reason reason, Failure failure) implements Outcome {}

  /**
   * Retryable with the batch: it is retried from the first record that names the instance.
   *
   * @param failure the cause
   */
  record RetryBatch(Failure failure) implements Outcome {}

  /**
   * Retryable for this instance only: retried across deliveries for a short while, then left to the
   * next backfill run.
   *
   * @param failure the cause
   */
  record RetryInstance(Failure failure) implements Outcome {}

  /**
   * The outcome for an instance whose own call failed.
   *
   * @param failure the failure
   * @param grace whether a denial may still be IAM propagation delay
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
