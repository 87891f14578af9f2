package io.trafficmirror.embedded;

import java.math.BigInteger;
import java.util.Random;

/**
 * Generates the sequence numbers of one shard: increasing decimals of 55 or more digits, as in
 * Kinesis (typically 56; AWS's pattern allows 129). At growing intervals they become one digit
 * longer. There, their lexicographic order is the opposite of their numeric order, which exposes
 * code that compares them as text. Not thread-safe.
 */
final class SequenceNumbers {

  /** Without the three digits of the shard. */
  private static final int FIRST_LENGTH = 52;

  private final Random random;
  private final int shard;
  private int length = FIRST_LENGTH;
  private int untilLonger;
  private int maxInterval = 8;
  private BigInteger last;

  /**
   * @param shard the shard's index, 0 to 999; each number ends with its three digits, so numbers
   *     are unique across shards
   */
  SequenceNumbers(Random random, int shard) {
    this.random = random;
    this.shard = shard;
    this.untilLonger = 1 + random.nextInt(maxInterval);
    this.last = typical();
  }

  String next() {
    if (untilLonger == 0) {
      last = BigInteger.TEN.pow(length).add(small());
      length++;
      maxInterval *= 2;
      untilLonger = 1 + random.nextInt(maxInterval);
    } else {
      untilLonger--;
      BigInteger typical = typical();
      last = last.compareTo(typical) < 0 ? typical : last.add(small());
    }
    return last.multiply(BigInteger.valueOf(1000)).add(BigInteger.valueOf(shard)).toString();
  }

  /** A typical number of the current length; they start with 49. */
  private BigInteger typical() {
    return BigInteger.valueOf(49).multiply(BigInteger.TEN.pow(length - 2));
  }

  private BigInteger small() {
    return BigInteger.valueOf(1 + random.nextInt(1_000_000));
  }
}
