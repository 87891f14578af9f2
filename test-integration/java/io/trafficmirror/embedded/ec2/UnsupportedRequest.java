package io.trafficmirror.embedded.ec2;

/**
 * The request asks for something that EC2 perhaps has and embedded EC2 has not. It is answered with
 * 501 and noted, so that a test which met it fails.
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
