package io.trafficmirror.reconcile;

import io.trafficmirror.mirror.Reason;
import io.trafficmirror.port.Failure;

/** What a failure means for the instance that it happened to. */
final class Verdicts {

  private Verdicts() {}

  static Outcome onInstance(Failure failure, DenialGrace grace) {
    return switch (failure.kind().scope()) {
      case EVERYONE -> new Outcome.RetryForEveryone(failure);
      case INSTANCE, LOOK_AGAIN -> new Outcome.RetryForInstance(failure);
      case DENIED ->
          grace.isOver()
              ? new Outcome.Refused(Reason.DENIED, failure)
              : new Outcome.RetryForEveryone(failure);
      case TERMINAL ->
          new Outcome.Refused(failure.kind().reason().orElse(Reason.INVALID_REQUEST), failure);
    };
  }
}
