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

/** One call of the SDK to an {@link Answer}: never later than the deadline, never an exception. */
final class Calls {
  private static final int MAX_MESSAGE = 500;

  /** Longer than any that AWS gives. */
  private static final int MAX_REQUEST_ID = 100;

  private Calls() {}

  /** What the SDK is to be told with a request. */
  interface Limits extends Consumer<AwsRequestOverrideConfiguration.Builder> {}

  /**
   * Makes the call, its retries included, within the time that there is.
   *
   * @param what action and ids, for the message of a failure
   * @param most how long the call may take even where the deadline leaves more
   * @param deadline when to give up; where it has passed, there is no call
   * @param kindOf what an exception of the SDK means
   * @param call the call
   */
  static <T> Answer<T> make(
      String what,
      Duration most,
      Deadline deadline,
      Function<SdkException, FailureKind> kindOf,
      Function<Limits, T> call) {
    Duration left = deadline.remaining();
    // The SDK counts in whole milliseconds and takes none for "as long as you like".
    if (left.toMillis() == 0) {
      return outOfTime(what);
    }
    Duration timeout = left.compareTo(most) < 0 ? left : most;
    try {
      return new Answer.Got<>(call.apply(request -> request.apiCallTimeout(timeout)));
    } catch (SdkException e) {
      return new Answer.Failed<>(
          new Failure(kindOf.apply(e), Ec2Errors.codeOf(e), what + ": " + said(e)));
    } catch (AwsSettingsException e) {
      return failed(FailureKind.UNAVAILABLE, "aws-settings", what + ": " + e.getMessage());
    }
  }

  /** There was no time for the call. */
  static <T> Answer<T> outOfTime(String what) {
    return failed(FailureKind.OUT_OF_TIME, "out-of-time", what + ": no time was left for it");
  }

  /** A failure that no exception tells of. */
  static <T> Answer<T> failed(FailureKind kind, String code, String message) {
    return new Answer.Failed<>(new Failure(kind, code, message));
  }

  private static String said(SdkException e) {
    if (!(e instanceof AwsServiceException service)) {
      return "no answer came: " + cut(e.getMessage());
    }
    String message =
        Optional.ofNullable(service.awsErrorDetails())
            .flatMap(details -> Optional.ofNullable(details.errorMessage()))
            .orElse("");
    return "AWS said %s: %s (HTTP %d, request id %s)"
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
