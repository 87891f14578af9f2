package io.trafficmirror.embedded;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request as it came over the wire.
 *
 * @param method in upper case
 * @param path still percent-encoded, starts with {@code /}
 * @param query still percent-encoded, without the question mark; empty text where there is none
 * @param headers by name in lower case; of a repeated one the first
 * @param body perhaps empty
 */
public record HttpCall(
    String method, String path, String query, Map<String, String> headers, byte[] body) {

  /** A header's value, whatever the case of its name. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }
}
