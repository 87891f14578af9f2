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
 * However consumers of the same pools come between each other: everybody is mirrored, and there are
 * as few targets as hold them. Each case is made of a seed; {@code -Dpools.interleavings=5000}
 * plays that many, {@code -Dpools.seed=...} begins with that one.
 */
@Concurrent
class PoolInterleavingsTest {

  /** EC2 does not document for how long it knows a client token; surely for longer than this. */
  private static final Duration FORGETFUL = Duration.ofSeconds(40);

  private static final int INTERLEAVINGS =
      Integer.getInteger("pools.interleavings", Effort.of(60, 2_000));

  private static final long FIRST_SEED =
      Optional.ofNullable(Long.getLong("pools.seed")).orElseGet(System::nanoTime);

  @Test
  void noInterleavingLaunchesOneTargetTooMany() {
    play(INTERLEAVINGS, seed -> new PoolInterleaving(seed).check());
  }

  /** Seeds that once found a fault. */
  @ParameterizedTest
  @ValueSource(longs = {17433273266886L})
  void aSourceThatAnotherConsumerHasMirroredCausesNoLaunch(long seed) {
    new PoolInterleaving(seed).check();
  }

  /** One that EC2 has forgotten may be launched twice; a target that is used stays all the same. */
  @Test
  void aForgottenLaunchCostsOneTargetAPoolAtMost() {
    play(Math.ceilDiv(INTERLEAVINGS, 4), seed -> new PoolInterleaving(seed, FORGETFUL).check(1));
  }

  /** Seeds in a row, two at a time where there are processors; all that fail are told. */
  private static void play(int count, LongConsumer interleaving) {
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

  // What one case fails with is told together with its seed, and the others are played as well.
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
