package io.trafficmirror.embedded;

import java.time.Duration;

/** A Lambda function: bytes in, bytes or an error out. It may be invoked concurrently. */
public interface LambdaFunction {

  /**
   * Invokes the function once. Anything thrown counts as a failed invocation.
   *
   * @param event the event as JSON
   * @param requestId the invocation's id
   * @param timeout the function's timeout; an invocation that exceeds it on the clock counts as
   *     failed, but is not interrupted
   */
  Result invoke(byte[] event, String requestId, Duration timeout);

  /** The result of an invocation. */
  sealed interface Result {

    /**
     * The function returned.
     *
     * @param json the response; may be empty
     */
    record Returned(byte[] json) implements Result {}

    /** The function ended in an error. */
    record Failed(String errorType, String message) implements Result {}
  }
}
