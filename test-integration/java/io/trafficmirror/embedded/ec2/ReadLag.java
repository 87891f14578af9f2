package io.trafficmirror.embedded.ec2;

import java.time.Duration;
import java.util.Random;

/**
 * How far reads lag behind writes. Each read has a lag of its own, drawn between two bounds: as
 * with replicas that answer in turn, a later read may show an earlier past.
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
      throw new IllegalArgumentException("a lag is between 0 and " + History.HORIZON);
    }
    least = shortest;
    most = longest;
  }

  /** Whether every read shows the present. */
  boolean isNone() {
    return most.isZero();
  }

  /** The lag of the next read. */
  Duration draw() {
    int range = (int) most.minus(least).toMillis();
    return range == 0 ? least : least.plusMillis(random.nextInt(range + 1));
  }
}
