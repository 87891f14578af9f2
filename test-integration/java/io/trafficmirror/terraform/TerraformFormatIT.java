package io.trafficmirror.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.trafficmirror.contract.PlainLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The configuration's form, and the tests that it brings. Nothing is deployed. */
class TerraformFormatIT {

  private static final List<TerraformTools> TOOLS = new ArrayList<>();

  @TempDir private Path folder;

  @BeforeAll
  static void findTools() {
    TOOLS.add(TerraformTools.orSkip(TerraformTools.Need.TERRAFORM, TerraformFormatIT.class));
  }

  /** Where there is something that Terraform can check by itself. */
  static List<String> folders() throws IOException {
    try (Stream<Path> all = Files.walk(Path.of("terraform"))) {
      return all.filter(Files::isDirectory)
          .filter(folder -> Files.exists(folder.resolve("main.tf")))
          .map(Path::toString)
          .filter(path -> !path.contains(".terraform"))
          .sorted()
          .toList();
    }
  }

  @Test
  void everyFileIsFormatted() {
    ChildProcess.Ended ended =
        working().in("terraform").run(List.of("fmt", "-check", "-recursive", "-diff", "-no-color"));

    assertThat(ended.exitCode()).as("files that are not formatted:\n" + ended.tail()).isZero();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("folders")
  void aFolderIsValidWithoutAWarning(String path) {
    TerraformRun run = working().in(path);
    run.init();

    String text = run.run(List.of("validate", "-json", "-no-color")).output();

    JsonObject verdict =
        JsonParser.parseString(text.substring(text.indexOf('{'))).getAsJsonObject();
    assertThat(verdict.getAsJsonArray("diagnostics").asList()).isEmpty();
    assertThat(verdict.get("valid").getAsBoolean()).isTrue();
  }

  @Test
  void itsOwnTestsPass() {
    TerraformRun run = working();
    run.init();

    ChildProcess.Ended ended = run.run(List.of("test", "-no-color"));

    PlainLog.say("terraform test: " + lastLine(ended));
    assertThat(ended.exitCode()).as(ended.tail()).isZero();
    assertThat(lastLine(ended)).contains("0 failed").doesNotContain(" 0 passed");
  }

  private TerraformRun working() {
    return TerraformRun.copy(TOOLS.getLast(), folder, Map.of());
  }

  private static String lastLine(ChildProcess.Ended ended) {
    return ended.output().strip().lines().reduce("", (before, line) -> line);
  }
}
