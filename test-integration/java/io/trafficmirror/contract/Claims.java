package io.trafficmirror.contract;

import java.util.SplittableRandom;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** The common base of all groups of claims. */
interface Claims {

  /** The fixture of the current claim. */
  Fixture fixture();

  /** The client for the EC2 under test. */
  default Ec2Client ec2() {
    return fixture().ec2();
  }

  /** The resources that claims share. */
  default SharedResources shared() {
    return fixture().shared();
  }

  /** Reports the answer to an unverified question to the world, which records or checks it. */
  default void report(Question question, String answer) {
    fixture().world().report(question, answer);
  }

  /** A well-formed id of a resource that does not exist. */
  static String unknown(String prefix) {
    // Seeded with the prefix, so every run uses the same ids; no AWS resource has them.
    return prefix + "0f0f0f0f0" + hex(new SplittableRandom(prefix.hashCode()), 8);
  }

  /** The same, with a different id for each number. */
  static String unknown(String prefix, int number) {
    return prefix + "0f0f0f0f0" + String.format("%08x", number);
  }

  private static String hex(SplittableRandom random, int digits) {
    return String.format("%0" + digits + "x", random.nextInt() & 0xffffffffL);
  }
}
