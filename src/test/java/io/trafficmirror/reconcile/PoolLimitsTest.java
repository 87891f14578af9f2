package io.trafficmirror.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.InstanceState;
import io.trafficmirror.mirror.PoolMember;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who makes a target of an instance and who removes it must never meet. */
class PoolLimitsTest {

  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

  @ParameterizedTest(name = "swept after {0} minutes: finished for {1}")
  @CsvSource({"10, 5", "15, 10", "24, 19", "25, 20", "60, 20", "10080, 20"})
  void anInstanceIsFinishedForTwentyMinutesUnlessItIsSweptSoonAfter(int sweptAfter, int minutes) {
    PoolLimits limits = sweptAfter(sweptAfter);
    assertThat(limits.finishFrom(NOW)).isEqualTo(NOW.minus(Duration.ofMinutes(minutes)));
    assertThat(limits.mayBeFinished(member(Duration.ofMinutes(minutes)), NOW)).isFalse();
    assertThat(limits.mayBeFinished(member(Duration.ofMinutes(minutes).minusMillis(1)), NOW))
        .isTrue();
  }

  /** What is seen may be half a minute old, and kept for a minute; clocks differ by seconds. */
  @ParameterizedTest
  @ValueSource(ints = {10, 15, 25, 60, 10_080})
  void fiveMinutesAtLeastLieBetweenFinishingAndEitherRemoval(int sweptAfter) {
    Instant youngestThatIsRemoved =
        NOW.minus(
            PoolLimits.HALF_MADE_AGE.compareTo(Duration.ofMinutes(sweptAfter)) < 0
                ? PoolLimits.HALF_MADE_AGE
                : Duration.ofMinutes(sweptAfter));
    assertThat(Duration.between(youngestThatIsRemoved, sweptAfter(sweptAfter).finishFrom(NOW)))
        .isGreaterThanOrEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void withoutASweepAnInstanceIsFinishedAtAnyAge() {
    assertThat(sweptAfter(0).mayBeFinished(member(Duration.ofDays(400)), NOW)).isTrue();
  }

  private static PoolLimits sweptAfter(int minutes) {
    return new PoolLimits(5, Duration.ofMinutes(minutes), 10, Set.of());
  }

  private static PoolMember member(Duration age) {
    return new PoolMember(
        new InstanceId("i-1"),
        InstanceState.RUNNING,
        "t3.micro",
        "pool",
        Optional.empty(),
        Optional.empty(),
        Optional.of(NOW.minus(age)));
  }
}
