package io.trafficmirror.embedded;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;

/**
 * A token bucket that a neighbour shares. The neighbour takes its share of the refill in lumps, at
 * moments that are drawn; what is not there yet it takes before anybody else. Not safe for use by
 * several threads.
 */
final class TokenBucket {

  /** The mean time between two helpings of the neighbour. */
  private static final Duration BETWEEN_HELPINGS = Duration.ofSeconds(1);

  private final double burst;
  private final double refillPerSecond;
  private final Random random;
  private Instant at;
  private double tokens;
  private double share;
  private double owed;
  private Instant nextHelping;
  private double nextLump;

  TokenBucket(double burst, double refillPerSecond, double share, Instant now, Random random) {
    this.burst = burst;
    this.refillPerSecond = refillPerSecond;
    this.random = random;
    this.at = now;
    this.tokens = burst;
    this.nextHelping = now;
    share(share, now);
  }

  /** From now on the neighbour takes this share of the refill, 0 to 1. */
  void share(double value, Instant now) {
    advance(now);
    share = value;
    owed = 0;
    drawHelping(now);
  }

  /** How many tokens there are, after the neighbour took what is its. */
  double tokens(Instant now) {
    advance(now);
    return tokens;
  }

  void take(double count) {
    tokens -= count;
  }

  private void advance(Instant now) {
    while (share > 0 && !nextHelping.isAfter(now)) {
      refill(nextHelping);
      owed += nextLump;
      pay();
      drawHelping(nextHelping);
    }
    refill(now);
  }

  private void refill(Instant to) {
    if (to.isAfter(at)) {
      double seconds = Duration.between(at, to).toNanos() / 1e9;
      tokens += seconds * refillPerSecond;
      at = to;
      pay();
      tokens = Math.min(burst, tokens);
    }
  }

  private void pay() {
    double paid = Math.min(Math.max(0, tokens), owed);
    tokens -= paid;
    owed -= paid;
  }

  private void drawHelping(Instant from) {
    double seconds = -Math.log(1 - random.nextDouble()) * BETWEEN_HELPINGS.toNanos() / 1e9;
    nextHelping = from.plusNanos((long) (seconds * 1e9));
    nextLump = seconds * refillPerSecond * share;
  }
}
