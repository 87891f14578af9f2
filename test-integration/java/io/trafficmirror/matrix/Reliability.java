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

/** {@code docs/RELIABILITY.md}, from what was played. Safe for use by several threads. */
final class Reliability {

  static final Path PAGE = Path.of("docs", "RELIABILITY.md");

  private static final Path WRITTEN = Path.of("target", "reliability", "RELIABILITY.md");

  private record Line(String fault, Case what) {}

  private final Map<Line, Tally> lines = new HashMap<>();

  synchronized void add(MatrixFault fault, Case what, Tally tally) {
    lines.merge(new Line(fault.name(), what), tally, Tally::plus);
  }

  /** Writes the page; a run of some of the cells only has only those. */
  synchronized void write() throws IOException {
    List<MatrixFault> faults = MatrixFaults.all();
    long seconds =
        faults.stream()
            .map(fault -> fault.lasts().toSeconds())
            .max(Comparator.naturalOrder())
            .orElse(0L);
    StringBuilder page = new StringBuilder(beginning(seconds));
    Tally sum = Tally.none();
    for (MatrixFault fault : faults) {
      for (Case what : Case.values()) {
        Optional<Tally> tally = Optional.ofNullable(lines.get(new Line(fault.name(), what)));
        tally.ifPresent(played -> page.append(row(fault.name(), what.words(), played)));
        sum = sum.plus(tally.orElseGet(Tally::none));
      }
    }
    page.append(row("**all**", "", sum));
    Files.createDirectories(WRITTEN.getParent());
    Files.writeString(WRITTEN, page);
  }

  private static String beginning(long seconds) {
    int runs = Width.all().size();
    return """
    # What faults do, and what they do not

    Generated on %s by `mvn -Pexhaustive test -Dtest=FaultMatrixTest`, which plays everything that can go wrong in everything that the
    pipeline does, and fails where something is missing, wrong, double or lost afterwards. To renew this page:
    `cp target/reliability/RELIABILITY.md docs/`.

    Each line is four runs: 1 and 4 shards, parallelisation 1 and 10. A run is %d instances to be mirrored beside others
    that must not be and somebody else's sessions, on embedded AWS with EC2's documented limits and typical latencies, on a
    clock that jumps. A fault begins with the first record and lasts %d seconds; the records come during the first four
    fifths of that: for backfill, five runs over instances that nobody tells of, each put twice; with stale reads a sixth
    starts as the fault ends. Two instances are special in every run: one that somebody else mirrors already, and, but for backfill, one
    that EC2 never shows. Three records of every run can never be understood.

    - **records in**: put on the stream. **sessions**: of ours, at the end; %d are right.
    - **retries**: deliveries of a record beyond its first; a record behind one that goes back comes again as well, and one
      that is not seen goes back for two minutes.
    - **rejected**: kept in the failure bucket with its reason; %d are right. **left**: an instance that was left to the next
      look, kept there as well; where there is one, the next backfill run belongs to the line. Only a fault that EC2 seems to
      have with one instance alone leaves any ([ADR 9](adr/0009-whose-trouble-it-is.md)).
    - **swept**: a target instance that a process left half made, which nobody needed when it could still be finished; the
      [sweep](ARCHITECTURE.md#targets-on-demand) of an hour later removed it, and belongs to the line then.
    - **lost**: records that are neither done nor kept. **missing, wrong, double**: instances without their session, sessions
      that should not be or not so (foreign ones that changed, and target instances too many, among them), and second ones.
    - **at rest after**: from the end of the fault until nothing is under way, the longest of the four.

    What is kept is put back by [commands](runbooks/README.md#replay-what-the-function-kept) that
    `ReplayAfterFaultsIT` runs: after a fault that is too long, all that was left, given up on and rejected goes on the
    stream again, and then nothing is missing either.

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

  /** How a row of the table begins. */
  static String beginning(String fault, String what) {
    return "| %s | %s | ".formatted(fault, what);
  }

  private static String row(String fault, String what, Tally tally) {
    return beginning(fault, what)
        + "%,d | %,d | %,d | %,d | %,d | %d | %d | %d | %d | %d | %d s |%n"
            .formatted(
                tally.records(),
                tally.sessions(),
                tally.retries(),
                tally.rejected(),
                tally.left(),
                tally.swept(),
                tally.lost(),
                tally.missing(),
                tally.wrong(),
                tally.doubled(),
                tally.rest().toSeconds());
  }
}
