package io.trafficmirror.embedded.ec2;

import java.time.Duration;
import java.util.Random;

/**
 * The lag of reads behind writes. Each read draws its own lag between two bounds. As with several
 * replicas, a later read may show an earlier state.
 */
final class ReadLag {

  private final Random random;
  private Duration least = Duration.ZERO;
  private Duration most = Duration.ZERO;

  ReadLag(long seed) {
    this.random = new Random(seed);
  }

  void set(Duration shortest, Duration longest) {
    if (shortest.isNegative()
        || longest.compareTo(shortest) < 0
        || longest.compareTo(History.HORIZON) > 0) {
      throw new IllegalArgumentException("a read lag must be between 0 and " + History.HORIZON);
    }
    least = shortest;
    most = longest;
  }

  /** Whether reads show the current state. */
  boolean isNone() {
    return most.isZero();
  }

  /** Draws the lag of the next read. */
  Duration draw() {
    int range = (int) most.minus(least).toMillis();
    return range == 0 ? least : least.plusMillis(random.nextInt(range + 1));
  }
}
