package io.trafficmirror.embedded.ec2;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An IPv4 CIDR block.
 *
 * @param base the first address as a number
 * @param length the prefix length
 */
record Cidr(long base, int length) {

  private static final Pattern FORM =
      Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})/(\\d{1,2})");

  /** Parses {@code 10.0.0.0/16}; empty if it is malformed. Host bits are cleared. */
  static Optional<Cidr> parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    long address = 0;
    for (int i = 1; i <= 4; i++) {
      int part = Integer.parseInt(parts.group(i));
      if (part > 255) {
        return Optional.empty();
      }
      address = address << 8 | part;
    }
    int length = Integer.parseInt(parts.group(5));
    return length > 32
        ? Optional.empty()
        : Optional.of(new Cidr(address >> (32 - length) << (32 - length), length));
  }

  /** The number of assignable addresses: AWS reserves five in every subnet (VPC User Guide). */
  long usable() {
    return Math.max(0, (1L << (32 - length)) - 5);
  }

  /** The assignable address number {@code n}, counted from 0 and wrapping around. */
  String address(long n) {
    long address = base + 4 + (usable() == 0 ? 0 : n % usable());
    return "%d.%d.%d.%d"
        .formatted(address >> 24 & 255, address >> 16 & 255, address >> 8 & 255, address & 255);
  }

  @Override
  public String toString() {
    return "%d.%d.%d.%d/%d"
        .formatted(base >> 24 & 255, base >> 16 & 255, base >> 8 & 255, base & 255, length);
  }
}
