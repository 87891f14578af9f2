package io.trafficmirror.aws;

import io.trafficmirror.port.Answer;
import io.trafficmirror.port.Deadline;
import io.trafficmirror.port.Failure;
import io.trafficmirror.port.FailureKind;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Makes one call through the SDK and converts the result to an {@link Answer}. Bounded by the
 * deadline; SDK exceptions become failures.
 */
final class Calls {
  private static final int MAX_MESSAGE = 500;

  /** Longer than any request id of AWS. */
  private static final int MAX_REQUEST_ID = 100;

  private Calls() {}

  /** Applies the call's limits to a request. */
  interface Limits extends Consumer<AwsRequestOverrideConfiguration.Builder> {}

  /**
   * Makes the call, its retries included, within the remaining time.
   *
   * @param what the action and its ids, for failure messages
   * @param most the maximum time of the call, even if the deadline allows more
   * @param deadline when the call must end; if it has passed, no call is made
   * @param kindOf maps an exception of the SDK to a kind of failure
   * @param call the call
   */
  static <T> Answer<T> make(
      String what,
      Duration most,
      Deadline deadline,
      Function<SdkException, FailureKind> kindOf,
      Function<Limits, T> call) {
    Duration left = deadline.remaining();
    // The SDK counts in whole milliseconds and treats zero as "no timeout".
    if (left.toMillis() == 0) {
      return outOfTime(what);
    }
    Duration timeout = left.compareTo(most) < 0 ? left : most;
    try {
      return new Answer.Got<>(call.apply(request -> request.apiCallTimeout(timeout)));
    } catch (SdkException e) {
      return new Answer.Failed<>(
          new Failure(kindOf.apply(e), Ec2Errors.codeOf(e), what + ": " + describe(e)));
    } catch (AwsSettingsException e) {
      return failed(FailureKind.UNAVAILABLE, "aws-settings", what + ": " + e.getMessage());
    }
  }

  /** The failure of a call for which no time is left. */
  static <T> Answer<T> outOfTime(String what) {
    return failed(FailureKind.OUT_OF_TIME, "out-of-time", what + ": no time left");
  }

  /** A failure without an exception. */
  static <T> Answer<T> failed(FailureKind kind, String code, String message) {
    return new Answer.Failed<>(new Failure(kind, code, message));
  }

  private static String describe(SdkException e) {
    if (!(e instanceof AwsServiceException service)) {
      return "no response: " + cut(e.getMessage());
    }
    String message =
        Optional.ofNullable(service.awsErrorDetails())
            .flatMap(details -> Optional.ofNullable(details.errorMessage()))
            .orElse("");
    return "AWS returned %s: %s (HTTP %d, request id %s)"
        .formatted(
            Ec2Errors.codeOf(e),
            cut(message),
            service.statusCode(),
            cut(Optional.ofNullable(service.requestId()).orElse("none"), MAX_REQUEST_ID));
  }

  private static String cut(@Nullable String message) {
    return cut(String.valueOf(message), MAX_MESSAGE);
  }

  private static String cut(String text, int max) {
    return text.length() <= max ? text : text.substring(0, max) + "…";
  }
}
