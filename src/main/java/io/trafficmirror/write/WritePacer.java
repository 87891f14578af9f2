package io.trafficmirror.write;

import io.trafficmirror.port.Time;
import java.time.Duration;
import java.time.Instant;

/**
 * Limits the rate at which the writes of one API action start. EC2 refills the action's token
 * bucket at a steady rate and shares it among all callers of the account, so the available rate has
 * to be measured.
 *
 * <p>There is no limit until the first throttle. A throttle means that the bucket is empty, and the
 * writes that EC2 served between two throttles used the tokens that this caller got in that time:
 * that is the measured rate. After a throttle, writes pause briefly so that the bucket has tokens
 * for a caller with a single write. They then resume at the measured rate and speed up for as long
 * as no throttle occurs. Tokens that accumulate while there is nothing to write remain available,
 * up to the capacity of the bucket.
 *
 * <p>In this way independent consumers share the bucket, because each measures its own share. Not
 * safe for use by several threads: the thread of {@link WriteRun} starts writes and processes their
 * results.
 */
final class WritePacer {

  /**
   * The minimum rate: one write in four seconds is enough to detect that EC2 accepts writes again.
   */
  static final double MIN_RATE_PER_SECOND = 0.25;

  /** The maximum rate, which a function with a few concurrent calls does not reach. */
  static final double MAX_RATE_PER_SECOND = 200.0;

  /** The pause after the first throttle; short, so that a single write starts soon. */
  static final Duration FIRST_PAUSE = Duration.ofMillis(500);

  /** The pause after every other throttle. */
  static final Duration PAUSE = Duration.ofSeconds(2);

  /** How long it takes to use up the tokens of a pause if the measured rate is correct. */
  static final Duration PROBE = Duration.ofSeconds(18);

  /** After this long without a write, the measured rate is discarded. */
  static final Duration FORGET_AFTER = Duration.ofMinutes(1);

  /** The minimum number of served writes between two throttles for a measurement. */
  private static final int MIN_SERVED = 4;

  /** The factor applied to the rate if there are fewer: the rate was far too high. */
  private static final double CUT_FACTOR = 0.5;

  /** The length of a measurement that has the same weight as the previous rate. */
  private static final double TRUST_SECONDS = 4.0;

  /**
   * The part of a gap between two writes beyond this, and beyond one write at the measured rate,
   * counts as idle time.
   */
  private static final double LONGEST_GAP_SECONDS = 1.0;

  private final Time time;
  private final ApiBucket bucket;
  private boolean limited;
  private double foundPerSecond;
  private double tokens;
  private Instant tokensAt = Instant.MIN;
  private Instant cutAt = Instant.MIN;
  private Instant lastStart = Instant.MIN;
  private double workedSeconds;
  private double idleSeconds;
  private int served;

  /**
   * Creates a pacer without a limit.
   *
   * @param bucket the bucket, whose documented rate applies after the first throttle
   */
  WritePacer(Time time, ApiBucket bucket) {
    this.time = time;
    this.bucket = bucket;
    this.foundPerSecond = bucket.refillPerSecond();
  }

  /** The time until the next write may start; zero if it may start now. */
  Duration untilNextStart() {
    refill();
    if (!limited || tokens >= 1) {
      return Duration.ZERO;
    }
    return Duration.ofNanos((long) Math.ceil(1e9 * (1 - tokens) / ratePerSecond()));
  }

  /** Records that a write starts. */
  void recordStart() {
    refill();
    Instant now = time.now();
    if (limited) {
      tokens -= 1;
      double gap = seconds(lastStart.isAfter(cutAt) ? lastStart : cutAt, now);
      double paced = Math.min(gap, LONGEST_GAP_SECONDS + 1 / foundPerSecond);
      workedSeconds += paced;
      idleSeconds += gap - paced;
    }
    lastStart = now;
  }

  /** Records that EC2 served a write, whether it accepted or refused it. */
  void recordServed() {
    served++;
  }

  /**
   * Records that a write was throttled.
   *
   * @param startedAt when the write started; a write that was already in flight at the last rate
   *     cut is ignored
   */
  void recordThrottle(Instant startedAt) {
    if (limited && !startedAt.isAfter(cutAt)) {
      return;
    }
    Instant now = time.now();
    boolean first = !limited;
    if (limited) {
      foundPerSecond = Math.clamp(measured(now), MIN_RATE_PER_SECOND, MAX_RATE_PER_SECOND);
    }
    limited = true;
    cutAt = now;
    tokens = -foundPerSecond * (first ? FIRST_PAUSE : PAUSE).toNanos() / 1e9;
    tokensAt = now;
    workedSeconds = 0;
    idleSeconds = 0;
    served = 0;
  }

  private double measured(Instant now) {
    double elapsed = seconds(cutAt, now);
    if (served < MIN_SERVED) {
      return Math.min(foundPerSecond, ratePerSecond()) * CUT_FACTOR;
    }
    if (idleSeconds * foundPerSecond > bucket.burst() / 2) {
      return foundPerSecond;
    }
    double trust = elapsed / (elapsed + TRUST_SECONDS);
    return foundPerSecond + trust * (served / elapsed - foundPerSecond);
  }

  /** The current rate, in writes per second; infinite if nothing was throttled yet. */
  double ratePerSecond() {
    if (!limited) {
      return Double.POSITIVE_INFINITY;
    }
    double probes = workedSeconds / (PROBE.toNanos() / 1e9);
    // Over one PROBE the cube adds up to the tokens of one pause:
    // 4 * PAUSE / PROBE * (1/4) * PROBE.
    // Without a throttle by then the measured rate is too low, so the rate grows faster.
    double beyond = Math.max(1, probes);
    double cube = probes * probes * probes;
    double excess = 4.0 * PAUSE.toNanos() / PROBE.toNanos() * cube * beyond * beyond;
    return Math.clamp(foundPerSecond * (1 + excess), MIN_RATE_PER_SECOND, MAX_RATE_PER_SECOND);
  }

  private void refill() {
    Instant now = time.now();
    if (limited && seconds(lastStart, now) > FORGET_AFTER.toSeconds()) {
      limited = false;
      foundPerSecond = bucket.refillPerSecond();
      served = 0;
    }
    if (limited) {
      tokens = Math.min(bucket.burst(), tokens + seconds(tokensAt, now) * ratePerSecond());
    }
    tokensAt = now;
  }

  private static double seconds(Instant from, Instant to) {
    return from.equals(Instant.MIN) ? 0 : Duration.between(from, to).toNanos() / 1e9;
  }
}
