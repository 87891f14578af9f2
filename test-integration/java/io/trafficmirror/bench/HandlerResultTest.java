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
    assertThat(result(growth(1.41, 1.9)).reached()).isFalse();
    assertThat(result(growth(1.39, 1.9)).reached()).isTrue();
  }

  @Test
  void aRecordThatGetsDearerWithTheFleetIsMissed() {
    assertThat(result(growth(1.1, 2.01)).reached()).isFalse();
    assertThat(result(growth(1.1, 1.99)).reached()).isTrue();
  }

  @Test
  void oneBusyMomentOfTheMachineIsNoGrowth() {
    Growth.Ratios ratios = new Growth.Ratios(List.of(9.0, 1.1, 1.3, 0.4, 1.2));
    assertThat(ratios.median()).isEqualTo(1.2);
    assertThat(ratios.at(0)).isEqualTo(0.4);
    assertThat(ratios.at(0.9)).isEqualTo(9.0);
  }

  @Test
  void aRecordThatAllocatesMoreInALargeBatchIsMissed() {
    Growth none = growth(1, 1);
    assertThat(new HandlerResult(rows(1_000, 4_000, 4_000, 1_101), none).reached()).isFalse();
    assertThat(new HandlerResult(rows(1_000, 4_000, 4_000, 1_099), none).reached()).isTrue();
  }

  private static Growth growth(double ofBatch, double ofFleet) {
    return new Growth(
        new Growth.Ratios(List.of(ofBatch + 1, 1.0, ofBatch)),
        new Growth.Ratios(List.of(ofFleet + 1, 1.0, ofFleet)));
  }

  private static HandlerResult result(Growth growth) {
    return new HandlerResult(rows(1_000, 4_000, 4_000, 1_000), growth);
  }

  private static org.assertj.core.data.Offset<Double> within(double distance) {
    return org.assertj.core.data.Offset.offset(distance);
  }

  private static HandlerResult result(double atOne, double atHundred, double atTenThousand) {
    return new HandlerResult(rows(atOne, atHundred, atTenThousand, 1_000), growth(1, 1));
  }

  private static List<HandlerResult.Row> rows(
      double atOne, double atHundred, double atTenThousand, double bytesAtTenThousand) {
    return List.of(
        new HandlerResult.Row(1, 1, atOne, 1, 1_000),
        new HandlerResult.Row(100, 100, atHundred, 1, 1_000),
        new HandlerResult.Row(10_000, 10_000, atTenThousand, 1, bytesAtTenThousand));
  }
}
