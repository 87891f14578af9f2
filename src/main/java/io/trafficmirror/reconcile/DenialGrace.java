package io.trafficmirror.reconcile;

import io.trafficmirror.port.Time;
import java.time.Duration;
import java.time.Instant;

/**
 * A denial in the first minutes is IAM, which takes its time after an apply; after that it is
 * somebody's decision.
 *
 * @param initialisedAt when the function was initialised
 * @param length how long denials are retried for everyone
 * @param time the clock that tells
 */
public record DenialGrace(Instant initialisedAt, Duration length, Time time) {

  /** Whether a denial is final. */
  public boolean isOver() {
    return Duration.between(initialisedAt, time.now()).compareTo(length) >= 0;
  }
}
