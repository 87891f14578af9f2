package io.trafficmirror.embedded.ec2;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Issues and validates NextTokens: opaque, valid for one action with one set of filters and for a
 * limited time.
 *
 * <p>A token contains the start of the next page, so that a page costs only what it shows, and a
 * signature, which exposes invented tokens and those of other requests.
 */
final class PageTokens {

  private final long seed;
  private final Duration life;
  private final Supplier<String> errorCode;
  private int generation;
  private long issued;

  PageTokens(long seed, Duration life, Supplier<String> errorCode) {
    this.seed = seed;
    this.life = life;
    this.errorCode = errorCode;
  }

  /** Expires every token issued so far. */
  void expireAll() {
    generation++;
  }

  String issue(String scope, OrderKey place, Instant now) {
    String content =
        String.join(
            "\n",
            Long.toString(now.toEpochMilli()),
            Long.toString(issued++),
            Integer.toString(generation),
            Long.toString(place.hash()),
            place.group(),
            Integer.toString(place.index()),
            place.id());
    String signed = sign(scope, content) + "\n" + content;
    return Base64.getUrlEncoder().encodeToString(signed.getBytes(StandardCharsets.UTF_8));
  }

  OrderKey read(String scope, String token, Instant now) {
    return decode(token)
        .filter(parts -> parts.length == 8)
        .filter(parts -> parts[0].equals(sign(scope, rest(parts))))
        .filter(parts -> parts[3].equals(Integer.toString(generation)))
        .filter(parts -> !Instant.ofEpochMilli(Long.parseLong(parts[1])).plus(life).isBefore(now))
        .map(p -> new OrderKey(Long.parseLong(p[4]), p[5], Integer.parseInt(p[6]), p[7]))
        .orElseThrow(
            () ->
                new ApiException(
                    errorCode.get(), "The specified NextToken is invalid or expired."));
  }

  private static Optional<String[]> decode(String token) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(token);
      return Optional.of(new String(bytes, StandardCharsets.UTF_8).split("\n", -1));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  private static String rest(String[] parts) {
    return String.join("\n", Arrays.copyOfRange(parts, 1, parts.length));
  }

  private String sign(String scope, String content) {
    return digest(seed + "\n" + scope + "\n" + content).substring(0, 24);
  }

  /** SHA-256 in hexadecimal. */
  static String digest(String text) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
