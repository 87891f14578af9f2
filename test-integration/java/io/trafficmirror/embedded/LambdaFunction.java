package io.trafficmirror.embedded;

import java.time.Duration;

/**
 * A function as Lambda sees it: bytes in, bytes or an error out. It may be invoked concurrently.
 */
public interface LambdaFunction {

  /**
   * Invokes the function once. Whatever is thrown counts as a failed invocation.
   *
   * @param event the event, JSON
   * @param requestId the invocation's id
   * @param timeout how long it may take; whoever overruns it by the clock counts as failed; nobody
   *     interrupts it
   */
  Result invoke(byte[] event, String requestId, Duration timeout);

  /** What came of an invocation. */
  sealed interface Result {

    /**
     * It returned.
     *
     * @param json what it returned; perhaps empty
     */
    record Returned(byte[] json) implements Result {}

    /** It ended in an error. */
    record Failed(String errorType, String message) implements Result {}
  }
}
