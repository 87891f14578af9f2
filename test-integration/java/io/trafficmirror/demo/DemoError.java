package io.trafficmirror.demo;

/** An error that the user can correct. Only its message is shown. */
final class DemoError extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an error.
   *
   * @param message what is wrong, where, and what is expected; one or a few lines
   */
  DemoError(String message) {
    super(message);
  }
}
