package io.trafficmirror.aws;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Finds the error code in a response, for metrics: in the header or the body, in the formats of EC2
 * and S3 (XML) and of Kinesis (JSON). Errors without a code are counted by HTTP status.
 */
final class ErrorCode {
  private static final Pattern IN_XML = Pattern.compile("<Code>([A-Za-z0-9._]{1,100})</Code>");
  private static final Pattern IN_JSON =
      Pattern.compile("\"__type\"\\s*:\\s*\"(?:[^\"#]{0,200}#)?([A-Za-z0-9._]{1,100})\"");

  private ErrorCode() {}

  static Optional<String> in(SdkHttpResponse answer, byte[] body) {
    Optional<String> header =
        answer
            .firstMatchingHeader("x-amzn-ErrorType")
            .map(value -> value.replaceAll(":.*", "").replaceAll(".*#", ""))
            .filter(value -> value.matches("[A-Za-z0-9._]{1,100}"));
    String text = new String(body, StandardCharsets.ISO_8859_1);
    return header.or(() -> first(IN_XML, text)).or(() -> first(IN_JSON, text));
  }

  private static Optional<String> first(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
