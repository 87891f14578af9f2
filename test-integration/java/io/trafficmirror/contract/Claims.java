package io.trafficmirror.contract;

import java.util.SplittableRandom;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** What every group of claims stands on. */
interface Claims {

  /** Where this claim plays; each claim has its own. */
  Stage stage();

  /** Speaks to the EC2 under test. */
  default Ec2Client ec2() {
    return stage().ec2();
  }

  /** What claims share. */
  default Pool pool() {
    return stage().pool();
  }

  /** Hands the answer to an unverified question to the world. */
  default void judge(Question question, String answer) {
    stage().world().judge(question, answer);
  }

  /** A well-formed id that nothing has, for example of the prefix {@code i-}. */
  static String unknown(String prefix) {
    // Seeded by the prefix: the same ids in every run, and no resource of AWS has them.
    return prefix + "0f0f0f0f0" + hex(new SplittableRandom(prefix.hashCode()), 8);
  }

  /** Another such id for each number. */
  static String unknown(String prefix, int number) {
    return prefix + "0f0f0f0f0" + String.format("%08x", number);
  }

  private static String hex(SplittableRandom random, int digits) {
    return String.format("%0" + digits + "x", random.nextInt() & 0xffffffffL);
  }
}
