package io.trafficmirror.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.mirror.DesiredSession;
import io.trafficmirror.mirror.Destination;
import io.trafficmirror.mirror.Entry;
import io.trafficmirror.mirror.FilterId;
import io.trafficmirror.mirror.LaunchSpecification;
import io.trafficmirror.mirror.Selector;
import io.trafficmirror.mirror.Selector.Tag;
import io.trafficmirror.mirror.SubnetId;
import io.trafficmirror.mirror.TargetId;
import io.trafficmirror.mirror.VpcId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The meaning of valid policies. */
class PolicyParserTest {

  private static final String PREDECESSOR_SAMPLE =
      """
      ---
      tags:
      - tagList:
        - Key: key1
          Value: value1
        - Key: key2
          Value: value2
        filterId: tmf-1a2b3c4d5e6f7g8h
        targetId: tmt-1a2b3c4d5e6f7g8h
      - tagList:
        - Key: key3
          Value: value3
        filterId: tmf-2
        targetInstanceType: t3.micro
        targetInstanceAmi: ami-1a2b3c4d5e6f7g8h
        targetSecurityGroupIds:
        - sg-2
        - sg-1
        - sg-2
      subnets:
      - subnetId: subnet-1a2b3c4d
        filterId: tmf-1a2b3c4d5e6f7g8h
        targetId: tmt-1a2b3c4d5e6f7g8h
      vpcs:
      - vpcId: vpc-1a2b3c4d
        filterId: tmf-1a2b3c4d5e6f7g8h
        targetInstanceType: t3.micro
        targetInstanceAmi: ami-1a2b3c4d5e6f7g8h
        targetSecurityGroupIds:
        - sg-1a2b3c4d5e6f7g8h
        targetSubnetId: subnet-5e6f7g8h
      """;

  @Test
  void parsesThePredecessorsSampleWithTheSameMeaning() {
    FilterId filter = new FilterId("tmf-1a2b3c4d5e6f7g8h");
    Destination fixed = new Destination.Fixed(new TargetId("tmt-1a2b3c4d5e6f7g8h"));
    assertThat(Reading.entries(PREDECESSOR_SAMPLE))
        .containsExactly(
            new Entry(
                new Selector.ByTags(List.of(new Tag("key1", "value1"), new Tag("key2", "value2"))),
                new DesiredSession("tags[0]", fixed, filter, 100)),
            new Entry(
                new Selector.ByTags(List.of(new Tag("key3", "value3"))),
                new DesiredSession(
                    "tags[1]",
                    launch(List.of("sg-1", "sg-2"), Optional.empty()),
                    new FilterId("tmf-2"),
                    100)),
            new Entry(
                new Selector.BySubnet(new SubnetId("subnet-1a2b3c4d")),
                new DesiredSession("subnets[0]", fixed, filter, 100)),
            new Entry(
                new Selector.ByVpc(new VpcId("vpc-1a2b3c4d")),
                new DesiredSession(
                    "vpcs[0]",
                    launch(
                        List.of("sg-1a2b3c4d5e6f7g8h"),
                        Optional.of(new SubnetId("subnet-5e6f7g8h"))),
                    filter,
                    100)));
  }

  private static Destination launch(List<String> groups, Optional<SubnetId> subnet) {
    return new Destination.OnDemand(
        new LaunchSpecification("t3.micro", "ami-1a2b3c4d5e6f7g8h", groups, subnet));
  }

  @Test
  void ordersTagsBeforeSubnetsBeforeVpcs() {
    String yaml =
        """
        vpcs:
        - {vpcId: vpc-1, filterId: tmf-1, targetId: tmt-1}
        - {vpcId: vpc-2, filterId: tmf-1, targetId: tmt-1}
        subnets:
        - {subnetId: subnet-1, filterId: tmf-1, targetId: tmt-1}
        tags:
        - {tagList: [{Key: a, Value: b}], filterId: tmf-1, targetId: tmt-1}
        """;
    assertThat(Reading.entries(yaml))
        .extracting(entry -> entry.wanted().entry())
        .containsExactly("tags[0]", "subnets[0]", "vpcs[0]", "vpcs[1]");
  }

  @Test
  void acceptsJson() {
    String json =
        """
        {"vpcs": [{"vpcId": "vpc-1", "filterId": "tmf-1", "targetId": "tmt-1", "sessionNumber": 7}]}
        """;
    assertThat(Reading.entries(json))
        .containsExactly(
            new Entry(
                new Selector.ByVpc(new VpcId("vpc-1")),
                new DesiredSession(
                    "vpcs[0]",
                    new Destination.Fixed(new TargetId("tmt-1")),
                    new FilterId("tmf-1"),
                    7)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "on",
        "no",
        "true",
        "007",
        "0x1F",
        "1e3",
        "1_000",
        "2024-01-01",
        "12:30:45",
        ".inf",
        "NaN",
        "a b",
        "a#b",
        "<<",
        "nULL",
        "=",
        "-x",
        "grüße",
        "\uD83D\uDE00"
      })
  void keepsThePlainTextOfATagValue(String text) {
    assertThat(Reading.entries(tagged(text, text))).isEqualTo(tagged(new Tag(text, text)));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "\"null\", null",
        "'~', ~",
        "\"<<\", <<",
        "'it''s', it's",
        "\"\\u0041\\x42\", AB",
        "\"\", ``",
        "'', ``"
      })
  void unquotesATagValue(String written, String text) {
    assertThat(Reading.entries(tagged("key", written))).isEqualTo(tagged(new Tag("key", text)));
  }

