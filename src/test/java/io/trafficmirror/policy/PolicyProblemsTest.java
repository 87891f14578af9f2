package io.trafficmirror.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The problems of a file that is valid YAML but not a valid policy. */
class PolicyProblemsTest {

  @Test
  void reportsAllProblemsAtOnceInFileOrder() {
    String yaml =
        """
        tags:
        - tagList:
          - key: on
            Value:
          - Key: only
          filterid: tnf-1
          targetId: tmt-1
          targetId: tmt-2
          foo: 1
        -
        - x
        vpcs:
        subnets: []
        [a]: b
        {a: b}: c
        """;
    assertThat(Reading.problems(yaml))
        .containsExactly(
            "3:5: error: this tag has the unknown key 'key'; did you mean 'Key'?",
            "4:5: error: 'Value' has no value; expected the value of a tag (\"\" for an empty one)",
            "5:5: error: this tag has no 'Value'; expected the value of a tag (\"\" for an empty"
                + " one)",
            "6:3: error: this entry has the unknown key 'filterid'; did you mean 'filterId'?",
            "6:13: error: 'filterId' is 'tnf-1'; expected the id of a traffic mirror filter"
                + " (tmf-...)",
            "8:3: error: this entry has 'targetId' twice, first on line 7; keep only one",
            "9:3: error: this entry has the unknown key 'foo'; known keys: tagList, filterId,"
                + " targetId, targetInstanceType, targetInstanceAmi, targetSecurityGroupIds,"
                + " targetSubnetId, sessionNumber",
            "10:2: error: an entry of 'tags' must be a mapping with the keys tagList, filterId and"
                + " a target",
            "11:3: error: an entry of 'tags' must be a mapping with the keys tagList, filterId and"
                + " a target",
            "12:1: error: 'vpcs' has no value; expected a list of entries, or remove the key",
            "13:10: error: 'subnets' is an empty list; expected a list of entries, or remove the"
                + " key",
            "14:1: error: the file has a list or mapping as a key; expected a plain word",
            "15:1: error: the file has a list or mapping as a key; expected a plain word");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\n\n", "# only a comment", "---", "--- ~", "null", "{}", "...", "---\n..."})
  void rejectsAFileWithoutAnEntry(String yaml) {
    assertThat(Reading.problems(yaml)).hasSize(1).first().asString().contains(": error: ");
  }

  @Test
  void namesTheSectionKeysIfAFileHasNoEntry() {
    assertThat(Reading.problems("# nothing\n"))
        .containsExactly(
            "1:1: error: the policy has no entry; expected at least one under tags, subnets, vpcs");
    assertThat(Reading.problems("\n {}"))
        .containsExactly(
            "2:2: error: the policy has no entry; expected at least one under tags, subnets, vpcs");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hello, world | a single value",
        "'null'       | a single value",
        "[a, b]       | a list",
        "- vpcs: []   | a list"
      })
  void namesTheKindOfAFileThatIsNotAMapping(String yaml, String kind) {
    assertThat(Reading.problems(yaml.equals("null") ? "'null'" : yaml))
        .containsExactly(
            "1:1: error: the file is "
                + kind
                + "; expected a mapping with any of the keys tags, subnets, vpcs");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "targetInstanceType:              | 5:3 | has no value; expected an instance type (for"
            + " example c5.xlarge)",
        "targetInstanceType: []           | 5:23 | is a list; expected an instance type (for"
            + " example c5.xlarge)",
        "targetInstanceType: {}           | 5:23 | is a mapping; expected an instance type (for"
            + " example c5.xlarge)",
        "targetInstanceType: \"\"         | 5:23 | is ''; expected an instance type (for example"
            + " c5.xlarge)",
        "targetInstanceType: true         | 5:23 | is 'true'; expected an instance type (for"
            + " example c5.xlarge)",
        "targetInstanceType: 100          | 5:23 | is '100'; expected an instance type (for example"
            + " c5.xlarge)",
        "targetInstanceType: 1.5          | 5:23 | is '1.5'; expected an instance type (for example"
            + " c5.xlarge)",
        "targetInstanceType: m5           | 5:23 | is 'm5'; expected an instance type (for example"
            + " c5.xlarge)",
        "targetInstanceType: .large       | 5:23 | is '.large'; expected an instance type (for"
            + " example c5.xlarge)",
        "targetInstanceType: m5.          | 5:23 | is 'm5.'; expected an instance type (for example"
            + " c5.xlarge)",
        "targetInstanceType: a b          | 5:23 | is 'a b'; expected an instance type (for example"
            + " c5.xlarge)",
        "targetInstanceType: grün         | 5:23 | is 'grün'; expected an instance type (for"
            + " example c5.xlarge)",
        "targetInstanceType: \"a\\x7f\"   | 5:23 | is 'a\\u007F'; expected an instance type (for"
            + " example c5.xlarge)",
        "targetInstanceAmi: emi-1         | 5:22 | is 'emi-1'; expected the id of a machine image"
            + " (ami-...)",
        "targetInstanceAmi: ami-          | 5:22 | is 'ami-'; expected the id of a machine image"
            + " (ami-...)",
        "targetSubnetId: vpc-1            | 5:19 | is 'vpc-1'; expected the id of a subnet"
            + " (subnet-...)",
        "targetSubnetId: ~                | 5:3 | has no value; expected the id of a subnet"
            + " (subnet-...)",
        "targetSecurityGroupIds:          | 5:3 | has no value; expected a list of security group"
            + " ids (sg-...)",
        "targetSecurityGroupIds: sg-1     | 5:27 | is a single value; expected a list of security"
            + " group ids (sg-...)",
        "targetSecurityGroupIds: {}       | 5:27 | is a mapping; expected a list of security group"
            + " ids (sg-...)",
        "targetSecurityGroupIds: []       | 5:27 | is an empty list; expected a list of security"
            + " group ids (sg-...)",
        "sessionNumber: 0                 | 5:18 | is '0'; expected a whole number from 1 to 32766,"
            + " without quotes",
        "sessionNumber: 32767             | 5:18 | is '32767'; expected a whole number from 1 to"
            + " 32766, without quotes",
        "sessionNumber: 99999999999       | 5:18 | is '99999999999'; expected a whole number from 1"
            + " to 32766, without quotes",
        "sessionNumber: -1                | 5:18 | is '-1'; expected a whole number from 1 to"
            + " 32766, without quotes",
        "sessionNumber: 007               | 5:18 | is '007'; expected a whole number from 1 to"
            + " 32766, without quotes",
        "sessionNumber: 1.0               | 5:18 | is '1.0'; expected a whole number from 1 to"
            + " 32766, without quotes",
        "sessionNumber: '''1'''           | 5:18 | is in quotes; expected a whole number from 1 to"
            + " 32766, without quotes",
        "sessionNumber: [1]               | 5:18 | is a list; expected a whole number from 1 to"
            + " 32766, without quotes",
        "sessionNumber: null              | 5:3 | has no value; expected a whole number from 1 to"
            + " 32766, without quotes",
      })
  void describesTheExpectedValueOfAnOptionalKey(String line, String where, String what) {
    String key = line.substring(0, line.indexOf(':'));
    assertThat(Reading.problems(Reading.withLine(line)))
        .contains("%s: error: '%s' %s".formatted(where, key, what));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sg-1, ami-1          | 5:34 | is 'ami-1'; expected the id of a security group (sg-...)",
        "sg-1, ''<INSERT_VALUE>'' | 5:34 | is still <INSERT_VALUE>; fill in the id of a security"
            + " group (sg-...)",
        "~                    | 5:28 | is '~'; expected the id of a security group (sg-...)",
        "[sg-1]               | 5:28 | is not a single value; expected the id of a security group"
            + " (sg-...)",
        "{}, sg-1             | 5:28 | is not a single value; expected the id of a security group"
            + " (sg-...)"
      })
  void reportsThePositionOfAnInvalidSecurityGroup(String items, String where, String what) {
    assertThat(
            Reading.problems(
                Reading.withLine("targetSecurityGroupIds: [" + items.replace("''", "'") + "]")))
        .hasSize(2)
        .contains(where + ": error: an item of 'targetSecurityGroupIds' " + what);
  }

  @ParameterizedTest
  @CsvSource({
    "subnetId, 2:13, the id of a subnet (subnet-...)",
    "filterId, 3:13, the id of a traffic mirror filter (tmf-...)"
  })
  void rejectsAMissingOrUnfilledRequiredKey(String key, String where, String expected) {
    String valid = Reading.withLine("");
    String value = valid.substring(valid.indexOf(key) + key.length() + 2).split("\n", 2)[0];
    String text = key + ": " + value;
    assertThat(Reading.problems(valid.replace(text, "sessionNumber: 1")))
        .containsExactly(
            "2:3: error: this entry has no '%s'; expected %s".formatted(key, expected));
    assertThat(Reading.problems(valid.replace(text, key + ": <INSERT_VALUE>")))
        .containsExactly(
            "%s: error: '%s' is still <INSERT_VALUE>; fill in %s".formatted(where, key, expected));
    assertThat(Reading.problems(valid.replace(text, key + ":")))
        .containsExactly(
            "%s:3: error: '%s' has no value; expected %s"
                .formatted(where.charAt(0), key, expected));
    assertThat(Reading.problems(valid.replace(text, key + ": x-1")))
        .containsExactly("%s: error: '%s' is 'x-1'; expected %s".formatted(where, key, expected));
  }

  static Stream<Arguments> tags() {
    String value = "expected the value of a tag (\"\" for an empty one)";
    return Stream.of(
        arguments("{Key: a}", List.of("2:13: error: this tag has no 'Value'; " + value)),
        arguments(
            "{Value: a}", List.of("2:13: error: this tag has no 'Key'; expected the key of a tag")),
        arguments(
            "{Key: '', Value: a}",
            List.of("2:19: error: 'Key' is empty; expected the key of a tag")),
        arguments(
            "{Key: '', Value: }",
            List.of(
                "2:19: error: 'Key' is empty; expected the key of a tag",
                "2:23: error: 'Value' has no value; " + value)),
        arguments("{Key: a, Value: ~}", List.of("2:22: error: 'Value' has no value; " + value)),
        arguments("{Key: a, Value: Null}", List.of("2:22: error: 'Value' has no value; " + value)),
        arguments("{Key: a, Value: NULL}", List.of("2:22: error: 'Value' has no value; " + value)),
        arguments("{Key: a, Value: [b]}", List.of("2:29: error: 'Value' is a list; " + value)),
        arguments(
            "{Key: a, Value: {b: c}}", List.of("2:29: error: 'Value' is a mapping; " + value)),
        arguments(
            "{Key: <INSERT_VALUE>, Value: <INSERT_VALUE>}",
            List.of(
                "2:19: error: 'Key' is still <INSERT_VALUE>; fill in the key of a tag",
                "2:42: error: 'Value' is still <INSERT_VALUE>; fill in the value of a tag (\"\" for"
                    + " an empty one)")),
        arguments(
            "a, [b], ~",
            List.of(
                "2:13: error: a tag must be a mapping with the keys Key and Value",
                "2:16: error: a tag must be a mapping with the keys Key and Value",
                "2:21: error: a tag must be a mapping with the keys Key and Value")),
        arguments(
            "{Key: a, Value: b, Name: c}",
            List.of("2:32: error: this tag has the unknown key 'Name'; known keys: Key, Value")));
  }

  @ParameterizedTest
  @MethodSource("tags")
  void reportsThePositionOfAnInvalidTag(String tag, List<String> problems) {
    assertThat(
            Reading.problems(
                "tags:\n- tagList: [%s]\n  filterId: tmf-1\n  targetId: tmt-1\n".formatted(tag)))
        .isEqualTo(problems);
  }

  @Test
  void rejectsATagListThatIsNotAListOfTags() {
    String yaml = "tags:\n- tagList: %s\n  filterId: tmf-1\n  targetId: tmt-1\n";
    String expected = "a list of tags, each with Key and Value";
    assertThat(Reading.problems(yaml.formatted("{Key: a, Value: b}")))
        .containsExactly("2:12: error: 'tagList' is a mapping; expected " + expected);
    assertThat(Reading.problems(yaml.formatted("[]")))
        .containsExactly("2:12: error: 'tagList' is an empty list; expected " + expected);
    assertThat(Reading.problems(yaml.formatted("<INSERT_VALUE>")))
        .containsExactly("2:12: error: 'tagList' is still <INSERT_VALUE>; fill in " + expected);
    assertThat(Reading.problems(yaml.replace("tagList: %s", "sessionNumber: 1")))
        .containsExactly("2:3: error: this entry has no 'tagList'; expected " + expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "vpcs: x              | 1:7 | is a single value; expected",
        "vpcs: {}             | 1:7 | is a mapping; expected",
        "vpcs: <INSERT_VALUE> | 1:7 | is still <INSERT_VALUE>; fill in"
      })
  void rejectsASectionThatIsNotAListOfEntries(String yaml, String where, String what) {
    assertThat(Reading.problems(yaml))
        .containsExactly(
            where + ": error: 'vpcs' " + what + " a list of entries, or remove the key");
  }

  @ParameterizedTest
  @CsvSource({
    "subnet, subnets",
    "Subnets, subnets",
    "SUBNETS, subnets",
    "sbunets, subnets",
    "vpc, vpcs",
    "vcps, vpcs",
    "tag, tags",
    "taggs, tags"
  })
  void suggestsTheNearestKnownKey(String unknown, String meant) {
    assertThat(Reading.problems(unknown + ": [a]"))
        .containsExactly(
            "1:1: error: the file has the unknown key '%s'; did you mean '%s'?"
                .formatted(unknown, meant),
            "1:%d: error: an entry of '%s' must be a mapping with the keys %s, filterId and a target"
                .formatted(unknown.length() + 4, meant, selectorKey(meant)));
  }

  private static String selectorKey(String section) {
    return section.equals("tags") ? "tagList" : section.substring(0, section.length() - 1) + "Id";
  }

  @Test
  void reportsAMisspelledKeyOnceIfTheCorrectKeyIsPresent() {
    assertThat(Reading.problems(Reading.withLine("TargetID: nonsense")))
        .containsExactly(
            "5:3: error: this entry has the unknown key 'TargetID'; did you mean 'targetId'?");
  }

  @Test
  void readsTheFirstOfTwoMisspellings() {
    String yaml =
        Reading.withLine("target_id: nonsense").replace("targetId: tmt-1", "targetID: tmt-1");
    assertThat(Reading.problems(yaml))
        .containsExactly(
            "4:3: error: this entry has the unknown key 'targetID'; did you mean 'targetId'?",
            "5:3: error: this entry has the unknown key 'target_id'; did you mean 'targetId'?");
  }

  @Test
  void shortensAnUnknownKeyToOneLine() {
    assertThat(Reading.problems("\"a\\nb%s\": 1".formatted("c".repeat(900))))
        .containsExactly(
            "1:1: error: the file has the unknown key 'a\\u000Ab%s...'; known keys: tags, subnets, vpcs"
                .formatted("c".repeat(57)));
  }

  @Test
  void rejectsAnEmptyKey() {
    assertThat(Reading.problems(Reading.withLine("'': x")))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("5:3: error: this entry has the unknown key ''; known keys: subnetId, ");
  }

  private static final String DESTINATION_EXPECTED =
      " 'targetId', the id of a traffic mirror target (tmt-...), or all of targetInstanceType,"
          + " targetInstanceAmi and targetSecurityGroupIds";

  static Stream<Arguments> destinations() {
    String fill = "error: '%s' is still <INSERT_VALUE>; fill in ";
    return Stream.of(
        arguments(
            "sessionNumber: 1",
            List.of(
                "2:3: error: this entry sends its traffic nowhere; expected"
                    + DESTINATION_EXPECTED)),
        arguments(
            "targetSubnetId: <INSERT_VALUE>",
            List.of(
                "2:3: error: this entry sends its traffic nowhere; expected"
                    + DESTINATION_EXPECTED)),
        arguments(
            "targetId: <INSERT_VALUE>",
            List.of(
                "4:13: error: this entry sends its traffic nowhere; fill in"
                    + DESTINATION_EXPECTED)),
        arguments(
            "targetSecurityGroupIds: <INSERT_VALUE>",
            List.of(
                "4:27: error: this entry sends its traffic nowhere; fill in"
                    + DESTINATION_EXPECTED)),
        arguments(
            "targetId:",
            List.of(
                "4:3: error: 'targetId' has no value; expected the id of a traffic mirror target"
                    + " (tmt-...)")),
        arguments(
            "targetId: tmf-1",
            List.of(
                "4:13: error: 'targetId' is 'tmf-1'; expected the id of a traffic mirror target"
                    + " (tmt-...)")),
        arguments(
            "targetSubnetId: subnet-1",
            List.of(
                "2:3: error: this entry launches its targets, but has no targetInstanceType,"
                    + " targetInstanceAmi and targetSecurityGroupIds; expected them, or 'targetId'"
                    + " instead")),
        arguments(
            "targetInstanceType: t3.micro / targetInstanceAmi: ami-1",
            List.of(
                "2:3: error: this entry launches its targets, but has no targetSecurityGroupIds;"
                    + " expected it, or 'targetId' instead")),
        arguments(
            "targetInstanceType: <INSERT_VALUE> / "
                + "targetInstanceAmi: <INSERT_VALUE> / "
                + "targetSecurityGroupIds: [sg-1]",
            List.of(
                "4:23: "
                    + fill.formatted("targetInstanceType")
                    + "an instance type (for example c5.xlarge)",
                "5:22: "
                    + fill.formatted("targetInstanceAmi")
                    + "the id of a machine image (ami-...)")),
        arguments(
            "targetInstanceType: t3.micro / targetSecurityGroupIds: <INSERT_VALUE>",
            List.of(
                "2:3: error: this entry launches its targets, but has no targetInstanceAmi;"
                    + " expected it, or 'targetId' instead",
                "5:27: "
                    + fill.formatted("targetSecurityGroupIds")
                    + "a list of security group ids (sg-...)")),
        arguments(
            "targetInstanceType: t3.micro / "
                + "targetInstanceAmi: ami-1 / "
                + "targetSecurityGroupIds: [sg-1] / "
                + "targetSubnetId: x",
            List.of(
                "7:19: error: 'targetSubnetId' is 'x'; expected the id of a subnet (subnet-...)")));
  }

  @ParameterizedTest
  @MethodSource("destinations")
  void rejectsAnEntryWithoutACompleteDestination(String lines, List<String> problems) {
    assertThat(
            Reading.problems(
                "vpcs:\n- vpcId: vpc-1\n  filterId: tmf-1\n  " + lines.replace(" / ", "\n  ")))
        .isEqualTo(problems);
  }

  @Test
  void cutsALongListOfProblemsAndCountsTheRest() {
    assertThat(Reading.problems("a: 1\n".repeat(1_000))).hasSize(1_000);
    assertThat(Reading.problems("a: 1\n".repeat(1_200)))
        .hasSize(1_001)
        .endsWith(
            "1000:1: error: the file has the unknown key 'a'; known keys: tags, subnets, vpcs",
            "1000:1: error: and 200 more problems, which are not listed");
  }
}
