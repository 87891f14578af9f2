package io.trafficmirror.laws;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.harness.Concurrent;
import io.trafficmirror.harness.Effort;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * However the calls of concurrent consumers interleave, all instances are mirrored by the fewest
 * possible targets. A seed determines each case: {@code -Dpools.interleavings=5000} sets the number
 * of cases, {@code -Dpools.seed=...} the first seed.
 */
@Concurrent
class PoolInterleavingsTest {

  /** EC2 does not document how long a client token is valid, presumably longer than this. */
  private static final Duration SHORT_CLIENT_TOKEN_LIFE = Duration.ofSeconds(40);

  private static final int INTERLEAVINGS =
      Integer.getInteger("pools.interleavings", Effort.of(60, 2_000));

  private static final long FIRST_SEED =
      Optional.ofNullable(Long.getLong("pools.seed")).orElseGet(System::nanoTime);

  @Test
  void noInterleavingLaunchesASurplusTarget() {
    runAll(INTERLEAVINGS, seed -> new PoolInterleaving(seed).check());
  }

  /** Seeds that once found a defect. */
  @ParameterizedTest
  @ValueSource(longs = {17433273266886L})
  void launchesNothingForASourceThatAnotherConsumerHasMirrored(long seed) {
    new PoolInterleaving(seed).check();
  }

  /**
   * A launch may repeat once its client token has expired, and a target in use cannot be removed.
   */
  @Test
  void anExpiredClientTokenCostsAtMostOneTargetPerPool() {
    runAll(
        Math.ceilDiv(INTERLEAVINGS, 4),
        seed -> new PoolInterleaving(seed, SHORT_CLIENT_TOKEN_LIFE).check(1));
  }

  /** Runs the cases in parallel and reports the first failures. */
  private static void runAll(int count, LongConsumer interleaving) {
    List<String> failures =
        LongStream.concat(
                LongStream.of(FIRST_SEED), new SplittableRandom(FIRST_SEED).longs(count - 1))
            .parallel()
            .mapToObj(seed -> failureOf(seed, interleaving))
            .flatMap(Optional::stream)
            .toList();
    System.out.printf(
        "interleavings of pools: %d, from seed %d, %d failed%n",
        count, FIRST_SEED, failures.size());
    assertThat(failures.stream().limit(5)).as("%d of %d fail", failures.size(), count).isEmpty();
  }

  // Reports a failure with its seed, and continues with the other cases.
  @SuppressWarnings("CatchingUnchecked")
  private static Optional<String> failureOf(long seed, LongConsumer interleaving) {
    try {
      interleaving.accept(seed);
      return Optional.empty();
    } catch (RuntimeException | AssertionError failure) {
      return Optional.of("-Dpools.seed=%d: %s".formatted(seed, failure));
    }
  }
}
