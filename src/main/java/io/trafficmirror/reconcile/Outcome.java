package io.trafficmirror.reconcile;

import io.trafficmirror.mirror.Action;
import io.trafficmirror.mirror.Reason;
import io.trafficmirror.mirror.Session;
import io.trafficmirror.port.Failure;
import java.time.Instant;
import java.util.List;

/** What became of one instance in one delivery. */
public sealed interface Outcome {

  /**
   * It has a new session.
   *
   * @param action what was done
   * @param session what EC2 made
   * @param at when EC2 answered
   */
  record Created(Action action, Session session, Instant at) implements Outcome {}

  /**
   * Its session, one of ours, has another target or filter.
   *
   * @param action what was done
   * @param session what EC2 made of it
   */
  record Modified(Action action, Session session) implements Outcome {}

  /**
   * Dry run: this would have been done.
   *
   * @param actions what, at least one
   */
  record WouldAct(List<Action> actions) implements Outcome {
    /** Copies the list. */
    public WouldAct {
      actions = List.copyOf(actions);
    }
  }

  /**
   * Nothing had to be done, or nothing can be.
   *
   * @param reason why
   */
  record Settled(Reason reason) implements Outcome {}

  /**
   * EC2 refused for good.
   *
   * @param reason why
   * @param failure what EC2 said
   */
  record Refused(Reason reason, Failure failure) implements Outcome {}

  /**
   * Retryable for everyone: the batch goes back from the first record that names the instance.
   *
   * @param failure why
   */
  record RetryForEveryone(Failure failure) implements Outcome {}

  /**
   * Retryable for this instance only: for a short while across deliveries, then left to the next
   * look.
   *
   * @param failure why
   */
  record RetryForInstance(Failure failure) implements Outcome {}
}
