package io.trafficmirror.matrix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes {@code docs/RELIABILITY.md}. Thread-safe. */
final class ReliabilityPage {

  static final Path PAGE = Path.of("docs", "RELIABILITY.md");

  private static final Path OUTPUT = Path.of("target", "reliability", "RELIABILITY.md");

  private record Row(String fault, UseCase useCase) {}

  private final Map<Row, Tally> rows = new HashMap<>();

  synchronized void add(MatrixFault fault, UseCase useCase, Tally tally) {
    rows.merge(new Row(fault.name(), useCase), tally, Tally::plus);
  }

  /** Writes the page with the rows of the cells that were run. */
  synchronized void write() throws IOException {
    List<MatrixFault> faults = MatrixFaults.all();
    long seconds =
        faults.stream()
            .map(fault -> fault.lasts().toSeconds())
            .max(Comparator.naturalOrder())
            .orElse(0L);
    StringBuilder page = new StringBuilder(header(seconds));
    Tally sum = Tally.none();
    for (MatrixFault fault : faults) {
      for (UseCase useCase : UseCase.values()) {
        Optional<Tally> tally = Optional.ofNullable(rows.get(new Row(fault.name(), useCase)));
        tally.ifPresent(played -> page.append(row(fault.name(), useCase.label(), played)));
        sum = sum.plus(tally.orElseGet(Tally::none));
      }
    }
    page.append(row("**all**", "", sum));
    Files.createDirectories(OUTPUT.getParent());
    Files.writeString(OUTPUT, page);
  }

  private static String header(long seconds) {
    int runs = Parallelism.all().size();
    return """
    # Reliability under faults

    Generated on %s by `mvn -Pexhaustive test -Dtest=FaultMatrixTest`, which injects every fault into every use case of the pipeline,
    and fails if something is missing, wrong, double or lost afterwards. To update this page:
    `cp target/reliability/RELIABILITY.md docs/`.

    Each row is the sum of four runs: 1 and 4 shards, parallelization factors 1 and 10. A run has %d instances that must be mirrored,
    others that must not be, and foreign sessions, on embedded AWS with EC2's documented limits and typical latencies, on a
    virtual clock. A fault starts with the first record and lasts %d seconds; the records arrive during the first four fifths of
    that time. For backfill, these are five runs over instances without events, each put twice; with stale reads, a sixth run
    starts as the fault ends. Every run has two special instances: one with a foreign session and, except for backfill, one that
    EC2 never shows. Three records of every run cannot be parsed.

    - **records in**: records put on the stream. **sessions**: managed sessions at the end; %d are correct.
    - **retries**: deliveries of a record after its first. A record behind a retried one is delivered again as well, and a record
      whose instance EC2 does not show is retried for two minutes.
    - **rejected**: records stored in the failure bucket with their reason; %d are correct. **left**: instances whose retries were
      exhausted, also stored there; if there are any, the row includes the next backfill run. Only a fault that seems to concern
      one instance alone causes any ([ADR 9](adr/0009-attributing-failed-writes.md)).
    - **swept**: target instances of an incomplete launch that no source needed while it could still be completed. The
      [sweep](ARCHITECTURE.md#targets-on-demand) an hour later removed them; the row then includes that sweep.
    - **lost**: records that were neither processed nor stored. **missing, wrong, double**: instances without their session;
      sessions that should not exist or have wrong attributes (including changed foreign sessions and surplus target instances);
      second sessions.
    - **at rest after**: time from the end of the fault until nothing is in progress, the longest of the four runs.

    The [replay commands](runbooks/README.md#replay-records-that-the-function-stored) of the runbooks put stored records back.
    `ReplayAfterFaultsIT` runs them after a fault that exceeds all retries: it replays every exhausted instance, discarded batch and
    rejected record, after which nothing is missing.

    | fault | case | records in | sessions | retries | rejected | left | swept | lost | missing | wrong | double | at rest after |
    | --- | --- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |
    """
        .formatted(
            LocalDate.now(ZoneOffset.UTC),
            MatrixRun.FLEET,
            seconds,
            runs * MatrixRun.FLEET,
            runs * MatrixRun.POISON.size());
  }

  /** The first two columns of a row. */
  static String rowStart(String fault, String useCase) {
    return "| %s | %s | ".formatted(fault, useCase);
  }

  private static String row(String fault, String useCase, Tally tally) {
    return rowStart(fault, useCase)
        + "%,d | %,d | %,d | %,d | %,d | %d | %d | %d | %d | %d | %d s |%n"
            .formatted(
                tally.records(),
                tally.sessions(),
                tally.retries(),
                tally.rejected(),
                tally.exhausted(),
                tally.swept(),
                tally.lost(),
                tally.missing(),
                tally.wrong(),
                tally.doubled(),
                tally.restAfter().toSeconds());
  }
}
