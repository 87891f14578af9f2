package io.trafficmirror.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ColdStartReportTest {

  private static final List<StartSample> BARE = List.of(sample(1_000), sample(900), sample(9_000));

  @Test
  void computesTheMedianOfOddAndEvenCounts() {
    assertThat(StartSample.median(BARE, StartSample::initMillis)).isEqualTo(1_000);
    assertThat(
            StartSample.median(
                List.of(sample(4), sample(1), sample(2), sample(9)), StartSample::initMillis))
        .isEqualTo(3);
  }

  @Test
  void requiresAtMostAQuarterMoreTimeThanTheBareHandlerAndLessThan300Megabytes() {
    assertThat(report(1_275, 299).ratio()).isEqualTo(1.25);
    assertThat(report(1_275, 299).isReached()).isTrue();
    assertThat(report(1_276, 299).isReached()).isFalse();
    assertThat(report(1_275, 300).isReached()).isFalse();
    assertThat(report(1_276, 299).text()).contains("Missed");
  }

  @Test
  void jsonContainsTheMediansAndWhetherTheBoundsAreReached() {
    JsonObject json = JsonParser.parseString(report(1_000, 200).json()).getAsJsonObject();
    assertThat(json.get("runs").getAsInt()).isEqualTo(3);
    assertThat(json.getAsJsonObject("bare").get("total_ms").getAsDouble()).isEqualTo(1_100);
    assertThat(json.get("ratio").getAsDouble()).isEqualTo(1);
    assertThat(json.get("large_batch_peak_memory_mb").getAsDouble()).isEqualTo(200);
    assertThat(json.get("reached").getAsBoolean()).isTrue();
  }

  private static ColdStartReport report(double initMillis, double largeMegabytes) {
    List<StartSample> product = List.of(sample(1), sample(initMillis), sample(99_000));
    return new ColdStartReport(
        product, BARE, List.of(sample(1)), new StartSample(1, 1, 1, largeMegabytes));
  }

  private static StartSample sample(double initMillis) {
    return new StartSample(initMillis, 100, 1, 1);
  }
}
