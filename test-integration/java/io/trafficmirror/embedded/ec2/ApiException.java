package io.trafficmirror.embedded.ec2;

/** An error response of EC2: status, code and message. Nothing was changed. */
final class ApiException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  ApiException(int status, String code, String message) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
  }

  /** A client error (400), EC2's status unless it documents another one. */
  ApiException(String code, String message) {
    this(400, code, message);
  }

  static ApiException invalidValue(String value, String parameter) {
    return new ApiException(
        "InvalidParameterValue",
        "Value (%s) for parameter %s is invalid.".formatted(value, parameter));
  }

  static ApiException missing(String parameter) {
    return new ApiException(
        "MissingParameter", "The request must contain the parameter %s".formatted(parameter));
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  String text() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
