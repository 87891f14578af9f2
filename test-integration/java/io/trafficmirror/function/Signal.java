package io.trafficmirror.function;

/** An event in an environment's life, sent to its owner in order. */
sealed interface Signal {

  /** The environment requests an event. */
  record Ready(long nanos) implements Signal {}

  /** The hooks before the snapshot have run; the environment waits for the restore. */
  record Checkpointed(long nanos) implements Signal {}

  /** The initialisation failed. */
  record InitFailed(String type, String message) implements Signal {}

  /** The handler returned. */
  record Answered(String requestId, byte[] body, long nanos) implements Signal {}

  /** The handler threw an exception. */
  record Failed(String requestId, String type, String message, String body) implements Signal {}

  /** The process has exited. */
  record Exited(int code) implements Signal {}
}
