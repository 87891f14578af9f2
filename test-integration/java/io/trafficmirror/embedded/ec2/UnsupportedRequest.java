package io.trafficmirror.embedded.ec2;

/**
 * A request for something that embedded EC2 does not implement, although EC2 may. It gets a 501 and
 * is logged, so that the test fails.
 */
final class UnsupportedRequest extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnsupportedRequest(String what) {
    super(what, null, false, false);
  }

  String what() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
