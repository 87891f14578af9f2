package io.trafficmirror.event;

/**
 * The one exception inside this package: what was read can never be understood. It never leaves the
 * package; {@link EventParser} makes it a {@link MirrorEvent.Malformed}.
 */
final class MalformedEventException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * What is wrong.
   *
   * @param reason one sentence, with at most excerpts of what was read
   */
  MalformedEventException(String reason) {
    super(reason, null, false, false);
  }

  /** The sentence. */
  String reason() {
    return String.valueOf(getMessage());
  }
}
