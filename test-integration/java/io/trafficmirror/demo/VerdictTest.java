package io.trafficmirror.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.demo.Expectation.Mirrored;
import io.trafficmirror.demo.Expectation.None;
import io.trafficmirror.demo.Verdict.ActualSession;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class VerdictTest {
  private static final ActualSession SESSION_ONE =
      new ActualSession("tms-1", "eni-1", "tmt-1", "tmf-1");
  private static final ActualSession SESSION_TWO =
      new ActualSession("tms-2", "eni-2", "tmt-2", "tmf-1");

  private final Expectation expectation =
      new Expectation(
          new LinkedHashMap<>(
              Map.of(
                  "i-1", new Mirrored("tags[0]", "eni-1", "tmt-1", "tmf-1"),
                  "i-2", new Mirrored("vpcs[0]", "eni-2", "tmt-2", "tmf-1"),
                  "i-3", new None("not-running"))),
          Map.of("tags[0]", 1, "vpcs[0]", 1));

  @Test
  void isGoodIfEveryInstanceHasItsSession() {
    Verdict verdict = Verdict.of(expectation, List.of(SESSION_ONE, SESSION_TWO));

    assertThat(verdict.isGood()).isTrue();
    assertThat(verdict.mirrored()).isEqualTo(2);
    assertThat(verdict.byEntry()).isEqualTo(Map.of("tags[0]", 1, "vpcs[0]", 1));
    assertThat(verdict.complaints()).isEmpty();
  }

  @Test
  void countsAnInstanceWithoutItsSessionAsMissed() {
    Verdict verdict = Verdict.of(expectation, List.of(SESSION_ONE));

    assertThat(verdict.missed()).isEqualTo(1);
    assertThat(verdict.complaints()).containsExactly("missed: i-2 has no session on eni-2");
  }

  @Test
  void countsAnotherTargetOrFilterAsWrongAndNotAsMissed() {
    Verdict verdict =
        Verdict.of(
            expectation,
            List.of(
                new ActualSession("tms-1", "eni-1", "tmt-2", "tmf-1"),
                new ActualSession("tms-2", "eni-2", "tmt-2", "tmf-2")));

    assertThat(verdict.wrong()).isEqualTo(2);
    assertThat(verdict.missed()).isZero();
    assertThat(verdict.mirrored()).isZero();
  }

  @Test
  void countsAnUnexpectedSessionAsWrong() {
    Verdict verdict =
        Verdict.of(
            expectation,
            List.of(
                SESSION_ONE, SESSION_TWO, new ActualSession("tms-3", "eni-3", "tmt-1", "tmf-1")));

    assertThat(verdict.wrong()).isEqualTo(1);
    assertThat(verdict.isGood()).isFalse();
  }

  @Test
  void countsASessionOnAnotherInterfaceAsWrongAndTheInstanceAsMissed() {
    Verdict verdict =
        Verdict.of(
            expectation,
            List.of(SESSION_ONE, new ActualSession("tms-2", "eni-2b", "tmt-2", "tmf-1")));

    assertThat(verdict.wrong()).isEqualTo(1);
    assertThat(verdict.missed()).isEqualTo(1);
  }

  @Test
  void countsASecondSessionAsDoubledAndTheInstanceAsMirrored() {
    Verdict verdict =
        Verdict.of(
            expectation,
            List.of(
                SESSION_ONE, SESSION_TWO, new ActualSession("tms-3", "eni-1", "tmt-1", "tmf-1")));

    assertThat(verdict.doubled()).isEqualTo(1);
    assertThat(verdict.mirrored()).isEqualTo(2);
    assertThat(verdict.wrong()).isZero();
    assertThat(verdict.isGood()).isFalse();
  }
}
