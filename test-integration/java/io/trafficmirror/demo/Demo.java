package io.trafficmirror.demo;

import io.trafficmirror.demo.DemoOptions.Inputs;
import io.trafficmirror.demo.Summary.RunInputs;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The entry point of {@code ./demo}. */
public final class Demo {

  /**
   * The directory of the results. {@code ./demo} sets the root of the project; Maven runs in it.
   */
  static final Path DIRECTORY = Path.of(System.getProperty("demo.home", ""), "target", "demo");

  /** The name of the summary file. */
  static final String SUMMARY = "summary.json";

  /** The name of the file with the result of each instance. */
  static final String INSTANCES = "instances.csv";

  private static final int GOOD = 0;
  private static final int BAD = 1;
  private static final int INVALID_INPUT = 2;

  private Demo() {}

  /** Runs the demo and exits with its exit code. */
  public static void main(String[] args) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    System.exit(run(args, out, err, DIRECTORY));
  }

  /**
   * Runs the demo.
   *
   * @param args the options
   * @param out receives the result; with {@code --json} only the summary, with {@code --csv} only
   *     the instances
   * @param err receives errors, and the progress with {@code --json} or {@code --csv}
   * @param directory the directory of the results
   * @return the exit code: 0 no discrepancies; 1 a session is missed, wrong or doubled, or the run
   *     failed; 2 invalid option or file
   */
  static int run(String[] args, PrintStream out, PrintStream err, Path directory) {
    DemoOptions options = new DemoOptions();
    CommandLine commandLine = new CommandLine(options);
    try {
      commandLine.parseArgs(args);
      if (commandLine.isUsageHelpRequested()) {
        commandLine.usage(out);
        return GOOD;
      }
      if (commandLine.isVersionHelpRequested()) {
        commandLine.printVersionHelp(out);
        return GOOD;
      }
      return play(options, out, err, new ResultFiles(directory, err));
    } catch (ParameterException e) {
      err.println("demo: " + message(e) + "; './demo --help' shows the options");
      return INVALID_INPUT;
    } catch (DemoError e) {
      err.println("demo: " + e.getMessage());
      return INVALID_INPUT;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      err.println("demo: interrupted");
      return BAD;
    }
  }

  private static String message(ParameterException e) {
    // The message of picocli for an argument without an option is hard to understand.
    return e instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()
        ? "only options are expected, got '" + unmatched.getUnmatched().getFirst() + "'"
        : String.valueOf(e.getMessage());
  }

  private static int play(DemoOptions options, PrintStream out, PrintStream err, ResultFiles files)
      throws DemoError, InterruptedException {
    Progress progress = new Progress(options.json() || options.csv() ? err : out);
    Inputs inputs = options.inputs();
    inputs.policy().warnings().forEach(err::println);
    inputs.inventory().warnings().forEach(err::println);
    files.delete();
    RunInputs runInputs =
        new RunInputs(
            inputs.inventory().name(),
            inputs.policy().name(),
            options.seed(),
            options.dryRun(),
            options.fleetOnly());
    try (World world =
        World.start(inputs.inventory(), inputs.policy(), options.seed(), options.dryRun())) {
      Summary summary = new DemoRun(world, inputs.policy(), runInputs, progress).run();
      if (options.json()) {
        out.print(summary.toJson());
      } else if (options.csv()) {
        out.print(InstancesCsv.of(summary.instances()));
      } else {
        SummaryTable.of(summary, files.instances()).forEach(out::println);
      }
      out.flush();
      files.write(summary);
      return summary.isGood() ? GOOD : BAD;
    }
  }
}
