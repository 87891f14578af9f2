package io.trafficmirror.demo;

import io.trafficmirror.demo.DemoOptions.Inputs;
import io.trafficmirror.demo.Summary.RunInputs;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program behind {@code ./demo}. */
public final class Demo {

  /** Where the summary is kept: {@code ./demo} says where the project is, Maven runs there. */
  static final Path SUMMARY =
      Path.of(System.getProperty("demo.home", ""), "target", "demo", "summary.json");

  private static final int ALL_IS_WELL = 0;
  private static final int NOT_ALL_IS_WELL = 1;
  private static final int WRONG_INPUT = 2;

  private Demo() {}

  /** Runs the demo and ends the process with its exit code. */
  public static void main(String[] args) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    System.exit(run(args, out, err));
  }

  /**
   * Runs the demo.
   *
   * @param args the options
   * @param out for the result; with {@code --json} for nothing but the summary
   * @param err for errors, and for the progress with {@code --json}
   * @return the exit code: 0 all is well; 1 something is missed, wrong or doubled, or the run did
   *     not end as it should; 2 a wrong option or a broken file
   */
  static int run(String[] args, PrintStream out, PrintStream err) {
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
      return play(options, out, err);
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
    } catch (IOException e) {
      err.println("demo: " + SUMMARY + " cannot be written: " + e.getMessage());
      return NOT_ALL_IS_WELL;
    }
  }

  private static String message(ParameterException e) {
    // Whoever forgot an option's name should not have to know what an unmatched argument is.
    return e instanceof UnmatchedArgumentException unmatched && !unmatched.isUnknownOption()
        ? "only options are expected, got '" + unmatched.getUnmatched().getFirst() + "'"
        : String.valueOf(e.getMessage());
  }

  private static int play(DemoOptions options, PrintStream out, PrintStream err)
      throws DemoError, InterruptedException, IOException {
    Progress progress = new Progress(options.json() ? err : out);
    Inputs inputs = options.inputs();
    inputs.policy().warnings().forEach(err::println);
    RunInputs runInputs =
        new RunInputs(
            inputs.inventory().name(),
            inputs.policy().name(),
            options.seed(),
            options.dryRun(),
            options.fleetOnly());
    try (World world = World.start(inputs.inventory(), inputs.policy(), options.seed());
        PipelineUnderTest pipeline =
            PipelineUnderTest.start(world.aws(), inputs.policy().text(), options.dryRun())) {
      Summary summary = new DemoRun(world, pipeline, inputs.policy(), runInputs, progress).run();
      Files.createDirectories(SUMMARY.getParent());
      Files.writeString(SUMMARY, summary.toJson());
      if (options.json()) {
        out.print(summary.toJson());
      } else {
        SummaryTable.of(summary).forEach(out::println);
      }
      out.flush();
      return summary.isGood() ? ALL_IS_WELL : NOT_ALL_IS_WELL;
    }
  }
}
