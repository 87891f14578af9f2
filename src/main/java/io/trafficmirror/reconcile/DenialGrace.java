package io.trafficmirror.reconcile;

import io.trafficmirror.port.Time;
import java.time.Duration;
import java.time.Instant;

/**
 * The period after initialisation in which a denial is retried, because IAM changes take a while to
 * propagate after an apply. After that a denial is final.
 *
 * @param initialisedAt when the function was initialised
 * @param length how long a denial causes a retry of the batch
 * @param time the clock
 */
public record DenialGrace(Instant initialisedAt, Duration length, Time time) {

  /** Whether a denial is final. */
  public boolean isOver() {
    return Duration.between(initialisedAt, time.now()).compareTo(length) >= 0;
  }
}
