package io.trafficmirror.write;

import io.trafficmirror.port.Time;
import java.time.Duration;
import java.time.Instant;

/**
 * How fast the writes of one API may start. EC2 refills a bucket of calls at a steady rate and
 * shares it among all callers of the account, so the rate cannot be known, only found.
 *
 * <p>As long as nothing is throttled there is no limit. A throttle says that the bucket is empty,
 * and between two of them EC2 took as many writes as came into the bucket for us: that is the rate.
 * After a throttle writes rest for a moment, so that the bucket holds a little for whoever comes
 * with a single write; then they start at the rate found, at first no faster, and the longer no
 * throttle comes the faster. What was not used while there was nothing to write may be used
 * afterwards, as it is in the bucket.
 *
 * <p>Consumers that cannot see each other share what there is in this way, as each finds its own
 * part. Not safe for use by several threads: the loop's own thread starts writes and hears of their
 * ends.
 */
final class WritePacer {

  /** The slowest that it gets: one write in four seconds still tells when EC2 has room again. */
  static final double MIN_RATE_PER_SECOND = 0.25;

  /**
   * Beyond this rate a limit has no meaning: a function that makes a few calls at once does not get
   * there.
   */
  static final double MAX_RATE_PER_SECOND = 200.0;

  /** The rest after a first throttle; a single write gets its turn soon. */
  static final Duration FIRST_REST = Duration.ofMillis(500);

  /** The rest after every other throttle. */
  static final Duration REST = Duration.ofSeconds(2);

  /** How long it takes to use up what came in during a rest, where the rate is right. */
  static final Duration PROBE = Duration.ofSeconds(18);

  /** After so long without a write what was learned is worth nothing. */
  static final Duration FORGET = Duration.ofMinutes(1);

  /** From so many writes on that EC2 took between two throttles they tell the rate. */
  private static final int ENOUGH_TAKEN = 4;

  /** Where they do not tell it, the rate was far too high. */
  private static final double CUT = 0.5;

  /** How long a measurement has to be to count as much as what was known before. */
  private static final double TRUST_SECONDS = 4.0;

  /** Longer gaps than this between two writes are no pacing, but a lack of work. */
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
  private int taken;

  /**
   * A pacer that has not met a throttle yet.
   *
   * @param bucket whose documented rate a first throttle is taken to mean
   */
  WritePacer(Time time, ApiBucket bucket) {
    this.time = time;
    this.bucket = bucket;
    this.foundPerSecond = bucket.refillPerSecond();
  }

  /** How long to wait until the next write may start; zero means now. */
  Duration untilNextStart() {
    refill();
    if (!limited || tokens >= 1) {
      return Duration.ZERO;
    }
    return Duration.ofNanos((long) Math.ceil(1e9 * (1 - tokens) / ratePerSecond()));
  }

  /** A write starts. */
  void started() {
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

  /** EC2 looked at a write, whatever it said of it. */
  void taken() {
    taken++;
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
    boolean first = !limited;
    if (limited) {
      foundPerSecond = Math.clamp(measured(now), MIN_RATE_PER_SECOND, MAX_RATE_PER_SECOND);
    }
    limited = true;
    cutAt = now;
    tokens = -foundPerSecond * (first ? FIRST_REST : REST).toNanos() / 1e9;
    tokensAt = now;
    workedSeconds = 0;
    idleSeconds = 0;
    taken = 0;
  }

  private double measured(Instant now) {
    double elapsed = seconds(cutAt, now);
    if (taken < ENOUGH_TAKEN) {
      return Math.min(foundPerSecond, ratePerSecond()) * CUT;
    }
    if (idleSeconds * foundPerSecond > bucket.burst() / 2) {
      return foundPerSecond;
    }
    double trust = elapsed / (elapsed + TRUST_SECONDS);
    return foundPerSecond + trust * (taken / elapsed - foundPerSecond);
  }

  /**
   * The rate at which writes start now, in writes a second; infinite as long as nothing was
   * throttled.
   */
  double ratePerSecond() {
    if (!limited) {
      return Double.POSITIVE_INFINITY;
    }
    double probes = workedSeconds / (PROBE.toNanos() / 1e9);
    // Over one probe the cube sums up to the rest: 4 * rest / probe * (1/4) * probe. Where no
    // throttle comes even then, the rate is another one, and is looked for faster.
    double beyond = Math.max(1, probes);
    double cube = probes * probes * probes;
    double excess = 4.0 * REST.toNanos() / PROBE.toNanos() * cube * beyond * beyond;
    return Math.clamp(foundPerSecond * (1 + excess), MIN_RATE_PER_SECOND, MAX_RATE_PER_SECOND);
  }

  private void refill() {
    Instant now = time.now();
    if (limited && seconds(lastStart, now) > FORGET.toSeconds()) {
      limited = false;
      foundPerSecond = bucket.refillPerSecond();
      taken = 0;
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
