package io.trafficmirror.embedded;

import java.math.BigInteger;
import java.util.Random;

/**
 * Draws the sequence numbers of one shard: decimals that grow, of 55 digits and more, as Kinesis
 * gives them (typically 56; AWS's pattern allows 129). Now and then, rarer as the shard gets
 * longer, they become one digit longer, and just there their order as texts is the opposite of
 * their order as numbers; that catches whoever compares them as texts. Not safe for use by several
 * threads.
 */
final class SequenceNumbers {

  /** Without the three digits of the shard. */
  private static final int FIRST_LENGTH = 52;

  private final Random random;
  private final int shard;
  private int length = FIRST_LENGTH;
  private int untilLonger;
  private int longestWait = 8;
  private BigInteger last;

  /**
   * @param shard the shard's index, 0 to 999; every number of the shard ends with its three digits,
   *     so no two shards share one
   */
  SequenceNumbers(Random random, int shard) {
    this.random = random;
    this.shard = shard;
    this.untilLonger = 1 + random.nextInt(longestWait);
    this.last = usual();
  }

  String next() {
    if (untilLonger == 0) {
      last = BigInteger.TEN.pow(length).add(small());
      length++;
      longestWait *= 2;
      untilLonger = 1 + random.nextInt(longestWait);
    } else {
      untilLonger--;
      BigInteger usual = usual();
      last = last.compareTo(usual) < 0 ? usual : last.add(small());
    }
    return last.multiply(BigInteger.valueOf(1000)).add(BigInteger.valueOf(shard)).toString();
  }

  /** Where numbers of the present length are most of the time: they start with 49, say. */
  private BigInteger usual() {
    return BigInteger.valueOf(49).multiply(BigInteger.TEN.pow(length - 2));
  }

  private BigInteger small() {
    return BigInteger.valueOf(1 + random.nextInt(1_000_000));
  }
}
