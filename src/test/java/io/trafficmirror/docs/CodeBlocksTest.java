package io.trafficmirror.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import io.trafficmirror.contract.PlainLog;
import io.trafficmirror.policy.PolicyParser;
import io.trafficmirror.policy.PolicyResult;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every fenced code block of the documentation parses in the language that it declares. */
class CodeBlocksTest {

  private static final Set<String> SHELL = Set.of("sh", "bash");

  /** Commands after a prompt, with their output. */
  private static final String CONSOLE = "console";

  /** Diagrams and the output of programs: the only blocks that are not parsed. */
  private static final String TEXT = "text";

  private static final Set<String> LANGUAGES =
      Set.of("sh", "bash", CONSOLE, "json", "yaml", "hcl", TEXT);

  static List<MarkdownPage.Block> blocks() throws IOException {
    return MarkdownPage.all().stream().flatMap(page -> page.blocks().stream()).toList();
  }

  private static List<MarkdownPage.Block> blocks(Set<String> languages) throws IOException {
    return blocks().stream().filter(block -> languages.contains(block.language())).toList();
  }

  static List<MarkdownPage.Block> shellBlocks() throws IOException {
    return blocks(SHELL);
  }

  static List<MarkdownPage.Block> consoleBlocks() throws IOException {
    return blocks(Set.of(CONSOLE));
  }

  static List<MarkdownPage.Block> jsonBlocks() throws IOException {
    return blocks(Set.of("json"));
  }

  static List<MarkdownPage.Block> yamlBlocks() throws IOException {
    return blocks(Set.of("yaml"));
  }

  static List<MarkdownPage.Block> hclBlocks() throws IOException {
    return blocks(Set.of("hcl"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("blocks")
  void declaresAKnownLanguage(MarkdownPage.Block block) {
    assertThat(LANGUAGES).as(block.place()).contains(block.language());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("shellBlocks")
  void shellParses(MarkdownPage.Block block) throws IOException, InterruptedException {
    assertShellParses(block.place(), block.text());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("consoleBlocks")
  void commandsAfterAPromptParse(MarkdownPage.Block block)
      throws IOException, InterruptedException {
    String commands =
        block
            .text()
            .lines()
            .filter(line -> line.startsWith("$ "))
            .map(line -> line.substring(2) + "\n")
            .collect(Collectors.joining());
    assertThat(commands).as(block.place() + ": commands").isNotEmpty();
    assertShellParses(block.place(), commands);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("jsonBlocks")
  void jsonParses(MarkdownPage.Block block) throws IOException {
    assertThat(json(block.text()).isJsonObject()).as(block.place()).isTrue();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("yamlBlocks")
  void yamlIsAPolicyWithoutWarnings(MarkdownPage.Block block) {
    PolicyResult result =
        PolicyParser.parse(block.place(), block.text().getBytes(StandardCharsets.UTF_8));
    assertThat(result).isInstanceOf(PolicyResult.Valid.class);
    assertThat(((PolicyResult.Valid) result).warnings()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hclBlocks")
  void hclParsesAndIsFormatted(MarkdownPage.Block block) throws IOException, InterruptedException {
    needTerraform();
    Result result = run(List.of("terraform", "fmt", "-check", "-diff", "-no-color", "-"), block);
    assertThat(result.exitCode()).as(block.place() + "\n" + result.output()).isZero();
  }

  @Test
  void everyLanguageButTextIsChecked() throws IOException {
    Set<String> used =
        blocks().stream().map(MarkdownPage.Block::language).collect(Collectors.toSet());
    assertThat(used).isEqualTo(LANGUAGES);
  }

  @Test
  void brokenBlocksAreFound() {
    assertThatThrownBy(() -> assertShellParses("page.md:1", "if true; then\n"))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> json("{\"key\": }")).isInstanceOf(JsonParseException.class);
    assertThat(
            MarkdownPage.of(Path.of("page.md"), List.of("prose", "```", "text", "```"))
                .blocks()
                .getFirst()
                .language())
        .isEmpty();
  }

  private static JsonElement json(String text) throws IOException {
    JsonReader reader = new JsonReader(new StringReader(text));
    reader.setStrictness(Strictness.STRICT);
    JsonElement element = JsonParser.parseReader(reader);
    assertThat(reader.peek()).hasToString("END_DOCUMENT");
    return element;
  }

  private static void assertShellParses(String place, String commands)
      throws IOException, InterruptedException {
    Result result = run(List.of("bash", "-n"), new MarkdownPage.Block(place, "sh", commands));
    assertThat(result.exitCode()).as(place + "\n" + result.output()).isZero();
    assertThat(result.output()).as(place).isEmpty();
  }

  private static void needTerraform() throws InterruptedException {
    try {
      if (run(List.of("terraform", "version"), new MarkdownPage.Block("", "", "")).exitCode()
          == 0) {
        return;
      }
    } catch (IOException e) {
      // No such program: skipped below.
    }
    String reason =
        "SKIPPED: hcl blocks of the documentation, because terraform is not on the PATH";
    PlainLog.info(reason);
    Assumptions.abort(reason);
  }

  private record Result(int exitCode, String output) {}

  /** Runs a command with the block's text on its standard input. */
  private static Result run(List<String> command, MarkdownPage.Block block)
      throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (var stdin = process.outputWriter(StandardCharsets.UTF_8)) {
      stdin.write(block.text());
    } catch (IOException e) {
      // The command did not read its input.
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), output);
  }
}
