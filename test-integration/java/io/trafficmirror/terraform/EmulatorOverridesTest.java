package io.trafficmirror.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The configuration contains no workarounds for emulators; the override files of the tests do. */
class EmulatorOverridesTest {

  private static final Path CONFIGURATION = Path.of("terraform");

  private static final Pattern EMULATOR =
      Pattern.compile("\\b(moto|localstack|emulat\\w*)\\b", Pattern.CASE_INSENSITIVE);

  @Test
  void configurationIgnoresNoDrift() throws IOException {
    assertThat(configuration())
        .allSatisfy((file, text) -> assertThat(text).as(file).doesNotContain("ignore_changes"));
  }

  @Test
  void configurationNamesNoEmulator() throws IOException {
    assertThat(configuration())
        .allSatisfy((file, text) -> assertThat(text).as(file).doesNotContainPattern(EMULATOR));
  }

  @Test
  void configurationHasNoOverrideFiles() throws IOException {
    assertThat(configuration().keySet()).noneMatch(EmulatorOverridesTest::isOverride);
  }

  @Test
  void everyOverrideFileIsMergedIntoAnExistingFolder() throws IOException {
    List<Path> overrides = files(EmulatorOverrides.FOLDER, name -> true);

    assertThat(overrides)
        .isNotEmpty()
        .allSatisfy(
            file -> {
              Path relative = EmulatorOverrides.FOLDER.relativize(file);
              assertThat(relative.toString()).matches(EmulatorOverridesTest::isOverride);
              assertThat(CONFIGURATION.resolve(relative)).doesNotExist();
              assertThat(CONFIGURATION.resolve(relative).resolveSibling("main.tf")).exists();
            });
  }

  @Test
  void readmeDeploymentUsesTheSameOverrides() throws IOException {
    Path folder = Path.of("").toAbsolutePath().relativize(EmulatorOverrides.FOLDER);

    assertThat(Path.of(".ci", "deploy-as-readme-says"))
        .content()
        .contains("cp -R " + folder + "/. terraform/");
  }

  /** The text of every file that Terraform reads as part of the configuration, by its path. */
  private static Map<String, String> configuration() throws IOException {
    Map<String, String> texts = new TreeMap<>();
    for (Path file :
        files(CONFIGURATION, name -> name.endsWith(".tf") || name.endsWith(".tfvars"))) {
      texts.put(file.toString(), Files.readString(file));
    }
    assertThat(texts).isNotEmpty();
    return texts;
  }

  private static List<Path> files(Path folder, Predicate<String> named) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> !folder.relativize(file).toString().contains(".terraform"))
          .filter(file -> named.test(file.getFileName().toString()))
          .toList();
    }
  }

  private static boolean isOverride(String name) {
    return name.endsWith("_override.tf") || name.endsWith("override.tf.json");
  }
}
