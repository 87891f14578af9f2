package io.trafficmirror.event;

/**
 * Thrown within this package for a record that can never be parsed. It never leaves the package:
 * {@link EventParser} turns it into a {@link MirrorEvent.Malformed}.
 */
final class MalformedEventException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception without a stack trace.
   *
   * @param reason one sentence that quotes at most short excerpts of the record
   */
  MalformedEventException(String reason) {
    super(reason, null, false, false);
  }

  /** The reason, in one sentence. */
  String reason() {
    return String.valueOf(getMessage());
  }
}
