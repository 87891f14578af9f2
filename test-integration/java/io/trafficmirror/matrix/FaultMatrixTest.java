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

  /** All cells, or a sample: each fault in two cases, at one width each; they take turns. */
  private static List<Cell> cells(boolean isExhaustive) {
    List<Cell> cells = new ArrayList<>();
    List<Width> widths = Width.all();
    List<Case> cases = List.of(Case.values());
    int turn = 0;
    for (MatrixFault fault : MatrixFaults.all()) {
      if (isExhaustive) {
        for (Case what : cases) {
          widths.forEach(width -> cells.add(new Cell(fault, what, width)));
        }
      } else {
        for (int i = 0; i < 2; i++) {
          int round = turn / cases.size();
          cells.add(
              new Cell(
                  fault,
                  cases.get(turn % cases.size()),
                  widths.get((turn + round) % widths.size())));
          turn++;
        }
      }
    }
    return cells;
  }

  @Test
  void theSampleHasEveryFaultTwiceAndEveryCaseAtEveryWidth() {
    List<Cell> sample = cells(false);
    int faults = MatrixFaults.all().size();
    assertThat(sample.stream().map(cell -> List.of(cell.fault(), cell.what())).distinct())
        .hasSize(2 * faults);
    assertThat(sample.stream().map(Cell::fault).distinct()).hasSize(faults);
    assertThat(sample.stream().map(cell -> List.of(cell.what(), cell.width())).distinct())
        .hasSize(Case.values().length * Width.all().size());
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
