package io.trafficmirror.function;

/** What an environment lets its owner know, in the order in which it happened. */
sealed interface Signal {

  /** It asks for an event. */
  record Ready(long nanos) implements Signal {}

  /** The hooks before the snapshot have run; it waits for the restore. */
  record Checkpointed(long nanos) implements Signal {}

  /** It cannot work. */
  record InitFailed(String type, String message) implements Signal {}

  /** The handler returned. */
  record Answered(String requestId, byte[] body, long nanos) implements Signal {}

  /** The handler threw. */
  record Failed(String requestId, String type, String message, String body) implements Signal {}

  /** The process has ended. */
  record Exited(int code) implements Signal {}
}
