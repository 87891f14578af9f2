package io.trafficmirror.reconcile;

import java.time.Duration;
import java.time.Instant;

/**
 * How fast writes may start. EC2 gives an account so many mutating calls a second and shares them
 * among all who call, so the rate cannot be known, only found: as long as nothing is throttled
 * there is no limit; a throttle sets one, and from there it grows, slowly near the rate that was
 * too much and faster beyond it, until the next throttle.
 *
 * <p>Not safe for use by several threads: the loop's own thread starts writes and hears of their
 * ends.
 */
public final class WritePacer {

  /**
   * Where the search starts after a first throttle (AWS: EC2 API throttling, mutating actions
   * refill 5 a second).
   */
  static final double DOCUMENTED_RATE_PER_SECOND = 5.0;

  /** The slowest that it gets: one write in four seconds still tells when EC2 has room again. */
  static final double MIN_RATE_PER_SECOND = 0.25;

  /**
   * Beyond this rate a limit has no meaning: a function that makes a few calls at once does not get
   * there.
   */
  static final double MAX_RATE_PER_SECOND = 200.0;

  /** How long it takes until the rate is back where it was too much. */
  static final Duration RECOVERY = Duration.ofSeconds(10);

  private static final double GENTLE_CUT = 0.9;
  private static final double HARD_CUT = 0.6;

  private final Time time;
  private boolean limited;
  private double ceilingPerSecond = DOCUMENTED_RATE_PER_SECOND;
  private double cut = GENTLE_CUT;
  private Instant cutAt = Instant.MIN;
  private Instant nextStart = Instant.MIN;

  /** A pacer that has not met a throttle yet. */
  public WritePacer(Time time) {
    this.time = time;
  }

  /** How long to wait until the next write may start; zero means now. */
  Duration untilNextStart() {
    Duration wait = limited ? Duration.between(time.now(), nextStart) : Duration.ZERO;
    return wait.isNegative() ? Duration.ZERO : wait;
  }

  /** A write starts. */
  void started() {
    if (limited) {
      Instant now = time.now();
      Instant from = nextStart.isAfter(now) ? nextStart : now;
      nextStart = from.plusNanos((long) (1e9 / ratePerSecond()));
    }
  }

  /**
   * A write was throttled.
   *
   * @param startedAt when it had started; a write that was under way when the rate was cut says
   *     nothing new
   */
  void throttled(Instant startedAt) {
    if (limited && !startedAt.isAfter(cutAt)) {
      return;
    }
    Instant now = time.now();
    if (limited) {
      boolean soonAgain = Duration.between(cutAt, now).compareTo(RECOVERY.dividedBy(2)) < 0;
      ceilingPerSecond = Math.max(MIN_RATE_PER_SECOND, ratePerSecond());
      cut = soonAgain ? HARD_CUT : GENTLE_CUT;
    } else {
      ceilingPerSecond = DOCUMENTED_RATE_PER_SECOND;
      cut = GENTLE_CUT;
    }
    limited = true;
    cutAt = now;
    nextStart = now.plusNanos((long) (1e9 / ratePerSecond()));
  }

  /**
   * The rate at which writes start now, in writes a second; infinite as long as nothing was
   * throttled.
   */
  public double ratePerSecond() {
    if (!limited) {
      return Double.POSITIVE_INFINITY;
    }
    double recoveries = Duration.between(cutAt, time.now()).toNanos() / (double) RECOVERY.toNanos();
    double distance = recoveries - 1;
    double rate = ceilingPerSecond * (1 + (1 - cut) * distance * distance * distance);
    return Math.clamp(rate, MIN_RATE_PER_SECOND, MAX_RATE_PER_SECOND);
  }
}
