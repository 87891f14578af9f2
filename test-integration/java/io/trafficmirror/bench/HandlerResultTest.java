package io.trafficmirror.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HandlerResultTest {

  @Test
  void smallBatchesDoNotCountAndTheSlowestOfTheOthersDoes() {
    HandlerResult result = result(100_000, 10_000, 12_000);
    assertThat(result.recordsPerSecond()).isCloseTo(83_333, within(1));
    assertThat(result.reached()).isTrue();
  }

  @Test
  void lessThanFiftyThousandRecordsASecondIsMissed() {
    assertThat(result(1_000, 20_001, 20_001).reached()).isFalse();
  }

  @Test
  void aRecordThatGetsDearerWithTheBatchIsMissed() {
    assertThat(result(1_000, 4_000, 6_001).growth()).isGreaterThan(1.5);
    assertThat(result(1_000, 4_000, 6_001).reached()).isFalse();
    assertThat(result(1_000, 4_000, 5_999).reached()).isTrue();
  }

  private static org.assertj.core.data.Offset<Double> within(double distance) {
    return org.assertj.core.data.Offset.offset(distance);
  }

  private static HandlerResult result(double atOne, double atHundred, double atTenThousand) {
    return new HandlerResult(
        List.of(
            new HandlerResult.Row(1, 1, atOne, 1, 1),
            new HandlerResult.Row(100, 100, atHundred, 1, 1),
            new HandlerResult.Row(10_000, 10_000, atTenThousand, 1, 1)));
  }
}
