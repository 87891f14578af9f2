package io.trafficmirror.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.InstanceState;
import io.trafficmirror.mirror.PoolInventory;
import io.trafficmirror.mirror.PoolMember;
import io.trafficmirror.reconcile.Limits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that no instance can both get a target and be removed by a sweep. */
class PoolLimitsTest {

  private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

  @ParameterizedTest(name = "swept after {0}: may get a target for {1}")
  @CsvSource({"PT10M, PT5M", "PT15M, PT7M30S", "PT25M, PT12M30S", "PT1H, PT30M", "PT168H, PT84H"})
  void anInstanceMayGetATargetForHalfTheSweepAge(Duration sweptAfter, Duration completedFor) {
    PoolLimits limits = sweptAfter(sweptAfter);
    assertThat(limits.completionCutoff(NOW)).isEqualTo(NOW.minus(completedFor));
    assertThat(limits.mayBeCompleted(member(completedFor), NOW)).isFalse();
    assertThat(limits.mayBeCompleted(member(completedFor.minusMillis(1)), NOW)).isTrue();
  }

  /**
   * An observation may be half a minute old and cached for a minute, and clocks may differ by
   * seconds.
   */
  @ParameterizedTest
  @ValueSource(ints = {10, 11, 15, 25, 60, 10_080})
  void leavesFiveMinutesBetweenLastCompletionAndRemoval(int minutes) {
    Duration sweptAfter = Duration.ofMinutes(minutes);
    assertThat(
            Duration.between(NOW.minus(sweptAfter), sweptAfter(sweptAfter).completionCutoff(NOW)))
        .isGreaterThanOrEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void hasNoAgeLimitForCompletionWithoutSweeps() {
    assertThat(sweptAfter(Duration.ZERO).sweeps()).isFalse();
    assertThat(sweptAfter(Duration.ZERO).mayBeCompleted(member(Duration.ofDays(400)), NOW))
        .isTrue();
  }

  @Test
  void anInstanceWithAnUnknownLaunchTimeMayGetATarget() {
    PoolMember member =
        new PoolMember(
            new InstanceId("i-1"),
            InstanceState.RUNNING,
            "t3.micro",
            "pool",
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    assertThat(sweptAfter(Duration.ofHours(1)).mayBeCompleted(member, NOW)).isTrue();
  }

  /** One invocation observes a pool for longer than reads may be stale. */
  @Test
  void theLastObservationOfAnInvocationFindsASettledPool() {
    Duration pauses =
        Stream.of(Limits.defaults().observeAgain(), PoolLimits.OBSERVE_AGAIN)
            .flatMap(List::stream)
            .reduce(Duration.ZERO, Duration::plus);
    assertThat(pauses).isGreaterThan(PoolInventory.SETTLING_TIME);
    assertThat(PoolLimits.REFUSED_TARGET_AGE).isGreaterThan(PoolInventory.SETTLING_TIME);
    assertThat(PoolLimits.MAX_READ_AGE).isLessThan(PoolLimits.OBSERVE_AGAIN.getFirst());
  }

  private static PoolLimits sweptAfter(Duration age) {
    return new PoolLimits(5, age, 10, Set.of());
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
