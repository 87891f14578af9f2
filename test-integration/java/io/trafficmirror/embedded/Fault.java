package io.trafficmirror.embedded;

import java.time.Duration;

/**
 * What can go wrong with a call. Those that wait need embedded AWS to go by a {@link SharedClock}.
 */
public sealed interface Fault {

  /** Before the effect, which then does not happen. */
  sealed interface Before extends Fault {}

  /** After the effect, which the caller does not learn of. */
  sealed interface After extends Fault {}

  /**
   * An error answer.
   *
   * @param status the HTTP status
   * @param code the error's code, in the service's own format
   */
  record Refused(int status, String code) implements Before {}

  /** The connection is reset before anything happens. */
  record Cut() implements Before {}

  /** The service's name is not found: DNS has no answer. */
  record UnknownHost() implements Before {}

  /**
   * No answer comes until the caller gives up, and nothing happens.
   *
   * @param after how long the caller waits
   */
  record TimedOut(Duration after) implements Before {}

  /**
   * The call takes longer; then it is as if nothing had been.
   *
   * @param by how much longer
   */
  record Slow(Duration by) implements Before {}

  /** The connection is reset after the effect. */
  record AnswerLost() implements After {}

  /** Half of the answer comes; then the connection ends. */
  record AnswerCut() implements After {}

  /** An error answer although it was done. */
  record DoneButRefused(int status, String code) implements After {}

  /** It was done, and no answer comes until the caller gives up. */
  record DoneButTimedOut(Duration after) implements After {}
}
