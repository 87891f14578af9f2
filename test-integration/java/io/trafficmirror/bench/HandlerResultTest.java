package io.trafficmirror.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HandlerResultTest {

  @Test
  void usesTheSlowestBatchOfAtLeastAHundredRecords() {
    HandlerResult result = result(100_000, 10_000, 12_000);
    assertThat(result.recordsPerSecond()).isCloseTo(83_333, within(1.0));
    assertThat(result.reached()).isTrue();
  }

  @Test
  void missesTheBoundBelowFiftyThousandRecordsPerSecond() {
    assertThat(result(1_000, 20_001, 20_001).reached()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "1.39, 1.99, 1099, true",
    "1.41, 1.99, 1099, false",
    "1.39, 2.01, 1099, false",
    "1.39, 1.99, 1101, false"
  })
  void limitsTheGrowthOfCostsAndAllocations(
      double ofBatch, double ofFleet, double bytes, boolean reached) {
    List<HandlerResult.Row> rows = rows(1_000, 4_000, 4_000, bytes);
    assertThat(new HandlerResult(rows, growth(ofBatch, ofFleet)).reached()).isEqualTo(reached);
  }

  @Test
  void ignoresASingleOutlierInTheGrowth() {
    Growth.Ratios ratios = new Growth.Ratios(List.of(9.0, 1.1, 1.3, 0.4, 1.2));
    assertThat(ratios.median()).isEqualTo(1.2);
    assertThat(ratios.at(0)).isEqualTo(0.4);
    assertThat(ratios.at(0.9)).isEqualTo(9.0);
  }

  private static Growth growth(double ofBatch, double ofFleet) {
    return new Growth(
        new Growth.Ratios(List.of(ofBatch + 1, 1.0, ofBatch)),
        new Growth.Ratios(List.of(ofFleet + 1, 1.0, ofFleet)));
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
