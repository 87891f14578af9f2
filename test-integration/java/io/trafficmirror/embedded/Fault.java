package io.trafficmirror.embedded;

import java.time.Duration;

/** A failure of a call. Those with a duration require a {@link SharedClock}. */
public sealed interface Fault {

  /** A fault instead of the effect. */
  sealed interface Before extends Fault {}

  /** A fault after the effect, which the caller does not learn about. */
  sealed interface After extends Fault {}

  /**
   * An error response.
   *
   * @param status the HTTP status
   * @param code the error code
   */
  record Refused(int status, String code) implements Before {}

  /** The connection is reset before the effect. */
  record Cut() implements Before {}

  /** The service's host name is not found in DNS. */
  record UnknownHost() implements Before {}

  /**
   * The call times out without an effect.
   *
   * @param after the caller's timeout
   */
  record TimedOut(Duration after) implements Before {}

  /**
   * The call succeeds, but takes longer.
   *
   * @param by the additional time
   */
  record Slow(Duration by) implements Before {}

  /** The connection is reset after the effect. */
  record AnswerLost() implements After {}

  /** The connection is closed after half of the response. */
  record AnswerCut() implements After {}

  /** An error response after the effect. */
  record DoneButRefused(int status, String code) implements After {}

  /** The call times out after the effect. */
  record DoneButTimedOut(Duration after) implements After {}
}
