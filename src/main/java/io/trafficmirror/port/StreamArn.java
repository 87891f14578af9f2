package io.trafficmirror.port;

import io.trafficmirror.mirror.Scope;
import java.util.List;

/**
 * The Region, account and name in a stream's ARN; all empty if the text is not such an ARN.
 *
 * @param region for example {@code us-east-1}
 * @param account twelve digits
 * @param stream the stream's name
 */
public record StreamArn(String region, String account, String stream) {

  private static final int PARTS = 6;
  private static final String RESOURCE_PREFIX = "stream/";

  /** Reads {@code arn:aws:kinesis:region:account:stream/name}. */
  public static StreamArn parse(String arn) {
    List<String> parts = List.of(arn.split(":", PARTS));
    if (parts.size() < PARTS || !parts.get(5).startsWith(RESOURCE_PREFIX)) {
      return new StreamArn("", "", "");
    }
    return new StreamArn(
        parts.get(3), parts.get(4), parts.get(5).substring(RESOURCE_PREFIX.length()));
  }

  /** The account and Region of the stream. */
  public Scope scope() {
    return new Scope(account, region);
  }
}
