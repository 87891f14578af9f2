package io.trafficmirror.function;

import java.time.Duration;

/** What came of an invocation. */
public sealed interface FunctionAnswer {

  /**
   * The handler returned.
   *
   * @param body what it returned, JSON; perhaps empty
   * @param took from when the event was handed over to when the answer came, without the
   *     initialisation
   */
  record Answered(byte[] body, Duration took) implements FunctionAnswer {}

  /**
   * The handler threw; the environment goes on.
   *
   * @param type the class of what was thrown
   * @param message its message; perhaps empty
   * @param body all that was reported, JSON, with the stack
   */
  record FunctionError(String type, String message, String body) implements FunctionAnswer {}

  /**
   * The environment never came to its first event: the handler was not found, its constructor or a
   * hook threw, or it took too long. The environment has ended.
   *
   * @param type the class of what was thrown, or Lambda's name for the failure
   * @param message what was reported
   */
  record InitError(String type, String message) implements FunctionAnswer {}

  /**
   * The process ended without an answer.
   *
   * @param exitCode what it ended with; 128 more than the signal where a signal ended it
   * @param lastLines the last that it printed
   */
  record Crashed(int exitCode, String lastLines) implements FunctionAnswer {}

  /**
   * There was no answer in time; the environment was ended, as Lambda does.
   *
   * @param after the time that it had
   */
  record TimedOut(Duration after) implements FunctionAnswer {}
}
