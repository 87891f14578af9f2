package io.trafficmirror.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FaultMatrixTest {

  private static final Reliability RELIABILITY = new Reliability();

  /** Each process may take the first instance that it meets for a stuck one (ADR 9). */
  private static final int A_FEW = 4;

  /** It counts as half made and as one beyond those that the fleet needs. */
  private static final int ONE_HALF_MADE_TOO_MANY = 2;

  private static final Map<String, Integer> NOTHING =
      Map.of("missing", 0, "wrong", 0, "doubled", 0, "lost", 0);

  static List<Arguments> cells() {
    List<Arguments> cells = new ArrayList<>();
    for (MatrixFault fault : MatrixFaults.all()) {
      for (Case what : Case.values()) {
        for (Width width : Width.all()) {
          cells.add(Arguments.of(fault, what, width));
        }
      }
    }
    return cells;
  }

  @ParameterizedTest(name = "{0}, {1}, {2}")
  @MethodSource("cells")
  void whenTheFaultIsOverNothingIsMissingWrongDoubleOrLost(
      MatrixFault fault, Case what, Width width) throws Exception {
    try (MatrixRun run = MatrixRun.of(fault, what, width)) {
      Tally tally = run.play();
      assertThat(tally.left())
          .as("left to the next look: %s%n%s", tally, run.troubles())
          .isLessThanOrEqualTo(fault.looksLikeOneInstances() ? A_FEW : 0);
      if (tally.left() > 0) {
        assertThat(tally.faults()).as("before the next look: %s", tally).isEqualTo(NOTHING);
        tally = run.nextLook(tally.rest());
      }
      if (what == Case.GROWTH && run.halfMade() == 1 && tally.wrong() == ONE_HALF_MADE_TOO_MANY) {
        tally = run.nextSweep(tally);
      }
      RELIABILITY.add(fault, what, tally);
      assertThat(tally.faults()).as("%s%n%s", tally, run.troubles()).isEqualTo(NOTHING);
    }
  }

  @AfterAll
  static void writeTheTable() throws Exception {
    RELIABILITY.write();
  }
}
