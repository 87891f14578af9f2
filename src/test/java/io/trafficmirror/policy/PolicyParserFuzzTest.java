package io.trafficmirror.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.fuzz.Bytes;
import io.trafficmirror.fuzz.Corpus;
import io.trafficmirror.fuzz.Hostile;
import io.trafficmirror.mirror.DesiredSession;
import io.trafficmirror.mirror.Entry;
import io.trafficmirror.mirror.FilterId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Test;

/** Every input gives a result, and a valid result can be used. */
class PolicyParserFuzzTest {
  private static final Corpus CORPUS = new Corpus("policies");

  /** A thousand problems and one that gives the number of omitted ones. */
  private static final int MAX_PROBLEMS = 1_001;

  private static final int MAX_TEXT = 1_000;

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

  private static final List<String> PIECES =
      List.of(
          " ",
          "  ",
          "\n",
          "\n  ",
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
          "&a ",
          "*a",
          "!",
          "!!",
          "!!str ",
          "!!int 7",
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
          "<<: *a",
          "~",
          "null",
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
          "7",
          "0x7",
          "1e9",
          "32767",
          "yes");

  private static final List<String> LINES = List.of(POLICY.split("\n", -1));

  /** Uses jqwik's default number of tries, so that CI can set it. */
  @Property(edgeCases = EdgeCasesMode.NONE)
  void parsesAnyPolicyFileWithoutAnException(@ForAll("files") byte[] content) {
    Statistics.label("kind")
        .collect(CORPUS.check(content, PolicyParserFuzzTest::check))
        .coverage(
            kinds -> {
              kinds.check("Valid").percentage(percent -> percent > 0.5);
              kinds.check("Invalid").percentage(percent -> percent > 10);
            });
  }

  @Test
  void parsesTheWholeCorpusWithoutAnException() {
    CORPUS.replay(PolicyParserFuzzTest::check);
  }

  @Provide
  Arbitrary<byte[]> files() {
    return Arbitraries.randomValue(PolicyParserFuzzTest::file);
  }

  private static byte[] file(Random random) {
    byte[] policy = POLICY.getBytes(StandardCharsets.UTF_8);
    return switch (random.nextInt(100)) {
      case 0 -> nested(random).getBytes(StandardCharsets.UTF_8);
      case 1, 2, 3, 4, 5, 6, 7 -> Bytes.any(random, 200);
      case 8, 9, 10, 11, 12, 13, 14, 15 -> Bytes.ofPieces(random, PIECES, 40);
      case 16, 17, 18, 19, 20, 21, 22 -> Bytes.cut(random, policy);
      case 23, 24, 25, 26, 27, 28, 29 -> Bytes.changed(random, policy);
      default -> changed(random).getBytes(StandardCharsets.UTF_8);
    };
  }

  /**
   * The policy with lines removed, duplicated, moved, re-indented, or with another value or a token
   * inserted.
   */
  private static String changed(Random random) {
    List<String> lines = new ArrayList<>(LINES);
    for (int left = 1 + random.nextInt(3); left > 0; left--) {
      int place = random.nextInt(lines.size());
      String line = lines.get(place);
      switch (random.nextInt(6)) {
        case 0 -> lines.remove(place);
        case 1 -> lines.add(place, line);
        case 2 -> lines.add(random.nextInt(lines.size()), line);
        case 3 -> lines.set(place, line.replaceFirst(": .*", ": ") + Hostile.text(random));
        case 4 -> lines.set(place, " ".repeat(random.nextInt(5)) + line.strip());
        default -> {
          int at = random.nextInt(line.length() + 1);
          lines.set(place, line.substring(0, at) + piece(random) + line.substring(at));
        }
      }
    }
    return String.join("\n", lines);
  }

  private static String nested(Random random) {
    String open = List.of("[", "{a: ", "- ", "? ", "[[", "&a [", "{? ").get(random.nextInt(7));
    return "tags: " + open.repeat(random.nextInt(3_000)) + piece(random);
  }

  private static String piece(Random random) {
    return PIECES.get(random.nextInt(PIECES.size()));
  }

  private static String check(byte[] content) {
    PolicyResult result = PolicyParser.parse("p.yaml", content);
    switch (result) {
      case PolicyResult.Valid valid -> {
        assertThat(valid.policy().entries()).isNotEmpty();
        valid.policy().entries().forEach(PolicyParserFuzzTest::check);
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
    return result.getClass().getSimpleName();
  }

  /** The parsed entry satisfies the domain's constraints, so that nothing rejects it later. */
  private static void check(Entry entry) {
    DesiredSession wanted = entry.wanted();
    assertThat(wanted.number()).isBetween(DesiredSession.MIN_NUMBER, DesiredSession.MAX_NUMBER);
    assertThat(FilterId.isValid(wanted.filter().value())).isTrue();
    assertThat(wanted.entry()).hasSizeBetween(1, 100).matches("\\p{Graph}+");
  }

  private static void checkAll(List<Problem> problems) {
    assertThat(problems).hasSizeLessThanOrEqualTo(MAX_PROBLEMS);
    assertThat(problems)
        .allMatch(problem -> problem.what().length() <= MAX_TEXT)
        .allMatch(problem -> problem.line() >= 1 && problem.column() >= 1)
        .allMatch(problem -> problem.what().chars().noneMatch(Character::isISOControl))
        .isSortedAccordingTo(
            Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
  }
}
