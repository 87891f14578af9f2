package io.trafficmirror.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WritePacerTest {

  private final VirtualTime time = new VirtualTime();
  private final WritePacer pacer = new WritePacer(time);

  @Test
  void nothingIsHeldBackBeforeTheFirstThrottle() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(pacer.untilNextStart()).isZero();
      pacer.started();
    }
  }

  @Test
  void afterAThrottleWritesStartAtNineTenthsOfTheDocumentedRate() {
    pacer.throttled(time.now());
    assertThat(pacer.ratePerSecond()).isEqualTo(4.5);
    assertThat(pacer.untilNextStart()).isEqualTo(Duration.ofNanos(222_222_222));
  }

  @Test
  void theRateIsBackAtTheCeilingAfterTheRecoveryAndGrowsBeyondIt() {
    pacer.throttled(time.now());
    time.sleep(WritePacer.RECOVERY);
    assertThat(pacer.ratePerSecond()).isEqualTo(5.0);
    time.sleep(WritePacer.RECOVERY.multipliedBy(3));
    assertThat(pacer.ratePerSecond()).isGreaterThan(15.0);
  }

  @Test
  void theRateNeverPassesItsBounds() {
    for (int i = 0; i < 100; i++) {
      time.sleep(Duration.ofMillis(1));
      pacer.throttled(time.now());
    }
    assertThat(pacer.ratePerSecond()).isEqualTo(WritePacer.MIN_RATE_PER_SECOND);
    time.sleep(Duration.ofDays(1));
    assertThat(pacer.ratePerSecond()).isEqualTo(WritePacer.MAX_RATE_PER_SECOND);
  }

  @Test
  void writesThatWereUnderWayWhenTheRateWasCutDoNotCutItAgain() {
    Instant before = time.now();
    time.sleep(Duration.ofMillis(100));
    pacer.throttled(before);
    double rate = pacer.ratePerSecond();
    pacer.throttled(before);
    pacer.throttled(before);
    assertThat(pacer.ratePerSecond()).isEqualTo(rate);
  }

  @Test
  void aThrottleSoonAfterTheLastOneCutsHarder() {
    pacer.throttled(time.now());
    time.sleep(Duration.ofSeconds(1));
    double soon = pacer.ratePerSecond();
    pacer.throttled(time.now());
    assertThat(pacer.ratePerSecond()).isLessThan(0.65 * soon);
  }

  @Test
  void startsAreSpacedByTheRate() {
    pacer.throttled(time.now());
    int started = 0;
    Instant end = time.now().plusSeconds(10);
    while (time.now().isBefore(end)) {
      time.sleep(pacer.untilNextStart());
      pacer.started();
      started++;
    }
    assertThat(started).isBetween(45, 51);
  }

  @Test
  void itFindsTheRateThatEc2GivesAndWastesFewCalls() {
    int taken = 0;
    int refused = 0;
    double tokens = 50;
    Instant last = time.now();
    Instant end = time.now().plusSeconds(600);
    while (time.now().isBefore(end)) {
      time.sleep(pacer.untilNextStart());
      tokens = Math.min(50, tokens + 5.0 * Duration.between(last, time.now()).toNanos() / 1e9);
      last = time.now();
      pacer.started();
      Instant startedAt = time.now();
      time.sleep(Duration.ofMillis(20));
      if (tokens >= 1) {
        tokens -= 1;
        taken++;
      } else {
        refused++;
        pacer.throttled(startedAt);
      }
    }
    assertThat(taken).isGreaterThan((int) (0.95 * (50 + 600 * 5)));
    assertThat(refused).isLessThan((int) (0.03 * taken));
  }
}
