package io.trafficmirror.embedded.ec2;

/** EC2 says no: the status, code and message of the error answer. Nothing was changed. */
final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  Refusal(int status, String code, String message) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
  }

  /** A client error (400), which is what EC2 answers unless it documents another status. */
  Refusal(String code, String message) {
    this(400, code, message);
  }

  static Refusal invalidValue(String value, String parameter) {
    return new Refusal(
        "InvalidParameterValue",
        "Value (%s) for parameter %s is invalid.".formatted(value, parameter));
  }

  static Refusal missing(String parameter) {
    return new Refusal(
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
