package io.trafficmirror.demo;

import io.trafficmirror.demo.DemoOptions.Inputs;
import io.trafficmirror.demo.Summary.RunInputs;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program behind {@code ./demo}. */
public final class Demo {

  /** Where results are kept: {@code ./demo} says where the project is, Maven runs there. */
  static final Path DIRECTORY = Path.of(System.getProperty("demo.home", ""), "target", "demo");

  /** The name of the file with the summary. */
  static final String SUMMARY = "summary.json";

  /** The name of the file with the result of each instance. */
  static final String INSTANCES = "instances.csv";

  private static final int ALL_IS_WELL = 0;
  private static final int NOT_ALL_IS_WELL = 1;
  private static final int WRONG_INPUT = 2;

  private Demo() {}

  /** Runs the demo and ends the process with its exit code. */
  public static void main(String[] args) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    System.exit(run(args, out, err, DIRECTORY));
  }

  /**
   * Runs the demo.
   *
   * @param args the options
   * @param out for the result; with {@code --json} for nothing but the summary, with {@code --csv}
   *     for nothing but the instances
   * @param err for errors, and for the progress where {@code out} is for a program
   * @param directory where the results are kept
   * @return the exit code: 0 all is well; 1 something is missed, wrong or doubled, or the run did
   *     not end as it should; 2 a wrong option or a broken file
   */
  static int run(String[] args, PrintStream out, PrintStream err, Path directory) {
    DemoOptions options = new DemoOptions();
    CommandLine commandLine = new CommandLine(options);
    try {
      commandLine.parseArgs(args);
      if (commandLine.isUsageHelpRequested()) {
        commandLine.usage(out);
        return ALL_IS_WELL;
      }
      if (commandLine.isVersionHelpRequested()) {
        commandLine.printVersionHelp(out);
        return ALL_IS_WELL;
      }
      return play(options, out, err, new KeptResults(directory, err));
    } catch (ParameterException e) {
      err.println("demo: " + message(e) + "; './demo --help' shows the options");
      return WRONG_INPUT;
    } catch (DemoError e) {
      err.println("demo: " + e.getMessage());
      return WRONG_INPUT;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      err.println("demo: interrupted");
      return NOT_ALL_IS_WELL;
    }
  }

  private static String message(ParameterException e) {
    // Whoever forgot an option's name should not have to know what an unmatched argument is.
    return e instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()
        ? "only options are expected, got '" + unmatched.getUnmatched().getFirst() + "'"
        : String.valueOf(e.getMessage());
  }

  private static int play(DemoOptions options, PrintStream out, PrintStream err, KeptResults kept)
      throws DemoError, InterruptedException {
    Progress progress = new Progress(options.json() || options.csv() ? err : out);
    Inputs inputs = options.inputs();
    inputs.policy().warnings().forEach(err::println);
    inputs.inventory().warnings().forEach(err::println);
    kept.delete();
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
        SummaryTable.of(summary, kept.instances()).forEach(out::println);
      }
      out.flush();
      kept.write(summary);
      return summary.isGood() ? ALL_IS_WELL : NOT_ALL_IS_WELL;
    }
  }
}
