package io.trafficmirror.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.trafficmirror.contract.PlainLog;
import io.trafficmirror.harness.Effort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The format of the configuration and its own tests. Nothing is deployed. */
@Order(3)
class TerraformFormatIT {

  private static final Path MODULES = Path.of("terraform", "modules");

  private static final List<TerraformRun> RUNS = new ArrayList<>();

  private static final List<Path> FOLDERS = new ArrayList<>();

  @BeforeAll
  static void copy() {
    TerraformTools tools =
        TerraformTools.orSkip(TerraformTools.Need.TERRAFORM, TerraformFormatIT.class);
    FOLDERS.add(Folders.temporary());
    RUNS.add(TerraformRun.copy(tools, FOLDERS.getLast(), Map.of()));
  }

  @AfterAll
  static void remove() {
    FOLDERS.forEach(Folders::delete);
  }

  /** The root modules; child modules are validated with the modules that call them. */
  static List<String> folders() throws IOException {
    try (Stream<Path> all = Files.walk(Path.of("terraform"))) {
      return all.filter(folder -> Files.exists(folder.resolve("main.tf")))
          .filter(folder -> !folder.startsWith(MODULES))
          .map(Path::toString)
          .sorted()
          .toList();
    }
  }

  @Test
  void everyModuleIsPartOfTheRootConfiguration() throws IOException {
    String main = Files.readString(Path.of("terraform", "main.tf"));
    try (Stream<Path> all = Files.list(MODULES)) {
      assertThat(all.map(module -> "\"./modules/" + module.getFileName() + "\""))
          .isNotEmpty()
          .allMatch(main::contains);
    }
  }

  @Test
  void everyFileIsFormatted() {
    ChildProcess.Result result =
        RUNS.getLast()
            .in("terraform")
            .run(List.of("fmt", "-check", "-recursive", "-diff", "-no-color"));

    assertThat(result.exitCode()).as("files that are not formatted:\n" + result.tail()).isZero();
  }

  @Test
  void everyEmulatorOverrideIsFormatted() {
    ChildProcess.Result result =
        RUNS.getLast()
            .in(EmulatorOverrides.FOLDER.toString())
            .run(List.of("fmt", "-check", "-recursive", "-diff", "-no-color"));

    assertThat(result.exitCode())
        .as("overrides that are not formatted:\n" + result.tail())
        .isZero();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("folders")
  void folderIsValidWithoutWarnings(String path) {
    TerraformRun run = RUNS.getLast().in(path);
    run.init();

    String text = run.run(List.of("validate", "-json", "-no-color")).output();

    JsonObject verdict =
        JsonParser.parseString(text.substring(text.indexOf('{'))).getAsJsonObject();
    assertThat(verdict.getAsJsonArray("diagnostics").asList()).isEmpty();
    assertThat(verdict.get("valid").getAsBoolean()).isTrue();
  }

  @Test
  void terraformTestsPass() throws IOException {
    TerraformRun run = RUNS.getLast();
    run.init();

    List<String> command = new ArrayList<>(List.of("test", "-no-color"));
    if (!Effort.IS_EXHAUSTIVE) {
      testFiles().forEach(file -> command.add("-filter=" + file));
    }
    ChildProcess.Result result = run.run(command);

    PlainLog.info("terraform test: " + lastLine(result));
    assertThat(result.exitCode()).as(result.tail()).isZero();
    assertThat(lastLine(result)).contains("0 failed").doesNotContain(" 0 passed");
  }

  /** The test files, except those that check one bound of one variable in each of many runs. */
  private static List<String> testFiles() throws IOException {
    try (Stream<Path> all = Files.list(Path.of("terraform", "tests"))) {
      return all.map(file -> "tests/" + file.getFileName())
          .filter(file -> file.endsWith(".tftest.hcl") && !file.endsWith("refusals.tftest.hcl"))
          .sorted()
          .toList();
    }
  }

  private static String lastLine(ChildProcess.Result result) {
    return result.output().strip().lines().reduce("", (before, line) -> line);
  }
}
