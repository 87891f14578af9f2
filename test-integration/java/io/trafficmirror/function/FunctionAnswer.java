package io.trafficmirror.function;

import java.time.Duration;

/** The result of an invocation. */
public sealed interface FunctionAnswer {

  /**
   * The handler returned.
   *
   * @param body the JSON that it returned; may be empty
   * @param took the time from sending the event to receiving the response, without initialisation
   */
  record Answered(byte[] body, Duration took) implements FunctionAnswer {}

  /**
   * The handler threw an exception; the environment remains usable.
   *
   * @param type the class of the exception
   * @param message its message; may be empty
   * @param body the complete error as JSON, with the stack trace
   */
  record FunctionError(String type, String message, String body) implements FunctionAnswer {}

  /**
   * The environment did not request its first event: the constructor or a hook threw an exception,
   * or the initialisation timed out. The environment has ended.
   *
   * @param type the class of the exception, or Lambda's error type
   * @param message the reported message
   */
  record InitError(String type, String message) implements FunctionAnswer {}

  /**
   * The process exited without a response.
   *
   * @param exitCode the exit code; 128 plus the signal number if a signal ended it
   * @param lastLines the last lines of its output
   */
  record Crashed(int exitCode, String lastLines) implements FunctionAnswer {}

  /**
   * There was no response within the timeout; the environment was ended, as in Lambda.
   *
   * @param after the timeout
   */
  record TimedOut(Duration after) implements FunctionAnswer {}
}
