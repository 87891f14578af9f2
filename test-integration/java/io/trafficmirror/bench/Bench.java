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
 * The program behind {@code ./bench}. A subcommand is a {@code Callable<Integer>}; it writes to
 * what its command line gives it, and answers with {@link #REACHED} or {@link #MISSED}.
 */
@Command(
    name = "./bench",
    synopsisSubcommandLabel = "[COMMAND]",
    version = "traffic-mirror-pipeline bench",
    mixinStandardHelpOptions = true,
    usageHelpWidth = 96,
    description = {
      "",
      "Measures on this machine, against embedded AWS. Nothing leaves the machine.",
      "Without a command: all benchmarks on embedded AWS under EC2's documented limits, on a",
      "clock that jumps; prints a table and writes target/bench/results.json.",
      "'./bench COMMAND --help' shows the options of a command.",
      ""
    },
    footer = {
      "",
      "Exit code: 0 what must be reached is reached; 1 it is missed, or the run did not end as it",
      "should; 2 a wrong option; 3 the build or the JDK is missing."
    })
public final class Bench implements Callable<Integer> {

  /** Where the project is: {@code ./bench} says so, Maven runs there. */
  static final Path HOME = Path.of(System.getProperty("bench.home", ""));

  static final int REACHED = 0;
  static final int MISSED = 1;
  private static final int WRONG_INPUT = 2;

  @Option(
      names = "--short",
      description = "The short form, for CI: smaller, and without what takes real time.")
  private boolean brief;

  @Option(
      names = "--only",
      paramLabel = "NAME",
      split = ",",
      description = "Only these, as in --only=backfill,handler: ${COMPLETION-CANDIDATES}.",
      completionCandidates = Names.class)
  private List<String> only = List.of();

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of everything that looks random; ${DEFAULT-VALUE} unless set.")
  private long seed;

  private final PrintWriter out;
  private final PrintWriter err;

  private Bench(PrintWriter out, PrintWriter err) {
    this.out = out;
    this.err = err;
  }

  /** All that run without a command, in the order of the table. */
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

  /** What {@code --only} takes. */
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
      err.println("bench: --only takes " + String.join(", ", names) + "; not " + only);
      return WRONG_INPUT;
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

  /** Runs a benchmark and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(
        run(
            args,
            new PrintWriter(System.out, true, StandardCharsets.UTF_8),
            new PrintWriter(System.err, true, StandardCharsets.UTF_8)));
  }

  /**
   * Runs a benchmark.
   *
   * @param args options, or a subcommand and its options
   * @param out for the result; with {@code --json} for nothing but JSON
   * @param err for errors and progress
   * @return the exit code: 0 reached; 1 missed, or the run did not end as it should; 2 a wrong
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
                  "bench: " + wrong.getMessage() + "; './bench --help' shows what there is");
              return WRONG_INPUT;
            })
        .execute(args);
  }
}
