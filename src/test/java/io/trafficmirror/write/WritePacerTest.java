package io.trafficmirror.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.harness.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WritePacerTest {

  private static final double DOCUMENTED = ApiBucket.CREATE_SESSION.refillPerSecond();
  private static final int MANY = 1_000_000;

  private final VirtualTime time = new VirtualTime();
  private final WritePacer pacer = new WritePacer(time, ApiBucket.CREATE_SESSION);

  @Test
  void hasNoLimitBeforeTheFirstThrottle() {
    for (int i = 0; i < 1_000; i++) {
      assertThat(pacer.untilNextStart()).isZero();
      pacer.recordStart();
    }
  }

  @Test
  void pausesBrieflyAfterTheFirstThrottleThenUsesTheDocumentedRate() {
    pacer.recordThrottle(time.now());
    assertThat(pacer.untilNextStart()).isEqualTo(Duration.ofMillis(700));
    assertThat(startedWithin(Duration.ofMillis(1_900))).isEqualTo(7);
  }

  @Test
  void pausesLongerAndHalvesTheRateIfNoWriteWasServed() {
    pacer.recordThrottle(time.now());
    time.sleep(Duration.ofSeconds(1));
    pacer.recordThrottle(time.now());
    assertThat(pacer.ratePerSecond()).isEqualTo(DOCUMENTED / 2);
    assertThat(pacer.untilNextStart()).isEqualTo(WritePacer.PAUSE.plusMillis(400));
  }

  @Test
  void accumulatesTokensWhileThereIsNothingToWrite() {
    pacer.recordThrottle(time.now());
    time.sleep(WritePacer.FIRST_PAUSE.plusSeconds(3));
    int atOnce = 0;
    while (pacer.untilNextStart().isZero()) {
      pacer.recordStart();
      atOnce++;
    }
    assertThat(atOnce).isEqualTo((int) (3 * DOCUMENTED));
  }

  @Test
  void forgetsTheRateAfterAMinuteWithoutAWrite() {
    pacer.recordThrottle(time.now());
    time.sleep(pacer.untilNextStart());
    pacer.recordStart();
    time.sleep(WritePacer.FORGET_AFTER.plusSeconds(1));
    assertThat(pacer.untilNextStart()).isZero();
    assertThat(pacer.ratePerSecond()).isInfinite();
  }

  @Test
  void keepsTheRateWithinItsBounds() {
    for (int i = 0; i < 100; i++) {
      time.sleep(Duration.ofMillis(1));
      pacer.recordThrottle(time.now());
    }
    assertThat(pacer.ratePerSecond()).isEqualTo(WritePacer.MIN_RATE_PER_SECOND);
    startedWithin(Duration.ofMinutes(20));
    assertThat(pacer.ratePerSecond()).isEqualTo(WritePacer.MAX_RATE_PER_SECOND);
  }

  @Test
  void ignoresThrottlesOfWritesInFlightAtTheLastCut() {
    Instant before = time.now();
    time.sleep(Duration.ofMillis(100));
    pacer.recordThrottle(before);
    double rate = pacer.ratePerSecond();
    pacer.recordThrottle(before);
    pacer.recordThrottle(before);
    assertThat(pacer.ratePerSecond()).isEqualTo(rate);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void aSingleConsumerUsesTheFullRateWithFewThrottles(long seed) {
    SharedRate ec2 = new SharedRate(seed, DOCUMENTED);
    Instant start = ec2.now();
    ec2.consumer(MANY);
    ec2.run(Duration.ofMinutes(20));
    assertThat(ec2.accepted()).isGreaterThan((int) (0.99 * (50 + 1_200 * DOCUMENTED)));
    assertThat(ec2.throttledShare(start, ec2.now())).isLessThan(0.015);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void usesTheRateThatANeighbourLeaves(long seed) {
    SharedRate ec2 = new SharedRate(seed, DOCUMENTED);
    ec2.neighbour(0.5);
    Instant start = ec2.now();
    ec2.consumer(MANY);
    ec2.run(Duration.ofMinutes(20));
    assertThat(ec2.accepted()).isGreaterThan((int) (0.97 * (50 + 1_200 * DOCUMENTED / 2)));
    assertThat(ec2.throttledShare(start, ec2.now())).isLessThan(0.035);
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 11, 30})
  void independentConsumersShareTheFullRateWithoutStarvation(int consumers) {
    SharedRate ec2 = new SharedRate(consumers, DOCUMENTED);
    List<SharedRate.Consumer> all =
        IntStream.range(0, consumers).mapToObj(i -> ec2.consumer(MANY)).toList();
    ec2.run(Duration.ofMinutes(10));
    assertThat(ec2.accepted()).isGreaterThan((int) (0.97 * (50 + 600 * DOCUMENTED)));
    assertThat(all).allSatisfy(one -> assertThat(one.done()).isGreaterThan(3_000 / consumers / 10));
  }

  @ParameterizedTest
  @CsvSource({"0.5, 1", "0.5, 2", "0.5, 3", "0.9, 1", "0.9, 2", "0.9, 3"})
  void slowsDownWithinSecondsWhenANeighbourStarts(double share, long seed) {
    SharedRate ec2 = new SharedRate(seed, DOCUMENTED);
    SharedRate.Consumer consumer = ec2.consumer(MANY);
    ec2.run(Duration.ofSeconds(200 + seed * 7));
    ec2.neighbour(share);
    Instant change = ec2.now();
    ec2.run(Duration.ofMinutes(2));
    double left = DOCUMENTED * (1 - share);
    assertThat(ec2.acceptedPerSecond(change.plusSeconds(20), ec2.now()))
        .as("the remaining rate is used")
        .isGreaterThan(0.8 * left);
    assertThat(ec2.throttledPerSecond(change.plusSeconds(10), ec2.now()))
        .as("few throttles from ten seconds later on")
        .isLessThan(0.25);
    assertThat(consumer.ratePerSecond()).isLessThan(3 * left);
  }

  @ParameterizedTest
  @CsvSource({"0.5, 30", "0.75, 30", "0.9, 30"})
  void speedsUpWithinSecondsWhenANeighbourStops(double share, int seconds) {
    for (long seed = 1; seed <= 5; seed++) {
      SharedRate ec2 = new SharedRate(seed, DOCUMENTED);
      ec2.neighbour(share);
      ec2.consumer(MANY);
      ec2.run(Duration.ofSeconds(200 + seed * 7));
      ec2.neighbour(0);
      Instant change = ec2.now();
      ec2.run(Duration.ofSeconds(seconds));
      assertThat(
              IntStream.rangeClosed(0, seconds - 5)
                  .mapToDouble(
                      s -> ec2.acceptedPerSecond(change.plusSeconds(s), change.plusSeconds(s + 5)))
                  .max()
                  .orElseThrow())
          .as("highest accepted rate in any five seconds; seed " + seed)
          .isGreaterThan(0.9 * DOCUMENTED);
    }
  }

  @Test
  void aSingleWriteDuringABackfillFinishesWithinFourSeconds() {
    SharedRate ec2 = new SharedRate(1, DOCUMENTED);
    ec2.consumer(MANY);
    ec2.run(Duration.ofMinutes(2));
    for (int i = 0; i < 100; i++) {
      SharedRate.Consumer single = ec2.consumer(1);
      ec2.run(Duration.ofSeconds(4));
      assertThat(single.done()).as("write " + i + " within four seconds").isEqualTo(1);
      ec2.run(Duration.ofMillis(3_300));
    }
  }

  private int startedWithin(Duration duration) {
    Instant end = time.now().plus(duration);
    int started = 0;
    while (true) {
      Duration wait = pacer.untilNextStart();
      if (time.now().plus(wait).isAfter(end)) {
        return started;
      }
      time.sleep(wait);
      pacer.recordStart();
      started++;
    }
  }
}
