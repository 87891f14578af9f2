package io.trafficmirror.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The summary as a table. */
final class SummaryTable {
  /** The line width: a label and two columns of numbers. */
  private static final int WIDTH = 70;

  private final List<String> lines = new ArrayList<>();

  private SummaryTable() {}

  /**
   * The lines of the table.
   *
   * @param instancesCsv the file with the result of each instance, which the table mentions
   */
  static List<String> of(Summary summary, Path instancesCsv) {
    SummaryTable table = new SummaryTable();
    table.entries(summary);
    table.reasons(summary);
    table.calls(summary);
    table.latency(summary.latency());
    table.verdict(summary);
    table.lines.add("");
    table.lines.add("Each instance, with its session or the reason why it has none:");
    table.lines.add("  " + instancesCsv);
    table.lines.add("");
    table.lines.add(summary.isGood() ? "All is well." : "Not all is well.");
    return table.lines;
  }

  private void entries(Summary summary) {
    boolean dryRun = summary.inputs().dryRun();
    heading("policy entry", "expected", dryRun ? "would mirror" : "mirrored");
    Map<String, Integer> mirrored = summary.verdict().byEntry();
    summary
        .expectation()
        .byEntry()
        .forEach(
            (entry, expected) ->
                row(entry, number(expected), number(mirrored.getOrDefault(entry, 0))));
  }

  private void reasons(Summary summary) {
    heading("not mirrored because", "instances", "");
    summary
        .expectation()
        .byReason()
        .forEach((reason, count) -> row(reason.replace('-', ' '), number(count), ""));
  }

  private void calls(Summary summary) {
    heading("EC2 calls", "calls", "");
    summary.calls().forEach((action, count) -> row(action, number(count), ""));
    heading("EC2 calls by part", "calls", "per instance");
    for (PhaseCalls phase : summary.phases()) {
      row(
          phase.name().replace('_', ' '),
          number(phase.all()),
          String.format(Locale.ROOT, "%.3f", phase.perInstance()));
      if (phase.targetCalls() > 0) {
        row("  that make targets on demand", number(phase.targetCalls()), "");
      }
      if (phase.creates() > 0) {
        row(
            "  that made neither",
            number(phase.others()),
            String.format(Locale.ROOT, "%.3f", phase.othersPerInstance()));
      }
      if (phase.refused() > 0) {
        row("  creates that EC2 refused", number(phase.refused()), "");
      }
    }
  }

  private void latency(Latency latency) {
    if (latency.count() > 0) {
      heading("event to session", "ms", "");
      row("median", number(latency.p50()), "");
      row("99th percentile", number(latency.p99()), "");
      row("longest of " + latency.count(), number(latency.max()), "");
    }
  }

  private void verdict(Summary summary) {
    Verdict verdict = summary.verdict();
    heading("all in all", "", "");
    row("instances", number(summary.expectation().byInstance().size()), "");
    row("expected", number(summary.expectation().mirrored()), "");
    if (summary.inputs().dryRun()) {
      row("would be mirrored", number(summary.wouldMirror()), "");
    }
    row("mirrored", number(summary.mirrored()), "");
    row("missed", number(verdict.missed()), "");
    row("wrong", number(verdict.wrong()), "");
    row("doubled", number(verdict.doubled()), "");
    int targets = summary.targetInstances();
    if (targets > 0 || summary.targetInstancesExpected() > 0) {
      row("target instances expected", number(summary.targetInstancesExpected()), "");
      row(
          summary.inputs().dryRun() ? "target instances to be launched" : "target instances",
          number(targets),
          "");
    }
    int broken = summary.inputs().broken();
    row(
        "records rejected" + (broken == 0 ? "" : " (%d is broken on purpose)".formatted(broken)),
        number(summary.rejected()),
        "");
    row("seconds", String.format(Locale.ROOT, "%.1f", summary.seconds()), "");
    verdict.complaints().forEach(lines::add);
    summary.problems().forEach(lines::add);
    summary
        .expectation()
        .unmatched()
        .forEach(entry -> lines.add(entry + " matches no instance of this fleet"));
  }

  private void heading(String what, String first, String second) {
    lines.add("");
    lines.add(line(what, first, second));
    lines.add("-".repeat(WIDTH));
  }

  private void row(String what, String first, String second) {
    lines.add(line("  " + what, first, second));
  }

  private static String line(String what, String first, String second) {
    return String.format(Locale.ROOT, "%-46s%10s%14s", what, first, second).stripTrailing();
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
