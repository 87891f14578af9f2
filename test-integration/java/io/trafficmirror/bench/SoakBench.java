package io.trafficmirror.bench;

import io.trafficmirror.soak.Soak;
import io.trafficmirror.soak.SoakOptions;
import io.trafficmirror.soak.SoakReport;
import io.trafficmirror.soak.SoakResult;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Checks the sessions and the memory after an hour of faults. */
@Command(
    name = "soak",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpWidth = 96,
    description = {
      "Runs for an hour of virtual time: ten launches per second, of which three match the policy,",
      "with terminations, stops, starts and tag changes, under EC2's documented limits, with a"
          + " fault",
      "in one call of twenty and one killed process per minute. Finally compares all sessions with",
      "an independent model. Bounds: lost 0, doubled 0, wrong 0, and no memory growth. Writes",
      "target/bench/soak.json. Memory is checked only in runs of at least 60 minutes."
    })
final class SoakBench implements Callable<Integer> {

  @Option(names = "--short", description = "The short form for CI: 5 minutes.")
  private boolean brief;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      description = "Minutes of virtual time, at least 3; default: 60.")
  private int minutes;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The random seed; default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(names = "--json", description = "Prints the result as JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  private final PrintWriter out;
  private final PrintWriter err;

  SoakBench(PrintWriter out, PrintWriter err) {
    this.out = out;
    this.err = err;
    this.spec = CommandSpec.create();
  }

  @Override
  public Integer call() throws Exception {
    boolean isSet = spec.commandLine().getParseResult().hasMatchedOption("--minutes");
    if (isSet && (brief || minutes < SoakOptions.MIN_MINUTES)) {
      throw new ParameterException(
          spec.commandLine(),
          brief
              ? "--short and --minutes are mutually exclusive"
              : "--minutes must be at least %d, got %d"
                  .formatted(SoakOptions.MIN_MINUTES, minutes));
    }
    int length = isSet ? minutes : brief ? SoakOptions.SHORT_MINUTES : SoakOptions.FULL_MINUTES;
    err.println(
        "soak: "
            + length
            + " minutes of virtual time; live objects after a full garbage collection:");
    err.println(SoakReport.HEAD);
    SoakResult result = Soak.run(SoakOptions.of(length, seed), err::println);
    SoakReport report = new SoakReport(command(isSet), LocalDate.now(ZoneOffset.UTC), result);
    Path file = Bench.HOME.resolve("target/bench/soak.json");
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, report.json());
    out.print(json ? report.json() : report.text());
    out.flush();
    return result.isGood() ? Bench.REACHED : Bench.MISSED;
  }

  private String command(boolean isSet) {
    return "./bench soak"
        + (brief ? " --short" : "")
        + (isSet ? " --minutes " + minutes : "")
        + (seed == 1 ? "" : " --seed " + seed);
  }
}
