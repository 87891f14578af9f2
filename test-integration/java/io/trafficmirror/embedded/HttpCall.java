package io.trafficmirror.embedded;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An HTTP request.
 *
 * @param method in upper case
 * @param path percent-encoded, starts with {@code /}
 * @param query percent-encoded, without the question mark; may be empty
 * @param headers by lower-case name; the first value of a repeated header
 * @param body may be empty
 */
public record HttpCall(
    String method, String path, String query, Map<String, String> headers, byte[] body) {

  /** The value of a header; its name is case-insensitive. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }
}
