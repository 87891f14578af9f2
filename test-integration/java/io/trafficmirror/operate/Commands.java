package io.trafficmirror.operate;

import io.trafficmirror.contract.PlainLog;
import io.trafficmirror.embedded.EmbeddedAws;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Runs the shipped commands as an operator would, against embedded AWS. */
public final class Commands {

  private static final Path SCRIPT = Path.of("terraform", "remove-leftovers").toAbsolutePath();

  private final EmbeddedAws aws;

  /** Creates commands for an embedded AWS. */
  public Commands(EmbeddedAws aws) {
    this.aws = aws;
  }

  /** The result of a run; {@code output} is standard output and standard error. */
  public record Run(int exitCode, String output) {}

  /** Skips the test, and logs the reason, if this machine has no AWS CLI. */
  public static void requireAwsCli() throws IOException, InterruptedException {
    try {
      if (start(List.of("aws", "--version"), Map.of(), "").exitCode() == 0) {
        return;
      }
    } catch (IOException e) {
      // There is no such program; reported below.
    }
    String reason =
        "SKIPPED: the shipped commands were not tested, because there is no AWS CLI (aws).";
    PlainLog.info(reason);
    Assumptions.abort(reason);
  }

  /**
   * Runs {@code terraform/remove-leftovers} for the deployment {@code prod}, with an answer to its
   * prompt.
   */
  Run run(String answer, String... options) throws IOException, InterruptedException {
    List<String> command =
        Stream.concat(
                Stream.of(SCRIPT.toString(), "--name", "prod", "--region", aws.region()),
                Stream.of(options))
            .toList();
    return start(command, environment(), answer);
  }

  /** Runs it with exactly these options. */
  Run runWith(List<String> options) throws IOException, InterruptedException {
    return start(
        Stream.concat(Stream.of(SCRIPT.toString()), options.stream()).toList(), environment(), "");
  }

  /**
   * Runs the commands of a section of {@code docs/runbooks/README.md} unchanged.
   *
   * @param directory the working directory, in which they may leave files
   * @param variables the shell variables that the section requires
   */
  public Run runbook(String section, Path directory, Map<String, String> variables)
      throws IOException, InterruptedException {
    String readme = Files.readString(Path.of("docs", "runbooks", "README.md"));
    var block = Pattern.compile("(?s)\n## " + section + "\n.*?```sh\n(.*?)```").matcher(readme);
    if (!block.find()) {
      throw new AssertionError("docs/runbooks/README.md has no commands under '" + section + "'");
    }
    String set =
        variables.entrySet().stream()
            .map(variable -> variable.getKey() + "='" + variable.getValue() + "'\n")
            .collect(Collectors.joining());
    String lines = "cd '%s'\n".formatted(directory) + set + block.group(1);
    return start(List.of("bash", "-c", lines), environment(), "");
  }

  private Map<String, String> environment() {
    return Map.of(
        "AWS_ENDPOINT_URL", aws.endpoint().toString(),
        "AWS_DEFAULT_REGION", aws.region(),
        "AWS_ACCESS_KEY_ID", "AKIDEXAMPLE",
        "AWS_SECRET_ACCESS_KEY", "secret",
        "AWS_CONFIG_FILE", "/dev/null",
        "AWS_SHARED_CREDENTIALS_FILE", "/dev/null",
        "AWS_EC2_METADATA_DISABLED", "true");
  }

  private static Run start(List<String> command, Map<String, String> environment, String input)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().remove("AWS_PROFILE");
    builder.environment().putAll(environment);
    Process process = builder.start();
    try (var stdin = process.outputWriter(StandardCharsets.UTF_8)) {
      stdin.write(input);
    } catch (IOException e) {
      // The command ended without reading its input.
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), output);
  }
}
