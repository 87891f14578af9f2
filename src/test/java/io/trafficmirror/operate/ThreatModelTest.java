package io.trafficmirror.operate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every claim of the threat model names an existing test. */
class ThreatModelTest {

  private static final Path MODEL = Path.of("docs", "THREAT-MODEL.md");
  private static final Path TERRAFORM_TESTS = Path.of("terraform", "tests");
  private static final List<Path> JAVA_TESTS =
      List.of(Path.of("src", "test", "java"), Path.of("test-integration", "java"));

  @Test
  void everyNamedTestExists() throws IOException {
    List<MatchResult> named =
        Pattern.compile("`([A-Za-z.-]+\\w)#(\\w+)`")
            .matcher(Files.readString(MODEL))
            .results()
            .toList();
    assertThat(named).hasSizeGreaterThan(30);
    for (MatchResult test : named) {
      String file = test.group(1);
      String claim =
          file.endsWith(".hcl") ? "run \"" + test.group(2) + "\"" : "void " + test.group(2) + "(";
      assertThat(source(file)).as(test.group()).contains(claim);
    }
  }

  @Test
  void everyClaimNamesATest() throws IOException {
    assertThat(Files.readAllLines(MODEL))
        .filteredOn(line -> line.startsWith("| ") && !line.endsWith("| test |"))
        .filteredOn(line -> !line.startsWith("| ---"))
        .hasSizeGreaterThan(20)
        .allMatch(line -> line.contains("#"));
  }

  private static String source(String file) throws IOException {
    if (file.endsWith(".hcl")) {
      return Files.readString(TERRAFORM_TESTS.resolve(file));
    }
    for (Path root : JAVA_TESTS) {
      try (Stream<Path> files = Files.walk(root)) {
        List<Path> found = files.filter(path -> path.endsWith(file + ".java")).toList();
        if (!found.isEmpty()) {
          return Files.readString(found.getFirst());
        }
      }
    }
    throw new AssertionError("no such test: " + file);
  }
}
