package io.trafficmirror.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.trafficmirror.harness.Discrepancies;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@link SoakResult}, {@link SoakReport}, {@link Histogram} and the limits of {@link SoakOptions}.
 */
final class SoakResultTest {

  @ParameterizedTest
  @CsvSource({
    "flat, flat, true",
    "growing at first, flat, true",
    "growing, flat, false",
    "flat, growing, false",
    "flat, 200 more at last, true",
    "flat, 210 more at last, false",
    "200 more at last, flat, false"
  })
  void comparesTheMemoryOfTheLastAndTheMiddleThird(String heap, String held, boolean isGood) {
    assertThat(result(60, Discrepancies.none(), heap, held).isGood()).isEqualTo(isGood);
  }

  @Test
  void aShortSoakReportsThatItDoesNotCheckMemory() {
    SoakResult brief = result(5, Discrepancies.none(), "growing", "growing");
    assertThat(brief.isGood()).isTrue();
    assertThat(report(brief).text()).contains("not checked");
  }

  @Test
  void reportsGrowthAsTextAndAsJson() {
    SoakReport report = report(result(60, Discrepancies.none(), "flat", "growing"));
    assertThat(report.text()).contains("GROWS", "some.Class");
    JsonObject json = JsonParser.parseString(report.json()).getAsJsonObject();
    assertThat(json.get("good").getAsBoolean()).isFalse();
    assertThat(json.get("right").getAsBoolean()).isTrue();
    assertThat(json.get("memory").getAsJsonArray()).hasSize(60);
  }

  @Test
  void anyFindingIsIncorrectAndReported() {
    List<String> one = List.of("a finding");
    List<String> none = List.of();
    for (Discrepancies findings :
        List.of(
            new Discrepancies(one, none, none),
            new Discrepancies(none, one, none),
            new Discrepancies(none, none, one))) {
      SoakResult result = result(60, findings, "flat", "flat");
      assertThat(result.isGood()).isFalse();
      assertThat(report(result).text()).contains("INCORRECT", "a finding");
    }
  }

  @Test
  void aCallThatEmbeddedAwsDoesNotSupportIsIncorrect() {
    Figures figures = new Figures(Map.of(), List.of("ec2: no such action"), List.of());
    assertThat(
            new SoakResult(
                    SoakOptions.of(5, 1), Duration.ZERO, Discrepancies.none(), figures, List.of())
                .isGood())
        .isFalse();
  }

  @Test
  void parsesTheClassesOfTheProductFromAHistogram() {
    String text =
        """
         num     #instances         #bytes  class name (module)
        -------------------------------------------------------
           1:           300          30000  [B (java.base@21)
           2:            10            400  io.trafficmirror.reconcile.Round
           3:             2             64  [Lio.trafficmirror.mirror.Reason;
           4:             5            500  io.trafficmirror.embedded.ec2.Instance
        Total            317          30964
        """;
    assertThat(Histogram.read(text))
        .isEqualTo(
            Map.of(
                "io.trafficmirror.reconcile.Round",
                400L,
                "[Lio.trafficmirror.mirror.Reason;",
                64L));
    assertThat(Histogram.total(text)).isEqualTo(30_964);
    assertThat(Histogram.take().heapBytes()).isGreaterThan(1_000_000);
  }

  @Test
  void rejectsLessThanThreeMinutes() {
    assertThatThrownBy(() -> SoakOptions.of(2, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 minutes or more");
  }

  private static long figure(String series, long minute) {
    return switch (series) {
      case "flat" -> 1_000_000 + minute % 3;
      case "growing" -> 1_000_000 + 10_000 * minute;
      case "growing at first" -> minute < 20 ? 50_000 * minute : 1_000_000;
      case "200 more at last" -> minute < 40 ? 3_000 : 3_200;
      case "210 more at last" -> minute < 40 ? 3_000 : 3_210;
      default -> throw new IllegalArgumentException(series);
    };
  }

  private static SoakReport report(SoakResult result) {
    return new SoakReport("./bench soak", LocalDate.of(2026, 11, 24), result);
  }

  private static SoakResult result(int minutes, Discrepancies findings, String heap, String held) {
    List<Sample> samples =
        LongStream.range(0, 60)
            .mapToObj(
                minute ->
                    new Sample(
                        Duration.ofMinutes(minute),
                        figure(heap, minute),
                        1,
                        figure(held, minute),
                        1,
                        10,
                        0,
                        30,
                        100,
                        30))
            .toList();
    Figures figures =
        new Figures(Map.of("instances launched", 1L), List.of(), List.of("some.Class +10 bytes"));
    return new SoakResult(
        SoakOptions.of(minutes, 1), Duration.ofSeconds(90), findings, figures, samples);
  }
}
