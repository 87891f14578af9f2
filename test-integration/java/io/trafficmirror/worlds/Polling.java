package io.trafficmirror.worlds;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.waiters.Waiter;
import software.amazon.awssdk.core.waiters.WaiterAcceptor;
import software.amazon.awssdk.core.waiters.WaiterOverrideConfiguration;
import software.amazon.awssdk.retries.api.BackoffStrategy;

/**
 * Polls a world that works in the background, with the SDK's waiter.
 *
 * @param pause the pause between two attempts
 * @param attempts the maximum number of attempts
 */
record Polling(Duration pause, int attempts) {

  /**
   * Three minutes, enough for an emulator to start a function in a container for the first time;
   * other results take a few seconds.
   */
  static final Polling FOR_EMULATOR = new Polling(Duration.ofMillis(500), 360);

  /** Whether the condition held within the attempts. */
  boolean waitUntil(BooleanSupplier seen) {
    Waiter<Boolean> waiter =
        Waiter.builder(Boolean.class)
            .addAcceptor(WaiterAcceptor.successOnResponseAcceptor(there -> there))
            .addAcceptor(WaiterAcceptor.retryOnResponseAcceptor(there -> true))
            .overrideConfiguration(
                WaiterOverrideConfiguration.builder()
                    .maxAttempts(attempts)
                    .backoffStrategyV2(BackoffStrategy.fixedDelayWithoutJitter(pause))
                    .build())
            .build();
    try {
      waiter.run(seen::getAsBoolean);
      return true;
    } catch (SdkClientException exhausted) {
      return false;
    }
  }
}
