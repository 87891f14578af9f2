package io.trafficmirror.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {

  private static final Figure KEPT = Figure.atMost("backfill", "1,000: time", 199, "s", 190, 1.05);
  private static final Figure MISSED = Figure.atMost("backfill", "calls", 1.06, "", 1.05, 1);
  private static final Figure INFORMATIONAL = Figure.informational("steady", "time", 9.2, "s");

  @Test
  void isGoodIfAllBoundsAreKept() {
    assertThat(report(KEPT, INFORMATIONAL).isGood()).isTrue();
    assertThat(report(KEPT, MISSED).isGood()).isFalse();
    assertThat(report(Figure.atLeast("backfill", "coverage", 99.99, "%", 100)).isGood()).isFalse();
  }

  @Test
  void tableContainsUnitBoundAndRatio() {
    assertThat(report(KEPT, MISSED).table())
        .contains("| 199   | s    | <= 1.050 x 190 | 1.047 | yes  |")
        .contains("| 1.060 |      | <= 1.050       | 1.010 | NO   |");
  }

  @Test
  void jsonContainsLimitFactorAndRatio() {
    JsonObject json = JsonParser.parseString(report(KEPT).json()).getAsJsonObject();
    JsonObject figure = json.getAsJsonArray("figures").get(0).getAsJsonObject();
    assertThat(json.get("good").getAsBoolean()).isTrue();
    assertThat(figure.get("limit").getAsDouble()).isEqualTo(190);
    assertThat(figure.get("at_most").getAsDouble()).isEqualTo(1.05);
    assertThat(figure.get("ratio").getAsDouble()).isBetween(1.047, 1.048);
  }

  @Test
  void scalingDividesTheFigureOfTheLargestFleetByThatOfTheSmallest() {
    List<Figure> figures =
        List.of(
            Figure.informational("backfill", "100 alone: time to full coverage", 10, "s"),
            Figure.informational("backfill", "1,000 alone: time to full coverage", 190, "s"),
            Figure.informational("backfill", "10,000 alone: time to full coverage", 2_000, "s"),
            Figure.informational("steady", "a run over 100 that are mirrored: calls", 3, ""));
    assertThat(Scaling.of(figures))
        .containsExactly(
            Figure.informational(
                "scaling",
                "backfill, alone: time to full coverage, from 100 to 10,000",
                200,
                "times"));
  }

  private static Report report(Figure... figures) {
    return new Report("./bench", LocalDate.of(2026, 11, 24), List.of(figures));
  }
}
