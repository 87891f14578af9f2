package io.trafficmirror.embedded.ec2;

import java.util.Random;

/** Generates ids in EC2's format; the same seed gives the same ids. */
final class RandomIds {

  private final Random random;

  RandomIds(long seed) {
    this.random = new Random(seed);
  }

  /** The prefix and 17 hexadecimal digits, the first of which is 0 as in real ids. */
  String next(String prefix) {
    return prefix + "-0" + hex(16);
  }

  /** A request id in the form of a UUID. */
  String requestId() {
    return hex(8) + "-" + hex(4) + "-" + hex(4) + "-" + hex(4) + "-" + hex(12);
  }

  /** 1 to 16,777,215, as the VXLAN network identifier has 24 bits (RFC 7348). */
  int networkIdentifier() {
    return 1 + random.nextInt(0xFFFFFF);
  }

  String macAddress() {
    return "02:" + String.join(":", hex(2), hex(2), hex(2), hex(2), hex(2));
  }

  private String hex(int digits) {
    StringBuilder all = new StringBuilder(digits);
    for (int i = 0; i < digits; i++) {
      all.append(Character.forDigit(random.nextInt(16), 16));
    }
    return all.toString();
  }
}
