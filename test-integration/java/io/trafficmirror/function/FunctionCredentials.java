package io.trafficmirror.function;

import java.time.Instant;
import java.util.Locale;

/** The role's credentials, none that anybody has; each kind can be told from the others. */
final class FunctionCredentials {

  static final String ACCESS_KEY_ID = "ASIAONDEMANDFUNCTION";
  static final String SECRET_ACCESS_KEY = "secret-of-the-function";
  static final String SESSION_TOKEN = "token-of-the-function";

  /** What the function shows to get those of its endpoint. */
  static final String AUTHORIZATION = "authorization-of-the-environment";

  private FunctionCredentials() {}

  /**
   * What the endpoint for credentials answers.
   *
   * @param number which answer it is, from 1; the credentials tell it
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

  /** The secret of an answer of the endpoint. */
  static String secret(int number) {
    return "endpoint-secret-" + number + "-of-the-environment";
  }
}
