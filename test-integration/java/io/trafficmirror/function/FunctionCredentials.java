package io.trafficmirror.function;

import java.time.Instant;
import java.util.Locale;

/**
 * Dummy credentials of the function's role; those of the variables differ from those of the
 * endpoint.
 */
final class FunctionCredentials {

  static final String ACCESS_KEY_ID = "ASIAONDEMANDFUNCTION";
  static final String SECRET_ACCESS_KEY = "secret-of-the-function";
  static final String SESSION_TOKEN = "token-of-the-function";

  /** The authorization token for the credentials endpoint. */
  static final String AUTHORIZATION = "authorization-of-the-environment";

  private FunctionCredentials() {}

  /**
   * The response of the credentials endpoint.
   *
   * @param number the number of the response, from 1; it is part of the credentials
   */
  static String answer(int number, Instant expiration) {
    return String.format(
        Locale.ROOT,
        """
        {"AccessKeyId": "ASIASNAPSHOTCREDENTIALS%1$d", "SecretAccessKey": "%2$s",
         "Token": "endpoint-token-%1$d", "Expiration": "%3$s"}
        """,
        number,
        secret(number),
        expiration);
  }

  /** The secret in a response of the endpoint. */
  static String secret(int number) {
    return "endpoint-secret-" + number + "-of-the-environment";
  }
}
