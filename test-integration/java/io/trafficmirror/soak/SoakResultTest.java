package io.trafficmirror.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.trafficmirror.harness.Findings;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class SoakResultTest {

  @Test
  void memoryThatFillsUpInTheFirstThirdOnlyIsFlat() {
    assertThat(result(60, Findings.none(), SoakResultTest::flat, SoakResultTest::flat).isGood())
        .isTrue();
    assertThat(
            result(60, Findings.none(), SoakResultTest::fillingUpAtFirst, SoakResultTest::flat)
                .isGood())
        .isTrue();
  }

  @Test
  void memoryThatGoesOnGrowingIsNotFlatWhoseverItIs() {
    assertThat(result(60, Findings.none(), SoakResultTest::growing, SoakResultTest::flat).isGood())
        .isFalse();
    assertThat(result(60, Findings.none(), SoakResultTest::flat, SoakResultTest::growing).isGood())
        .isFalse();
    assertThat(text(result(60, Findings.none(), SoakResultTest::flat, SoakResultTest::growing)))
        .contains("GROWS", "some.Class");
  }

  @Test
  void someObjectsMoreAreNoGrowthAndMoreAreOne() {
    assertThat(result(60, Findings.none(), SoakResultTest::flat, small(200)).isGood()).isTrue();
    assertThat(result(60, Findings.none(), SoakResultTest::flat, small(210)).isGood()).isFalse();
    assertThat(result(60, Findings.none(), small(200), SoakResultTest::flat).isGood())
        .as("the heap has no slack")
        .isFalse();
  }

  /** Figures that are higher in the last third. */
  private static LongUnaryOperator small(long by) {
    return minute -> minute < 40 ? 3_000 : 3_000 + by;
  }

  @Test
  void theShortFormDoesNotJudgeMemoryAndSaysSo() {
    SoakResult brief = result(5, Findings.none(), SoakResultTest::growing, SoakResultTest::growing);
    assertThat(brief.isGood()).isTrue();
    assertThat(text(brief)).contains("not judged");
  }

  @Test
  void anythingLostDoubledOrWrongIsNotRight() {
    List<String> one = List.of("one of them");
    for (Findings findings :
        List.of(
            new Findings(one, List.of(), List.of()),
            new Findings(List.of(), one, List.of()),
            new Findings(List.of(), List.of(), one))) {
      SoakResult result = result(60, findings, SoakResultTest::flat, SoakResultTest::flat);
      assertThat(result.isGood()).isFalse();
      assertThat(text(result)).contains("NOT RIGHT", "one of them");
    }
  }

  @Test
  void aCallThatEmbeddedAwsDoesNotHaveIsNotRight() {
    Figures figures = new Figures(Map.of(), List.of("ec2: no such action"), List.of());
    SoakResult result =
        new SoakResult(SoakOptions.of(5, 1), Duration.ZERO, Findings.none(), figures, List.of());
    assertThat(result.isGood()).isFalse();
  }

  @Test
  void theJsonSaysTheSame() {
    String json =
        report(result(60, Findings.none(), SoakResultTest::flat, SoakResultTest::growing)).json();
    JsonObject read = JsonParser.parseString(json).getAsJsonObject();
    assertThat(read.get("good").getAsBoolean()).isFalse();
    assertThat(read.get("right").getAsBoolean()).isTrue();
    assertThat(read.get("memory").getAsJsonArray()).hasSize(60);
  }

  @Test
  void theProductsClassesAreReadFromTheHistogram() {
    String text =
        """
         num     #instances         #bytes  class name (module)
        -------------------------------------------------------
           1:           300          30000  [B (java.base@21)
           2:            10            400  io.trafficmirror.reconcile.Look
           3:             2             64  [Lio.trafficmirror.mirror.Reason;
           4:             5            500  io.trafficmirror.embedded.ec2.Instance
        Total            317          30964
        """;
    assertThat(Histogram.read(text))
        .isEqualTo(
            Map.of(
                "io.trafficmirror.reconcile.Look", 400L, "[Lio.trafficmirror.mirror.Reason;", 64L));
    assertThat(Histogram.total(text)).isEqualTo(30_964);
    assertThat(Histogram.take().heapBytes()).isGreaterThan(1_000_000);
  }

  @Test
  void tooShortASoakIsRefused() {
    assertThatThrownBy(() -> SoakOptions.of(2, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 minutes or more");
  }

  private static long flat(long minute) {
    return 1_000_000 + minute % 3;
  }

  private static long growing(long minute) {
    return 1_000_000 + 10_000 * minute;
  }

  private static long fillingUpAtFirst(long minute) {
    return minute < 20 ? 50_000 * minute : 1_000_000;
  }

  private static String text(SoakResult result) {
    return report(result).text();
  }

  private static SoakReport report(SoakResult result) {
    return new SoakReport("./bench soak", LocalDate.of(2026, 11, 24), result);
  }

  private static SoakResult result(
      int minutes, Findings findings, LongUnaryOperator heap, LongUnaryOperator held) {
    List<Sample> samples =
        LongStream.range(0, 60).mapToObj(minute -> sample(minute, heap, held)).toList();
    Figures figures =
        new Figures(Map.of("instances launched", 1L), List.of(), List.of("some.Class +10 bytes"));
    return new SoakResult(
        SoakOptions.of(minutes, 1), Duration.ofSeconds(90), findings, figures, samples);
  }

  private static Sample sample(long minute, LongUnaryOperator heap, LongUnaryOperator held) {
    return new Sample(
        Duration.ofMinutes(minute),
        heap.applyAsLong(minute),
        1,
        held.applyAsLong(minute),
        1,
        10,
        0,
        30,
        100,
        30);
  }
}
