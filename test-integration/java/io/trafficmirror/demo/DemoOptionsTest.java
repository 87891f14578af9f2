package io.trafficmirror.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Command lines that are rejected or answered before the demo starts. */
final class DemoOptionsTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir private Path directory;

  @Test
  void helpListsAllOptionsAndExitCodes() {
    assertThat(run("--help")).isZero();
    assertThat(text(out))
        .contains(
            "./demo",
            "--inventory",
            "--config",
            "--instances",
            "--seed",
            "--dry-run",
            "--json",
            "--csv",
            "target/demo/instances.csv",
            "Exit code: 0");
    assertThat(text(err)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "--instance=5          | Unknown option",
        "surplus               | only options are expected, got 'surplus'",
        "--instances=abc       | '--instances': expected a whole number from 1 to 10,000, got"
            + " 'abc'",
        "--instances=0         | expected a whole number from 1 to 10,000, got '0'",
        "--instances=-1        | expected a whole number from 1 to 10,000, got '-1'",
        "--instances=10001     | expected a whole number from 1 to 10,000, got '10001'",
        "--instances=99999999999 | expected a whole number from 1 to 10,000, got '99999999999'",
        "--instances           | --instances",
        "--seed=x              | '--seed': expected a whole number of at most 18 digits, got"
            + " 'x'",
        "--seed=1.5            | expected a whole number of at most 18 digits, got '1.5'",
        "--seed=1234567890123456789 | expected a whole number of at most 18 digits",
        "--inventory           | --inventory",
        "--inventory=          | demo: --inventory: expected a file name, got nothing",
        "--config=             | demo: --config: expected a file name, got nothing",
        "--inventory=nowhere.json | nowhere.json: no such file",
        "--config=nowhere.yaml    | nowhere.yaml: no such file"
      })
  void rejectsAnInvalidOptionWithOneLineAndExitCodeTwo(String option, String expected) {
    assertThat(run(option, "--json")).isEqualTo(2);
    assertThat(text(err)).startsWith("demo: ").contains(expected).hasLineCount(1);
    assertThat(text(out)).isEmpty();
  }

  @Test
  void rejectsInventoryTogetherWithInstances() {
    assertThat(run("--inventory", "fleet.json", "--instances", "5")).isEqualTo(2);
    assertThat(text(err)).contains("--inventory and --instances").hasLineCount(1);
  }

  @Test
  void rejectsJsonTogetherWithCsv() {
    assertThat(run("--json", "--csv")).isEqualTo(2);
    assertThat(text(err)).contains("--json and --csv").hasLineCount(1);
    assertThat(text(out)).isEmpty();
  }

  @Test
  void reportsTheLineOfAnInventorySyntaxError() throws IOException {
    Path file = Files.writeString(directory.resolve("fleet.json"), "{\n  \"Reservations\": oops}");

    assertThat(run("--inventory", file.toString())).isEqualTo(2);
    assertThat(text(err)).contains("fleet.json:2:").hasLineCount(1);
  }

  @Test
  void rejectsAnInventoryThatIsNotUtf8() throws IOException {
    Path file = Files.write(directory.resolve("fleet.json"), new byte[] {(byte) 0xff, 0, 1});

    assertThat(run("--inventory", file.toString())).isEqualTo(2);
    assertThat(text(err)).contains("not UTF-8").hasLineCount(1);
  }

  @Test
  void rejectsADirectoryAsInventory() {
    assertThat(run("--inventory", directory.toString())).isEqualTo(2);
    assertThat(text(err)).contains("not a regular file").hasLineCount(1);
  }

  @Test
  void reportsEveryPolicyProblemWithItsLine() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("policy.yaml"),
            """
            vpcs:
              - vpcId: subnet-1
                filterId: tmf-1
                tragetId: tmt-1
            """);

    assertThat(run("--config", file.toString())).isEqualTo(2);
    assertThat(text(err).lines())
        .hasSizeGreaterThan(2)
        .startsWith("demo: invalid policy:")
        .anySatisfy(line -> assertThat(line).contains("targetId"));
    assertThat(text(err).lines().skip(1))
        .allMatch(line -> line.startsWith(file + ":2:") || line.startsWith(file + ":4:"));
  }

  private int run(String... args) {
    return Demo.run(
        args,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        directory);
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }
}
