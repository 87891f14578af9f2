package io.trafficmirror.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.harness.Concurrent;
import io.trafficmirror.harness.Effort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Concurrent
class FaultMatrixTest {

  private static final Reliability RELIABILITY = new Reliability();

  /** Each process may take the first instance that it meets for a stuck one (ADR 9). */
  private static final int A_FEW = 4;

  /** It counts as half made and as one beyond those that the fleet needs. */
  private static final int ONE_HALF_MADE_TOO_MANY = 2;

  private static final Map<String, Integer> NOTHING =
      Map.of("missing", 0, "wrong", 0, "doubled", 0, "lost", 0);

  static List<Arguments> cells() {
    return cells(Effort.IS_EXHAUSTIVE).stream()
        .map(cell -> Arguments.of(cell.fault(), cell.what(), cell.width()))
        .toList();
  }

  private record Cell(MatrixFault fault, Case what, Width width) {}

  /** Every fault in every case: at every width, or at one width each, which take turns. */
  private static List<Cell> cells(boolean atEveryWidth) {
    List<Cell> cells = new ArrayList<>();
    List<Width> widths = Width.all();
    int first = 0;
    for (MatrixFault fault : MatrixFaults.all()) {
      int turn = first;
      for (Case what : Case.values()) {
        List<Width> played = atEveryWidth ? widths : List.of(widths.get(turn % widths.size()));
        played.forEach(width -> cells.add(new Cell(fault, what, width)));
        turn++;
      }
      first++;
    }
    return cells;
  }

  @Test
  void theSampleHasEveryFaultInEveryCaseAndBothAtEveryWidth() {
    List<Cell> sample = cells(false);
    int faults = MatrixFaults.all().size();
    int cases = Case.values().length;
    int widths = Width.all().size();
    assertThat(sample).hasSize(faults * cases);
    assertThat(sample.stream().map(cell -> List.of(cell.fault(), cell.what())).distinct())
        .hasSize(faults * cases);
    assertThat(sample.stream().map(cell -> List.of(cell.fault(), cell.width())).distinct())
        .hasSize(faults * widths);
    assertThat(sample.stream().map(cell -> List.of(cell.what(), cell.width())).distinct())
        .hasSize(cases * widths);
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

  /** The page is about all runs, so a sample writes none. */
  @AfterAll
  static void writeTheTable() throws Exception {
    if (Effort.IS_EXHAUSTIVE) {
      RELIABILITY.write();
    }
  }
}
