package io.trafficmirror.port;

import java.time.Duration;
import java.time.Instant;

/**
 * When the work of an invocation has to be over, with enough time left to say what became of it.
 *
 * @param end that moment
 * @param time the clock that tells
 */
public record Deadline(Instant end, Time time) {

  /** The least time that has to be left for a call to be started. */
  public static final Duration MIN_CALL_TIME = Duration.ofSeconds(1);

  /** How long there is, zero when it is over. */
  public Duration remaining() {
    Duration left = Duration.between(time.now(), end);
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** Whether it is over. */
  public boolean passed() {
    return remaining().isZero();
  }

  /** Whether something that takes this long can still be done. */
  public boolean allows(Duration needed) {
    return remaining().compareTo(needed) >= 0;
  }

  /** This deadline, or the moment after which {@code most} has passed, if that comes before. */
  public Deadline atMost(Duration most) {
    Instant limit = time.now().plus(most);
    return limit.isBefore(end) ? new Deadline(limit, time) : this;
  }
}
