package io.trafficmirror.embedded;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;

/**
 * A token bucket shared with a neighbour. The neighbour takes its share of the refill in bursts at
 * random moments, and before all other callers if tokens are missing. Not thread-safe.
 */
final class TokenBucket {

  /** The mean time between two withdrawals of the neighbour. */
  private static final Duration MEAN_WITHDRAWAL_INTERVAL = Duration.ofSeconds(1);

  private final double burst;
  private final double refillPerSecond;
  private final Random random;
  private Instant at;
  private double tokens;
  private double share;
  private double owed;
  private Instant nextWithdrawal;
  private double nextAmount;

  TokenBucket(double burst, double refillPerSecond, double share, Instant now, Random random) {
    this.burst = burst;
    this.refillPerSecond = refillPerSecond;
    this.random = random;
    this.at = now;
    this.tokens = burst;
    this.nextWithdrawal = now;
    share(share, now);
  }

  /** Sets the neighbour's share of the refill, 0 to 1. */
  void share(double value, Instant now) {
    advance(now);
    share = value;
    owed = 0;
    drawWithdrawal(now);
  }

  /** The number of tokens left after the neighbour's withdrawals. */
  double tokens(Instant now) {
    advance(now);
    return tokens;
  }

  void take(double count) {
    tokens -= count;
  }

  private void advance(Instant now) {
    while (share > 0 && !nextWithdrawal.isAfter(now)) {
      refill(nextWithdrawal);
      owed += nextAmount;
      settle();
      drawWithdrawal(nextWithdrawal);
    }
    refill(now);
  }

  private void refill(Instant to) {
    if (to.isAfter(at)) {
      double seconds = Duration.between(at, to).toNanos() / 1e9;
      tokens += seconds * refillPerSecond;
      at = to;
      settle();
      tokens = Math.min(burst, tokens);
    }
  }

  private void settle() {
    double settled = Math.min(Math.max(0, tokens), owed);
    tokens -= settled;
    owed -= settled;
  }

  private void drawWithdrawal(Instant from) {
    double seconds = -Math.log(1 - random.nextDouble()) * MEAN_WITHDRAWAL_INTERVAL.toNanos() / 1e9;
    nextWithdrawal = from.plusNanos((long) (seconds * 1e9));
    nextAmount = seconds * refillPerSecond * share;
  }
}
