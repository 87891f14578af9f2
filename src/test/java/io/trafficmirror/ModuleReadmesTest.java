package io.trafficmirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The tables of inputs and outputs in the README of every module match its {@code variables.tf} and
 * {@code outputs.tf}. A failure message contains the correct table.
 */
class ModuleReadmesTest {

  private static final Path ROOT = Path.of("terraform");
  private static final Pattern BLOCK =
      Pattern.compile(
          "^(?:variable|output) \"(\\w+)\" \\{\\n(.*?)^}$", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern DESCRIPTION =
      Pattern.compile("^  description += \"((?:[^\"\\\\]|\\\\.)*)\"$", Pattern.MULTILINE);
  private static final Pattern OBJECT =
      Pattern.compile(
          "^  type += object\\(\\{\\n(.*?)^  }\\)$", Pattern.MULTILINE | Pattern.DOTALL);

  /** Comment, name, and the default of a plain field or of an object. */
  private static final Pattern FIELD =
      Pattern.compile(
          "(?:^    # (.*)\\n)?^    (\\w+) += optional\\((?:object\\(\\{\\n(?:      .*\\n)*    }\\)"
              + "(?:, (.*))?|[a-z]+(?:\\(\\w+\\))?(?:, (.*))?)\\)$",
          Pattern.MULTILINE);

  private static final Pattern DEFAULT =
      Pattern.compile("^  default +=(.*?)(?=^  \\w|^$|\\z)", Pattern.MULTILINE | Pattern.DOTALL);

  static List<Path> modules() throws IOException {
    try (Stream<Path> all = Files.list(ROOT.resolve("modules"))) {
      return Stream.concat(Stream.of(ROOT), all.filter(Files::isDirectory).sorted()).toList();
    }
  }

  @Test
  void findsModules() throws IOException {
    assertThat(modules()).hasSizeGreaterThan(1);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("modules")
  void readmeListsEveryInputWithItsDefault(Path module) throws IOException {
    List<String> table =
        new ArrayList<>(List.of("| name | what | default |", "| --- | --- | --- |"));
    for (Block block : blocks(module.resolve("variables.tf"))) {
      String value = block.value().map(text -> "`" + text + "`").orElse("required");
      table.add("| `" + block.name() + "` | " + block.description() + " | " + value + " |");
      table.addAll(fields(block));
    }

    assertThat(between(module, "inputs")).isEqualTo(String.join("\n", table));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("modules")
  void readmeListsEveryOutput(Path module) throws IOException {
    List<String> table = new ArrayList<>(List.of("| name | what |", "| --- | --- |"));
    for (Block block : blocks(module.resolve("outputs.tf"))) {
      table.add("| `" + block.name() + "` | " + block.description() + " |");
    }

    assertThat(between(module, "outputs")).isEqualTo(String.join("\n", table));
  }

  private static String between(Path module, String marker) throws IOException {
    String readme = Files.readString(module.resolve("README.md"));
    String[] parts = readme.split("<!-- /?" + marker + " -->", -1);
    assertThat(parts)
        .as("README.md of " + module + ", split at its markers of " + marker)
        .hasSize(3);
    return parts[1].strip();
  }

  /**
   * The rows of an object-typed input's fields. The comment above a field documents it; a field
   * within a field is documented with the outer one.
   */
  private static List<String> fields(Block block) {
    List<String> rows = new ArrayList<>();
    Matcher type = OBJECT.matcher(block.body());
    if (type.find()) {
      Matcher field = FIELD.matcher(type.group(1));
      while (field.find()) {
        String name = block.name() + "." + field.group(2);
        assertThat(field.group(1)).as(name + " has a comment that documents it").isNotNull();
        String value = field.group(3) == null ? field.group(4) : field.group(3);
        rows.add(
            "| `%s` | %s | `%s` |".formatted(name, field.group(1), value == null ? "null" : value));
      }
      assertThat(rows)
          .as("fields of " + block.name())
          .hasSize(
              (int) type.group(1).lines().filter(line -> line.matches("    \\w+ +=.*")).count());
    }
    return rows;
  }

  private static List<Block> blocks(Path file) throws IOException {
    String text = Files.readString(file);
    List<Block> blocks = new ArrayList<>();
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      Matcher description = DESCRIPTION.matcher(block.group(2));
      assertThat(description.find())
          .as(file + ": " + block.group(1) + " has a description")
          .isTrue();
      Matcher value = DEFAULT.matcher(block.group(2));
      blocks.add(
          new Block(
              block.group(1),
              block.group(2),
              description.group(1).replace("\\\"", "\"").replace("|", "\\|"),
              value.find()
                  ? Optional.of(value.group(1).strip().replaceAll("\\s+", " "))
                  : Optional.empty()));
    }
    long declared = text.lines().filter(line -> line.matches("(variable|output) .*")).count();
    assertThat(blocks).as("the blocks of " + file).hasSize((int) declared).isNotEmpty();
    return blocks;
  }

  private record Block(String name, String body, String description, Optional<String> value) {}
}