  @Test
  void acceptsABlockScalar() {
    String yaml =
        """
        tags:
        - tagList:
          - Key: key
            Value: |-
              two
              lines
          filterId: tmf-1
          targetId: tmt-1
        """;
    assertThat(Reading.entries(yaml)).isEqualTo(tagged(new Tag("key", "two\nlines")));
  }

  private static String tagged(String key, String value) {
    return """
    tags:
    - tagList:
      - Key: %s
        Value: %s
      filterId: tmf-1
      targetId: tmt-1
    """
        .formatted(key, value);
  }

  private static List<Entry> tagged(Tag tag) {
    return List.of(
        new Entry(
            new Selector.ByTags(List.of(tag)),
            new DesiredSession(
                "tags[0]",
                new Destination.Fixed(new TargetId("tmt-1")),
                new FilterId("tmf-1"),
                DesiredSession.DEFAULT_NUMBER)));
  }

  @ParameterizedTest
  @CsvSource({"1", "9", "10", "32766"})
  void readsTheSessionNumberOfAnEntry(int number) {
    assertThat(Reading.entries(Reading.withLine("sessionNumber: " + number)))
        .extracting(entry -> entry.wanted().number())
        .containsExactly(number);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sessionNumber: <INSERT_VALUE>",
        "sessionNumber: '<INSERT_VALUE>'",
        "targetInstanceType: <INSERT_VALUE>",
        "targetInstanceAmi: \"<INSERT_VALUE>\"",
        "targetSecurityGroupIds: <INSERT_VALUE>",
        "targetSubnetId: <INSERT_VALUE>"
      })
  void ignoresAnOptionalKeyWithAPlaceholder(String line) {
    assertThat(Reading.entries(Reading.withLine(line)))
        .isEqualTo(Reading.entries(Reading.withLine("")));
  }

  @Test
  void usesTheLaunchSpecificationIfTheTargetIsAPlaceholder() {
    String yaml =
        """
        vpcs:
        - vpcId: vpc-1
          filterId: tmf-1
          targetId: <INSERT_VALUE>
          targetInstanceType: t3.micro
          targetInstanceAmi: ami-1a2b3c4d5e6f7g8h
          targetSecurityGroupIds: [sg-1]
          targetSubnetId: <INSERT_VALUE>
        """;
    assertThat(Reading.entries(yaml))
        .extracting(entry -> entry.wanted().destination())
        .containsExactly(launch(List.of("sg-1"), Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void acceptsEveryKindOfLineBreak(String lineBreak) {
    String yaml = Reading.withLine("sessionNumber: 5");
    assertThat(Reading.entries(yaml.replace("\n", lineBreak))).isEqualTo(Reading.entries(yaml));
    assertThat(Reading.problems((yaml + "\u0001: 1\n").replace("\n", lineBreak)))
        .contains("6:1: error: the control character U+0001 is not allowed in a policy: remove it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"---\n", "# comment\n---\n", "%YAML 1.1\n---\n", "%YAML 1.2\n--- # x\n"})
  void ignoresCommentsAndDirectivesBeforeTheDocument(String head) {
    String yaml = Reading.withLine("sessionNumber: 5");
    assertThat(Reading.entries(head + yaml)).isEqualTo(Reading.entries(yaml));
    assertThat(Reading.entries(head + yaml + "...\n")).isEqualTo(Reading.entries(yaml));
  }

  @Test
  void skipsAByteOrderMark() {
    assertThat(Reading.entries("\uFEFF" + Reading.withLine("")))
        .isEqualTo(Reading.entries(Reading.withLine("")));
    assertThat(Reading.problems("\uFEFFvpc: []"))
        .first()
        .isEqualTo("1:1: error: the file has the unknown key 'vpc'; did you mean 'vpcs'?");
  }

  @Test
  void acceptsAFileOfExactlyOneMebibyte() {
    String yaml = Reading.withLine("");
    String padded = yaml + "#".repeat(PolicyParser.MAX_BYTES - yaml.length());
    assertThat(padded.getBytes(StandardCharsets.UTF_8)).hasSize(1_048_576);
    assertThat(Reading.entries(padded)).isEqualTo(Reading.entries(yaml));
    assertThat(Reading.problems(padded + "#"))
        .containsExactly(
            "1:1: error: the file has 1048577 bytes; expected at most 1048576 (1 MiB)");
  }

  @Test
  void acceptsCommentsAnywhere() {
    String yaml =
        """
        # one
        vpcs: # two
        # three
        - vpcId: vpc-1 # four
          # five
          filterId: tmf-1
          targetId: tmt-1#six
        """;
    assertThat(Reading.entries(yaml))
        .extracting(entry -> entry.wanted().destination())
        .containsExactly(new Destination.Fixed(new TargetId("tmt-1#six")));
  }
}
