package io.trafficmirror.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;

/**
 * How EC2 said no.
 *
 * @param code EC2's error code
 * @param status the HTTP status
 * @param message the message, for people
 * @param requestId what AWS calls the request
 */
record Refusal(String code, int status, String message, String requestId) {

  /** The refusal of a call; fails the test where the call succeeds or fails in another way. */
  static Refusal of(ThrowingCallable call) {
    Throwable thrown = org.assertj.core.api.Assertions.catchThrowable(call);
    assertThat(thrown).as("EC2 refuses").isInstanceOf(Ec2Exception.class);
    return of((Ec2Exception) thrown);
  }

  /** What the call answers in words, or the error code with which it is refused. */
  static String answer(Supplier<String> call) {
    try {
      return call.get();
    } catch (Ec2Exception refused) {
      return of(refused).code();
    }
  }

  private static Refusal of(Ec2Exception refused) {
    return new Refusal(
        refused.awsErrorDetails().errorCode(),
        refused.statusCode(),
        refused.awsErrorDetails().errorMessage(),
        refused.requestId());
  }
}
