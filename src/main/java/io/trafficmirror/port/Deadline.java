package io.trafficmirror.port;

import java.time.Duration;
import java.time.Instant;

/**
 * The time by which an invocation's work has to end, early enough to report the outcomes.
 *
 * @param end the moment of the deadline
 * @param time the clock
 */
public record Deadline(Instant end, Time time) {

  /** The minimum remaining time for starting a call. */
  public static final Duration MIN_CALL_TIME = Duration.ofSeconds(1);

  /** The remaining time; zero if the deadline has passed. */
  public Duration remaining() {
    Duration left = Duration.between(time.now(), end);
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** Whether the deadline has passed. */
  public boolean hasPassed() {
    return remaining().isZero();
  }

  /** Whether at least this much time remains. */
  public boolean allows(Duration needed) {
    return remaining().compareTo(needed) >= 0;
  }

  /** The earlier of this deadline and {@code most} from now. */
  public Deadline atMost(Duration most) {
    Instant limit = time.now().plus(most);
    return limit.isBefore(end) ? new Deadline(limit, time) : this;
  }
}
