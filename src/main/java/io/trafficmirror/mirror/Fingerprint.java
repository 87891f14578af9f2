package io.trafficmirror.mirror;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** One short text that stands for several: equal for equal texts, and for no others. */
public final class Fingerprint {

  private Fingerprint() {}

  /** SHA-256 of the texts as 64 hexadecimal digits, which is the longest client token of EC2. */
  public static String of(List<String> texts) {
    StringBuilder joined = new StringBuilder();
    // Lengths keep two different lists from reading the same.
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
