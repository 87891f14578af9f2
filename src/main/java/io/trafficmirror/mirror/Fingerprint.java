package io.trafficmirror.mirror;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A digest of a list of strings: equal lists have equal digests, and different lists different
 * ones.
 */
public final class Fingerprint {

  private Fingerprint() {}

  /** SHA-256 of the strings as 64 hexadecimal digits, the maximum length of an EC2 client token. */
  public static String of(List<String> texts) {
    StringBuilder joined = new StringBuilder();
    // The length prefixes keep two different lists from producing the same input.
    texts.forEach(text -> joined.append(text.length()).append(':').append(text).append(';'));
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(joined.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
