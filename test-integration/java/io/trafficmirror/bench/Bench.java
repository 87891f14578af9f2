package io.trafficmirror.bench;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The program behind {@code ./bench}. A subcommand is a {@code Callable<Integer>}; it writes to
 * what its command line gives it, and answers with {@link #REACHED} or {@link #MISSED}.
 */
@Command(
    name = "./bench",
    synopsisSubcommandLabel = "COMMAND",
    version = "traffic-mirror-pipeline bench",
    mixinStandardHelpOptions = true,
    usageHelpWidth = 96,
    description = {
      "",
      "Measures on this machine, against embedded AWS. Nothing leaves the machine.",
      "'./bench COMMAND --help' shows the options of a command.",
      ""
    },
    footer = {
      "",
      "Exit code: 0 what must be reached is reached; 1 it is missed, or the run did not end as it",
      "should; 2 a wrong option; 3 the build or the JDK is missing."
    })
public final class Bench {

  /** Where the project is: {@code ./bench} says so, Maven runs there. */
  static final Path HOME = Path.of(System.getProperty("bench.home", ""));

  static final int REACHED = 0;
  static final int MISSED = 1;
  private static final int WRONG_INPUT = 2;

  private Bench() {}

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
   * @param args a subcommand and its options
   * @param out for the result; with {@code --json} for nothing but JSON
   * @param err for errors and progress
   * @return the exit code: 0 reached; 1 missed, or the run did not end as it should; 2 a wrong
   *     option
   */
  static int run(String[] args, PrintWriter out, PrintWriter err) {
    CommandLine bench =
        new CommandLine(new Bench())
            .addSubcommand(new ColdStart(out, err))
            .addSubcommand(new HandlerBench(out, err))
            .addSubcommand(new MemoryBench(out, err));
    return bench
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
        .execute(args.length == 0 ? new String[] {"--help"} : args);
  }
}
