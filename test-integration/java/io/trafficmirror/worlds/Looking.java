package io.trafficmirror.worlds;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.waiters.Waiter;
import software.amazon.awssdk.core.waiters.WaiterAcceptor;
import software.amazon.awssdk.core.waiters.WaiterOverrideConfiguration;
import software.amazon.awssdk.retries.api.BackoffStrategy;

/**
 * Looks again and again at a world that works by itself, with the SDK's own waiter.
 *
 * @param pause between two looks
 * @param looks the most looks at one thing
 */
record Looking(Duration pause, int looks) {

  /**
   * Three minutes, with which an emulator's first start of a function in a container is meant to be
   * done; whatever is there comes within a few seconds.
   */
  static final Looking AT_AN_EMULATOR = new Looking(Duration.ofMillis(500), 360);

  /** Whether it was seen in the end. */
  boolean until(BooleanSupplier seen) {
    Waiter<Boolean> waiter =
        Waiter.builder(Boolean.class)
            .addAcceptor(WaiterAcceptor.successOnResponseAcceptor(there -> there))
            .addAcceptor(WaiterAcceptor.retryOnResponseAcceptor(there -> true))
            .overrideConfiguration(
                WaiterOverrideConfiguration.builder()
                    .maxAttempts(looks)
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
