package io.trafficmirror.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** Whatever the bytes are, there is an answer, and it can be acted on. */
class PolicyParserFuzzTest {
  private static final String POLICY =
      """
      # A comment.
      ---
      tags:
      - tagList:
        - Key: key1
          Value: "quoted \\u00e9"
        - {Key: on, Value: 'x'}
        filterId: tmf-1
        targetId: tmt-1
      subnets:
      - subnetId: subnet-1
        filterId: tmf-1
        targetId: <INSERT_VALUE>
        targetInstanceType: t3.micro
        targetInstanceAmi: ami-1
        targetSecurityGroupIds: [sg-1, sg-2]
      vpcs:
      - vpcId: vpc-1
        filterId: tmf-1
        targetId: tmt-1
        sessionNumber: 7
      """;

  @Property(tries = 2_000)
  void anyBytesGetAnAnswer(@ForAll @Size(max = 200) byte[] content) {
    check(content);
  }

  @Property(tries = 3_000)
  void anyTextOfYamlsCharactersGetsAnAnswer(@ForAll("pieces") String text) {
    check(text.getBytes(StandardCharsets.UTF_8));
  }

  @Property(tries = 3_000)
  void anyChangeOfAPolicyGetsAnAnswer(@ForAll("changed") String text) {
    check(text.getBytes(StandardCharsets.UTF_8));
  }

  @Provide
  Arbitrary<String> pieces() {
    return piece().list().ofMaxSize(40).map(pieces -> String.join("", pieces));
  }

  @Provide
  Arbitrary<String> changed() {
    Arbitrary<Integer> places = Arbitraries.integers().between(0, POLICY.length());
    return Combinators.combine(places, Arbitraries.integers().between(0, 12), pieceOrLine(), places)
        .as(
            (from, length, piece, moved) -> {
              int to = Math.min(POLICY.length(), from + length);
              String cut = POLICY.substring(0, from) + piece + POLICY.substring(to);
              int half = Math.min(cut.length(), moved);
              return moved % 3 == 0 ? cut.substring(half) + cut.substring(0, half) : cut;
            });
  }

  private static Arbitrary<String> piece() {
    return Arbitraries.of(
        " ",
        "  ",
        "\n",
        "\r",
        "\t",
        "-",
        "- ",
        ":",
        ": ",
        "?",
        "? ",
        "[",
        "]",
        "{",
        "}",
        ",",
        "#",
        "&a",
        "*a",
        "!",
        "!!",
        "!<x>",
        "|",
        ">",
        "|2",
        "'",
        "\"",
        "\\",
        "\\u",
        "\\UFFFFFFFF",
        "%",
        "@",
        "`",
        "<<",
        "~",
        "---",
        "...",
        "%YAML 1.2",
        "%TAG ! x",
        "vpcs",
        "tags:",
        "tagList:",
        "Key",
        "vpc-1",
        "\u0000",
        "\uFEFF",
        "\u0085",
        "\u2028",
        "\uD83D\uDE00",
        "\uD800",
        "a",
        "7");
  }

  private static Arbitrary<String> pieceOrLine() {
    return Arbitraries.oneOf(
        piece(), Arbitraries.of(POLICY.split("\n", -1)).map(line -> "\n" + line + "\n"));
  }

  private static void check(byte[] content) {
    switch (PolicyParser.parse("p.yaml", content)) {
      case PolicyResult.Valid valid -> {
        assertThat(valid.policy().entries()).isNotEmpty();
        checkAll(valid.warnings());
        assertThat(valid.warnings())
            .allMatch(problem -> problem.severity() == Problem.Severity.WARNING);
      }
      case PolicyResult.Invalid invalid -> {
        checkAll(invalid.problems());
        assertThat(invalid.problems())
            .anyMatch(problem -> problem.severity() == Problem.Severity.ERROR);
      }
    }
  }

  private static void checkAll(List<Problem> problems) {
    assertThat(problems)
        .allMatch(problem -> problem.line() >= 1 && problem.column() >= 1)
        .allMatch(problem -> problem.what().chars().noneMatch(Character::isISOControl))
        .isSortedAccordingTo(
            Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
  }
}
