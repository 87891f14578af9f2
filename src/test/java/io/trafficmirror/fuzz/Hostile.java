package io.trafficmirror.fuzz;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Texts that an attacker might supply, for example in a tag. */
public final class Hostile {

  /** Ends the log line that contains it and starts one that forges a metric. */
  public static final String FORGED_METRIC =
      """
      "}
      {"_aws":{"CloudWatchMetrics":[{"Namespace":"X"}]},"ActionRequired":1}
      {"a":"\
      """;

  /** Texts that try to end a line, start another one, or be misinterpreted. */
  public static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "a\nb",
          "\r\n{\"level\":\"WARN\",\"message\":\"forged\"}\r\n",
          FORGED_METRIC,
          "{\"_aws\":{\"Timestamp\":0,\"CloudWatchMetrics\":[]}}",
          "\",\"_aws\":{},\"x\":\"",
          "\\",
          "\\\"",
          "\\u000a",
          "'; DROP TABLE x; --",
          "${jndi:ldap://localhost/a}",
          "%s%n%x",
          "{0}",
          "<!ENTITY x SYSTEM 'file:///etc/hostname'>",
          "&#10;&lt;",
          "\u001b[2J\u001b[31mred\u001b[0m",
          "\u0000",
          "\u0007\u0008\u007f",
          "\u0085",
          "\u2028\u2029",
          "\u202eesrever",
          "\ufeff",
          "\uffff",
          "\ud800",
          "\udc00\ud800",
          "\ud83d\ude00",
          "e\u0301\u0301\u0301",
          "\u0130\u0131",
          "../../../etc/passwd",
          "i-*",
          "i-\u0661",
          "i-0a1\n",
          "x".repeat(5_000));

  /** Numbers that are valid JSON or nearly valid. */
  static final List<String> NUMBERS =
      List.of(
          "0",
          "-0",
          "1",
          "-1",
          "1.5",
          "1e3",
          "1e999999999",
          "-1E-999999999",
          "2147483647",
          "2147483648",
          "-9223372036854775809",
          "1" + "0".repeat(4_000),
          "0." + "3".repeat(4_000),
          "01",
          "0x10",
          "NaN",
          "Infinity",
          "+1",
          "1.",
          ".5");

  /** Ids of every kind, valid and nearly valid. */
  static final List<String> IDS =
      List.of(
          "i-0123456789abcdef0",
          "i-",
          "i-0a1",
          "I-0a1",
          "eni-0a1",
          "tms-0a1",
          "tmt-0a1",
          "tmf-0a1",
          "subnet-0a1",
          "vpc-0a1",
          "i-" + "f".repeat(126),
          "i-" + "f".repeat(127));

  private static final List<String> ALL =
      Stream.of(TEXTS, NUMBERS, IDS).flatMap(List::stream).toList();

  private Hostile() {}

  /** One of these texts, or random characters. */
  public static String text(Random random) {
    return random.nextInt(3) > 0 ? pick(random, ALL) : characters(random);
  }

  private static String characters(Random random) {
    StringBuilder text = new StringBuilder();
    for (int left = random.nextInt(20); left > 0; left--) {
      int bound = random.nextBoolean() ? 0x80 : 0x1_0000;
      text.append((char) random.nextInt(bound));
    }
    return text.toString();
  }

  static <T> T pick(Random random, List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
