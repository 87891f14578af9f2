package io.trafficmirror.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;

/**
 * An error that EC2 returned.
 *
 * @param code EC2's error code
 * @param status the HTTP status
 * @param message the error message
 * @param requestId the id of the request
 */
record Ec2Error(String code, int status, String message, String requestId) {

  /** The error of a call; fails the test if the call succeeds or fails in another way. */
  static Ec2Error of(ThrowingCallable call) {
    Throwable thrown = org.assertj.core.api.Assertions.catchThrowable(call);
    assertThat(thrown).as("EC2 returns an error").isInstanceOf(Ec2Exception.class);
    return of((Ec2Exception) thrown);
  }

  /** The result of the call, or its error code if EC2 returns an error. */
  static String answer(Supplier<String> call) {
    try {
      return call.get();
    } catch (Ec2Exception refused) {
      return of(refused).code();
    }
  }

  private static Ec2Error of(Ec2Exception refused) {
    return new Ec2Error(
        refused.awsErrorDetails().errorCode(),
        refused.statusCode(),
        refused.awsErrorDetails().errorMessage(),
        refused.requestId());
  }
}
