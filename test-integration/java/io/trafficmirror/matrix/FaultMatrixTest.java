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

  private static final ReliabilityPage PAGE = new ReliabilityPage();

  /** Each process may exhaust the retries of the first failing instance (ADR 9). */
  private static final int MAX_EXHAUSTED = 4;

  /** It counts twice: as incomplete and as surplus. */
  private static final int ONE_INCOMPLETE_SURPLUS_TARGET = 2;

  private static final Map<String, Integer> NO_DEFECTS =
      Map.of("missing", 0, "wrong", 0, "doubled", 0, "lost", 0);

  static List<Arguments> cells() {
    return cells(Effort.IS_EXHAUSTIVE).stream()
        .map(cell -> Arguments.of(cell.fault(), cell.useCase(), cell.parallelism()))
        .toList();
  }

  private record Cell(MatrixFault fault, UseCase useCase, Parallelism parallelism) {}

  /**
   * All cells, or a sample with each fault in two use cases, at one parallelism each, in rotation.
   */
  private static List<Cell> cells(boolean isExhaustive) {
    List<Cell> cells = new ArrayList<>();
    List<Parallelism> parallelisms = Parallelism.all();
    List<UseCase> cases = List.of(UseCase.values());
    int turn = 0;
    for (MatrixFault fault : MatrixFaults.all()) {
      if (isExhaustive) {
        for (UseCase useCase : cases) {
          parallelisms.forEach(parallelism -> cells.add(new Cell(fault, useCase, parallelism)));
        }
      } else {
        for (int i = 0; i < 2; i++) {
          int round = turn / cases.size();
          cells.add(
              new Cell(
                  fault,
                  cases.get(turn % cases.size()),
                  parallelisms.get((turn + round) % parallelisms.size())));
          turn++;
        }
      }
    }
    return cells;
  }

  @Test
  void theSampleCoversEveryFaultTwiceAndEveryUseCaseAtEveryParallelism() {
    List<Cell> sample = cells(false);
    int faults = MatrixFaults.all().size();
    assertThat(sample.stream().map(cell -> List.of(cell.fault(), cell.useCase())).distinct())
        .hasSize(2 * faults);
    assertThat(sample.stream().map(Cell::fault).distinct()).hasSize(faults);
    assertThat(sample.stream().map(cell -> List.of(cell.useCase(), cell.parallelism())).distinct())
        .hasSize(UseCase.values().length * Parallelism.all().size());
  }

  @ParameterizedTest(name = "{0}, {1}, {2}")
  @MethodSource("cells")
  void nothingIsMissingWrongDoubleOrLostAfterTheFault(
      MatrixFault fault, UseCase useCase, Parallelism parallelism) throws Exception {
    try (MatrixRun run = MatrixRun.of(fault, useCase, parallelism)) {
      Tally tally = run.play();
      assertThat(tally.exhausted())
          .as("exhausted: %s%n%s", tally, run.problems())
          .isLessThanOrEqualTo(fault.resemblesASingleInstance() ? MAX_EXHAUSTED : 0);
      if (tally.exhausted() > 0) {
        assertThat(tally.defects()).as("before the next backfill: %s", tally).isEqualTo(NO_DEFECTS);
        tally = run.runNextBackfill(tally.restAfter());
      }
      if (useCase == UseCase.GROWTH
          && run.incompleteTargets() == 1
          && tally.wrong() == ONE_INCOMPLETE_SURPLUS_TARGET) {
        tally = run.runNextSweep(tally);
      }
      PAGE.add(fault, useCase, tally);
      assertThat(tally.defects()).as("%s%n%s", tally, run.problems()).isEqualTo(NO_DEFECTS);
    }
  }

  /** Writes the page only after a full run. */
  @AfterAll
  static void writeThePage() throws Exception {
    if (Effort.IS_EXHAUSTIVE) {
      PAGE.write();
    }
  }
}
