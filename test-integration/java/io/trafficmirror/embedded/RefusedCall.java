package io.trafficmirror.embedded;

/** A service refuses a call; the service turns it into an answer in its own format. */
final class RefusedCall extends RuntimeException {

  /** What everything that embedded AWS does not have is answered with. */
  static final String UNSUPPORTED = "EmbeddedAwsUnsupported";

  private final int status;
  private final String code;

  RefusedCall(int status, String code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  /** Embedded AWS does not have this, though AWS may well. */
  static RefusedCall unsupported(String what) {
    return new RefusedCall(501, UNSUPPORTED, what);
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  String message() {
    return String.valueOf(getMessage());
  }
}
