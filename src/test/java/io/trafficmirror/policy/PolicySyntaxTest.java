package io.trafficmirror.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The problems of a file that is not YAML, not text, or uses YAML features that a policy must not
 * use.
 */
class PolicySyntaxTest {

  private static final String COLON =
      "a colon is not expected here: check how this line and the one above are indented, and quote"
          + " a value that contains ': '";
  private static final String DOES_NOT_FIT =
      "this does not fit the lines above: check the indentation, and look for text after a closing"
          + " quote or bracket";
  private static final String ESCAPE =
      "unknown escape: within double quotes write a backslash twice, or use single quotes";

  static Stream<Arguments> faults() {
    return Stream.of(
        arguments(
            "vpcs:\n\t- a",
            "2:1",
            "a tab is not allowed here: YAML uses only spaces for indentation"),
        arguments(
            "vpcs: \tx", "1:7", "a tab is not allowed here: YAML uses only spaces for indentation"),
        arguments(
            "vpcs: @x", "1:7", "a value cannot start with this character: put the value in quotes"),
        arguments("vpcs: a: b", "1:8", COLON),
        arguments("vpcs: a\n  tags: b", "2:7", COLON),
        arguments(
            "vpcs:\n- ~\ntags\n",
            "3:1",
            "this is neither 'key: value' nor '- item': is a colon missing?"),
        arguments("vpcs: 'x\n\n", "1:7", "the quote that opens here is not closed"),
        arguments("vpcs: \"x", "1:7", "the quote that opens here is not closed"),
        arguments("vpcs: \"\\q\"", "1:9", ESCAPE),
        arguments("vpcs: \"\\U0011ffff\"", "1:10", ESCAPE),
        arguments("vpcs: [1, 2", "1:7", "the list that opens here lacks a comma or its ']'"),
        arguments("vpcs: {a: 1", "1:7", "the mapping that opens here lacks a comma or its '}'"),
        arguments("vpcs:\n  - a\n tags:\n", "3:2", DOES_NOT_FIT),
        arguments("vpcs: 'x' y", "1:11", DOES_NOT_FIT),
        arguments(
            "vpcs: - a",
            "1:7",
            "a list item is not expected here: write '- ' items on lines of their own"),
        arguments(
            "}",
            "1:1",
            "a value is expected here: is a value missing, or is there an extra bracket?"),
        arguments(
            "vpcs: >x",
            "1:7",
            "a value that starts with '|' or '>' continues on the next lines: put it in quotes if"
                + " that is not intended"),
        arguments("vpcs: ? a", "1:7", "this is not YAML: mapping keys are not allowed here"),
        arguments(
            "%YAML 2.0\n---\nvpcs: []",
            "1:1", "the %YAML directive names a version other than 1.x: remove that line"),
        arguments(
            "vpcs: \"\\UFFFFFFFF\"",
            "1:1",
            "the YAML cannot be parsed from here on: check for an invalid escape"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void reportsASyntaxErrorAtItsPositionInPlainWords(String yaml, String where, String what) {
    assertThat(Reading.problems(yaml)).contains(where + ": error: " + what);
  }

  @ParameterizedTest
  @MethodSource("faults")
  void exposesNoLibraryClassInAMessage(String yaml) {
    assertThat(Reading.problems(yaml))
        .allSatisfy(
            problem -> assertThat(problem).doesNotContain("Exception", "Token", "org.", "\n"));
  }

  @Test
  void checksThePartBeforeASyntaxError() {
    String yaml =
        """
        vpcs:
        - vpcId: vpc-1
          filterId: tnf-1
        - vpcId: vpx-2
          filter: tmf-1
          targetId: tmt-1
          sessionNumber:
          \tfoo: 1
        tags:
        """;
    assertThat(Reading.problems(yaml))
        .containsExactly(
            "2:3: error: this entry sends its traffic nowhere; expected 'targetId', the id of a"
                + " traffic mirror target (tmt-...), or all of targetInstanceType,"
                + " targetInstanceAmi and targetSecurityGroupIds",
            "3:13: error: 'filterId' is 'tnf-1'; expected the id of a traffic mirror filter"
                + " (tmf-...)",
            "4:10: error: 'vpcId' is 'vpx-2'; expected the id of a VPC (vpc-...)",
            "5:3: error: this entry has the unknown key 'filter'; did you mean 'filterId'?",
            "8:3: error: a tab is not allowed here: YAML uses only spaces for indentation");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "vpcs:\n- vpcId: vpc-1\n  @",
        "vpcs:\n- targetInstanceType: t3.micro\n  @",
        "vpcs:\n- vpcId: vpc-1\n  targetInstanceType: t3.micro\n  targetSecurityGroupIds:\n  - @",
        "vpcs:\n- targetId: tmt-1\n  @",
        "subnets:\n- @",
        "tags:\n- tagList:\n  - Key: a\n    @",
        "tags:\n- tagList: @",
        "vpcs: @",
        "vpcs:\n@",
        "@",
        "vpcs:\n- vpcId: tmt-1 a: b",
        "vpcs:\n- vpcId: vpc-1\n  sessionNumber: 0 a: b",
        "vpcs:\n- filterId tmf-1\n  vpcId: vpc-1",
        "just words\nand: more",
        "\"key\" and more",
      })
  void reportsNoKeyAsMissingThatMayFollowASyntaxError(String yaml) {
    assertThat(Reading.problems(yaml)).hasSize(1);
  }

  @Test
  void checksTheLineBeforeASyntaxError() {
    assertThat(Reading.problems("vpcs:\n- vpcId: x-1\n\t@"))
        .containsExactly(
            "2:10: error: 'vpcId' is 'x-1'; expected the id of a VPC (vpc-...)",
            "3:1: error: a tab is not allowed here: YAML uses only spaces for indentation");
    assertThat(Reading.problems("hello\n\t@"))
        .containsExactly(
            "1:1: error: the file is a single value; expected a mapping with any of the keys tags,"
                + " subnets, vpcs",
            "2:1: error: a tab is not allowed here: YAML uses only spaces for indentation");
  }

  @Test
  void reportsThePositionOfAnchorsAliasesAndMergeKeys() {
    String yaml =
        """
        subnets:
        - &first
          subnetId: &id subnet-1
          filterId: tmf-1
          targetId: tmt-1
        - <<: *first
          subnetId: *id
        - *first
        """;
    String anchor = "anchors are not allowed here: remove the '&' and the name after it";
    String alias = "aliases are not allowed here: write the value out";
    assertThat(Reading.problems(yaml))
        .containsExactly(
            "2:3: error: " + anchor,
            "3:13: error: " + anchor,
            "6:3: error: merge keys are not allowed here: write the keys out",
            "6:7: error: " + alias,
            "7:13: error: " + alias,
            "8:3: error: " + alias);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*x",
        "tags:\n- tagList: *x\n  filterId: tmf-1\n  targetId: tmt-1",
        "tags:\n- tagList: [*x]\n  filterId: tmf-1\n  targetId: tmt-1",
        "tags:\n- tagList: [{Key: a, Value: *x}]\n  filterId: tmf-1\n  targetId: tmt-1",
        "vpcs: [{vpcId: vpc-1, filterId: tmf-1, targetId: *x}]",
        "vpcs: [{vpcId: vpc-1, filterId: tmf-1, targetId: tmt-1, sessionNumber: *x}]",
        "vpcs:\n- vpcId: vpc-1\n  filterId: tmf-1\n  targetInstanceType: a.b\n"
            + "  targetInstanceAmi: ami-1\n  targetSecurityGroupIds: [*x, sg-1]",
        "vpcs:\n- vpcId: vpc-1\n  filterId: tmf-1\n  targetInstanceType: a.b\n"
            + "  targetInstanceAmi: ami-1\n  targetSecurityGroupIds: *x",
        "vpcs:\n- *x : tmf-1"
      })
  void reportsAnAliasOnlyOnce(String yaml) {
    assertThat(Reading.problems(yaml))
        .hasSize(1)
        .first()
        .asString()
        .endsWith("error: aliases are not allowed here: write the value out");
  }

  @Test
  void reportsAQuotedMergeKeyAsAnUnknownKey() {
    assertThat(Reading.problems("\"<<\": []"))
        .containsExactly(
            "1:1: error: the file has the unknown key '<<'; known keys: tags, subnets, vpcs");
  }

  @ParameterizedTest
  @CsvSource({
    "!!python/object:os.system, !!python/object:os.system",
    "!!str, !!str",
    "!mine, !mine",
    "!, !"
  })
  void rejectsAnExplicitTag(String tag, String shown) {
    String what =
        "error: explicit YAML tags such as '%s' are not allowed: remove it, and put text in quotes"
            .formatted(shown);
    assertThat(Reading.problems(Reading.withLine("sessionNumber: " + tag + " 7")))
        .containsExactly("5:18: " + what);
    assertThat(Reading.problems("vpcs: " + tag + " []")).contains("1:7: " + what);
    assertThat(Reading.problems(tag + " {vpcs: []}")).contains("1:1: " + what);
  }

  @Test
  void rejectsASecondDocumentAtItsStart() {
    String yaml = Reading.withLine("sessionNumber: 0");
    assertThat(Reading.problems(yaml + "---\nfoo: bar\n"))
        .containsExactly(
            "5:18: error: 'sessionNumber' is '0'; expected a whole number from 1 to 32766, without"
                + " quotes",
            "6:1: error: a second YAML document starts here: a policy must be a single document");
    assertThat(Reading.problems("---\n---\n"))
        .containsExactly(
            "2:1: error: a second YAML document starts here: a policy must be a single document");
  }

  @Test
  void limitsNesting() {
    String what = "error: the file nests deeper than 20 levels: no policy needs more than five";
    assertThat(Reading.problems("[".repeat(20) + "]".repeat(20)))
        .containsExactly(
            "1:1: error: the file is a list; expected a mapping with any of the keys tags, subnets,"
                + " vpcs");
    assertThat(Reading.problems("[".repeat(21) + "]".repeat(21))).contains("1:21: " + what);
    assertThat(Reading.problems("[".repeat(1_000_000))).contains("1:21: " + what);
    assertThat(Reading.problems("- ".repeat(500_000))).contains("1:41: " + what);
    assertThat(Reading.problems("{a: ".repeat(250_000))).contains("1:81: " + what);
  }

  private static PolicyResult parse(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return PolicyParser.parse("p.yaml", all.toByteArray());
  }

  private static byte[] hex(String bytes) {
    return HexFormat.of().parseHex(bytes);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ff", "80", "c3", "c0", "e282", "f09f98", "ed", "f5"})
  void reportsThePositionOfInvalidUtf8(String bytes) {
    assertThat(
            Reading.problems(
                parse(utf8("# grün \uD83D\uDE00\n# ä"), hex(bytes), utf8("\nvpcs: x"))))
        .containsExactly(
            "2:4: error: this is not UTF-8: save the file as UTF-8",
            "3:7: error: 'vpcs' is a single value; expected a list of entries, or remove the key");
  }

  @Test
  void reportsEveryPositionOfInvalidUtf8() {
    assertThat(
            Reading.problems(
                parse(utf8(Reading.withLine("") + "# "), hex("ff"), utf8("x"), hex("c3"))))
        .containsExactly(
            "6:3: error: this is not UTF-8: save the file as UTF-8",
            "6:5: error: this is not UTF-8: save the file as UTF-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"fffe", "feff", "fffe7600", "feff0076"})
  void recognizesUtf16(String bytes) {
    assertThat(Reading.problems(parse(hex(bytes))))
        .containsExactly(
            "1:1: error: the file is UTF-16, but a policy must be UTF-8: save it as UTF-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"fe", "ff", "fefe", "ff00", "7ffe", "ffff"})
  void doesNotMistakeOtherInvalidBytesForUtf16(String bytes) {
    assertThat(Reading.problems(parse(hex(bytes))))
        .anyMatch(problem -> problem.endsWith("this is not UTF-8: save the file as UTF-8"));
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0x00, 0x01, 0x08, 0x0b, 0x0c, 0x0e, 0x1b, 0x1f, 0x7f, 0x80, 0x84, 0x86, 0x9f, 0xfffe, 0xffff
      })
  void reportsAControlCharacterOnce(int point) {
    assertThat(
            Reading.problems(Reading.withLine("sessionNumber: 5 # a" + Character.toString(point))))
        .containsExactly(
            "5:23: error: the control character U+%04X is not allowed in a policy: remove it"
                .formatted(point));
    assertThat(
            Reading.problems(
                Reading.withLine("").replace("tmt-1", "tmt-" + Character.toString(point))))
        .hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0x09, 0x20, 0x7e, 0x85, 0xa0, 0xd7ff, 0xe000, 0xfeff, 0xfffd, 0x10000, 0x1fffe, 0x10ffff
      })
  void acceptsAllOtherCharacters(int point) {
    assertThat(
            Reading.entries(Reading.withLine("sessionNumber: 5 # a" + Character.toString(point))))
        .hasSize(1);
  }

  @Test
  void countsColumnsInCharacters() {
    assertThat(Reading.problems("{\"grün\uD83D\uDE00\": 1, foo: 2}"))
        .containsExactly(
            "1:2: error: the file has the unknown key 'grün\uD83D\uDE00'; known keys: tags,"
                + " subnets, vpcs",
            "1:14: error: the file has the unknown key 'foo'; known keys: tags, subnets, vpcs");
    assertThat(Reading.problems("# \uD83D\uDE00\u0001"))
        .contains("1:4: error: the control character U+0001 is not allowed in a policy: remove it");
  }

  @Test
  void includesTheFileNameInEveryProblem() {
    assertThat(PolicyParser.parse("config/x.yaml", new byte[0]))
        .isEqualTo(
            new PolicyResult.Invalid(
                List.of(
                    new Problem(
                        Problem.Severity.ERROR,
                        "config/x.yaml",
                        1,
                        1,
                        "the policy has no entry; expected at least one under tags, subnets,"
                            + " vpcs"))));
  }
}
