package io.trafficmirror.contract;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.waiters.Waiter;
import software.amazon.awssdk.core.waiters.WaiterAcceptor;
import software.amazon.awssdk.core.waiters.WaiterOverrideConfiguration;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.waiters.Ec2Waiter;

/**
 * Polls AWS with the SDK's waiters, because instances take time to change state and reads lag
 * behind writes.
 *
 * @param pause the pause between two attempts
 * @param attempts the maximum number of attempts
 */
record Polling(Duration pause, int attempts) {

  /** Ten minutes, which is more than any state change of an instance takes. */
  static final Polling FOR_AWS = new Polling(Duration.ofSeconds(5), 120);

  /** Waits until all instances are running, stopped or terminated. */
  void awaitState(Ec2Client ec2, List<String> ids, InstanceStateName state) {
    try (Ec2Waiter waiter =
        Ec2Waiter.builder().client(ec2).overrideConfiguration(configuration(attempts)).build()) {
      switch (state) {
        case RUNNING -> waiter.waitUntilInstanceRunning(request -> request.instanceIds(ids));
        case STOPPED -> waiter.waitUntilInstanceStopped(request -> request.instanceIds(ids));
        case TERMINATED -> waiter.waitUntilInstanceTerminated(request -> request.instanceIds(ids));
        case PENDING, SHUTTING_DOWN, STOPPING, UNKNOWN_TO_SDK_VERSION ->
            throw new IllegalArgumentException("cannot wait for " + state);
      }
    }
  }

  /**
   * Repeats a read until the result is as expected, for about a minute; returns the last result.
   */
  <T> T eventually(Supplier<T> read, Predicate<T> expected) {
    List<T> last = new ArrayList<>();
    Waiter<Boolean> waiter =
        Waiter.builder(Boolean.class)
            .addAcceptor(WaiterAcceptor.successOnResponseAcceptor(seen -> seen))
            .addAcceptor(WaiterAcceptor.retryOnResponseAcceptor(seen -> true))
            .addAcceptor(WaiterAcceptor.retryOnExceptionAcceptor(Polling::mayAppearYet))
            .overrideConfiguration(configuration(Math.max(1, attempts / 10)))
            .build();
    try {
      waiter.run(
          () -> {
            last.clear();
            last.add(read.get());
            return expected.test(last.getFirst());
          });
    } catch (SdkClientException exhausted) {
      PlainLog.debug("gave up waiting: " + exhausted.getMessage());
    }
    return last.isEmpty() ? read.get() : last.getFirst();
  }

  private static boolean mayAppearYet(Throwable refused) {
    return refused instanceof Ec2Exception answer
        && answer.awsErrorDetails().errorCode().endsWith("NotFound");
  }

  private WaiterOverrideConfiguration configuration(int attempts) {
    return WaiterOverrideConfiguration.builder()
        .maxAttempts(attempts)
        .backoffStrategyV2(BackoffStrategy.fixedDelayWithoutJitter(pause))
        .build();
  }
}
