package io.trafficmirror.bench;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The entry point of {@code ./bench}. A subcommand is a {@code Callable<Integer>} that writes to
 * the given writers and returns {@link #REACHED} or {@link #MISSED}.
 */
@Command(
    name = "./bench",
    synopsisSubcommandLabel = "[COMMAND]",
    version = "traffic-mirror-pipeline bench",
    mixinStandardHelpOptions = true,
    usageHelpWidth = 96,
    description = {
      "",
      "Runs benchmarks on this machine, against embedded AWS.",
      "Makes no connections to other machines.",
      "Without a command: runs all benchmarks under EC2's documented limits, in virtual time;",
      "prints a table and writes target/bench/results.json.",
      "'./bench COMMAND --help' shows the options of a command.",
      ""
    },
    footer = {
      "",
      "Exit code: 0 all bounds are met; 1 a bound is missed, or the run failed; 2 invalid option;",
      "3 the build failed or there is no JDK."
    })
public final class Bench implements Callable<Integer> {

  /** The root of the project: set by {@code ./bench}, and the working directory of Maven. */
  static final Path HOME = Path.of(System.getProperty("bench.home", ""));

  static final int REACHED = 0;
  static final int MISSED = 1;
  private static final int INVALID_INPUT = 2;

  @Option(
      names = "--short",
      description = "The short form for CI: smaller fleets, and no benchmarks in real time.")
  private boolean brief;

  @Option(
      names = "--only",
      paramLabel = "NAME",
      split = ",",
      description = "Runs only these, as in --only=backfill,handler: ${COMPLETION-CANDIDATES}.",
      completionCandidates = Names.class)
  private List<String> only = List.of();

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The random seed; default: ${DEFAULT-VALUE}.")
  private long seed;

  private final PrintWriter out;
  private final PrintWriter err;

  private Bench(PrintWriter out, PrintWriter err) {
    this.out = out;
    this.err = err;
  }

  /** The benchmarks that run without a command, in the order of the table. */
  private static List<Benchmark> benchmarks() {
    return List.of(
        new BackfillBenchmark(),
        new StormBenchmark(),
        new FindingBenchmark(),
        new SteadyBenchmark(),
        new HandlerFigures(),
        new MemoryFigures(),
        new PredecessorBenchmark());
  }

  /** The names that {@code --only} accepts. */
  static final class Names extends ArrayList<String> {
    private static final long serialVersionUID = 1L;

    Names() {
      super(benchmarks().stream().map(Benchmark::name).toList());
    }
  }

  @Override
  public Integer call() throws Exception {
    List<String> names = new Names();
    if (!names.containsAll(only)) {
      err.println("bench: --only accepts " + String.join(", ", names) + ", got " + only);
      return INVALID_INPUT;
    }
    List<Figure> figures = new ArrayList<>();
    for (Benchmark benchmark : benchmarks()) {
      if (only.isEmpty() || only.contains(benchmark.name())) {
        figures.addAll(benchmark.measure(brief, seed, line -> err.println("bench: " + line)));
      }
    }
    figures.addAll(Scaling.of(figures));
    String command =
        "./bench"
            + (brief ? " --short" : "")
            + (seed == 1 ? "" : " --seed " + seed)
            + (only.isEmpty() ? "" : " --only=" + String.join(",", only));
    Report report = new Report(command, LocalDate.now(ZoneOffset.UTC), figures);
    Path results = HOME.resolve("target/bench/results.json");
    Files.createDirectories(results.toAbsolutePath().getParent());
    Files.writeString(results, report.json());
    out.print(report.table());
    out.flush();
    return report.isGood() ? REACHED : MISSED;
  }

  /** Runs the command line and exits with its exit code. */
  public static void main(String[] args) {
    System.exit(
        run(
            args,
            new PrintWriter(System.out, true, StandardCharsets.UTF_8),
            new PrintWriter(System.err, true, StandardCharsets.UTF_8)));
  }

  /**
   * Runs the command line.
   *
   * @param args options, or a subcommand and its options
   * @param out receives the result; with {@code --json} only JSON
   * @param err receives errors and progress
   * @return the exit code: 0 all bounds are met; 1 a bound is missed, or the run failed; 2 invalid
   *     option
   */
  static int run(String[] args, PrintWriter out, PrintWriter err) {
    CommandLine bench =
        new CommandLine(new Bench(out, err))
            .addSubcommand(new ColdStart(out, err))
            .addSubcommand(new HandlerBench(out, err))
            .addSubcommand(new MemoryBench(out, err))
            .addSubcommand(new SoakBench(out, err));
    return bench
        .setAllowSubcommandsAsOptionParameters(true)
        .setOut(out)
        .setErr(err)
        .setExecutionExceptionHandler(
            (thrown, command, parsed) -> {
              thrown.printStackTrace(err);
              return MISSED;
            })
        .setParameterExceptionHandler(
            (wrong, parsed) -> {
              err.println(
                  "bench: " + wrong.getMessage() + "; './bench --help' lists commands and options");
              return INVALID_INPUT;
            })
        .execute(args);
  }
}
