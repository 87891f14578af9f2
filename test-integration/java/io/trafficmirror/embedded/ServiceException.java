package io.trafficmirror.embedded;

/** An error of a service, which writes it in its own format. */
final class ServiceException extends RuntimeException {

  /** The error code for everything that embedded AWS does not implement. */
  static final String UNSUPPORTED = "EmbeddedAwsUnsupported";

  private final int status;
  private final String code;

  ServiceException(int status, String code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  /** An error for something that embedded AWS does not implement, although AWS may. */
  static ServiceException unsupported(String what) {
    return new ServiceException(501, UNSUPPORTED, what);
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
