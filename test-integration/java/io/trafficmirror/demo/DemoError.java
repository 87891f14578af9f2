package io.trafficmirror.demo;

/**
 * Something that the person at the keyboard can put right: its message is all that they are shown.
 */
final class DemoError extends Exception {
  private static final long serialVersionUID = 1L;

  /** Says, in one or a few lines, what is wrong, where, and what is expected instead. */
  DemoError(String message) {
    super(message);
  }
}
