package io.trafficmirror.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The JSON schema, which editors use, and the parser accept the same policies, as far as a schema
 * can express the rules.
 */
class SchemaTest {
  private static final Path FILE = Path.of("config", "mirror-policy.schema.json");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final YAMLMapper YAML = new YAMLMapper();
  static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
          .getSchema(text(FILE), InputFormat.JSON);

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean schemaAccepts(String yaml) {
    try {
      return SCHEMA.validate(YAML.readTree(yaml)).isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean parserAccepts(String yaml) {
    return Reading.of(yaml) instanceof PolicyResult.Valid;
  }

  // Keys.

  private static Set<String> keysOf(JsonNode object) {
    Set<String> keys = new TreeSet<>();
    object.path("properties").fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  private static JsonNode resolved(JsonNode root, JsonNode node) {
    return node.has("$ref") ? root.at(node.get("$ref").asText().substring(1)) : node;
  }

  @Test
  void parserAndSchemaAllowTheSameKeysEverywhere() throws IOException {
    JsonNode root = JSON.readTree(text(FILE));
    assertThat(keysOf(root)).isEqualTo(new TreeSet<>(Keys.TOP));
    for (Section section : Section.values()) {
      JsonNode items = root.at("/properties/%s/items".formatted(section.key()));
      JsonNode entry = resolved(root, items);
      assertThat(keysOf(entry)).isEqualTo(new TreeSet<>(section.entryKeys()));
      assertThat(entry.path("additionalProperties").asBoolean(true)).isFalse();
    }
    JsonNode list = root.at("/definitions/tagEntry/properties/tagList/items");
    assertThat(keysOf(resolved(root, list))).isEqualTo(new TreeSet<>(Keys.TAG));
  }

  @Test
  void everyKeyHasADescription() throws IOException {
    JsonNode root = JSON.readTree(text(FILE));
    List<JsonNode> objects = new ArrayList<>(List.of(root));
    for (String name : List.of("tagEntry", "subnetEntry", "vpcEntry", "tag")) {
      objects.add(root.at("/definitions/" + name));
    }
    for (JsonNode object : objects) {
      for (String key : keysOf(object)) {
        assertThat(resolved(root, object.at("/properties/" + key)).path("description").asText())
            .as(key)
            .isNotEmpty();
      }
    }
  }

  // Example policies.

  static Stream<String> agreed() {
    String launch = "targetInstanceType: t3.micro\n  targetInstanceAmi: ami-1";
    return Stream.of(
            "",
            "targetId: tmt-1",
            "targetId: tmt-",
            "targetId: tmt 1",
            "targetId: ämt-1",
            "targetId: tmt-ä",
            "targetId: " + "tmt-".repeat(32),
            "targetId: " + "tmt-".repeat(32) + "x",
            "targetId: 5",
            "targetId: [tmt-1]",
            "targetId:",
            "targetId: <INSERT_VALUE>",
            "targetId: tmt-1\n  foo: bar",
            "targetId: tmt-1\n  targetid: tmt-1",
            "targetId: tmt-1\n  filterId: tnf-1",
            "targetId: tmt-1\n  filterId: <INSERT_VALUE>",
            "targetId: tmt-1\n  vpcId: <INSERT_VALUE>",
            "targetId: tmt-1\n  vpcId: subnet-1",
            "targetId: tmt-1\n  vpcId:",
            "targetId: tmt-1\n  sessionNumber: 1",
            "targetId: tmt-1\n  sessionNumber: 32766",
            "targetId: tmt-1\n  sessionNumber: 32767",
            "targetId: tmt-1\n  sessionNumber: 0",
            "targetId: tmt-1\n  sessionNumber: 1.5",
            "targetId: tmt-1\n  sessionNumber: '1'",
            "targetId: tmt-1\n  sessionNumber:",
            "targetId: tmt-1\n  sessionNumber: <INSERT_VALUE>",
            "targetId: tmt-1\n  targetSubnetId: <INSERT_VALUE>",
            "targetId: tmt-1\n  targetSubnetId: vpc-1",
            "targetId: tmt-1\n  targetSecurityGroupIds: [x]",
            "targetId: tmt-1\n  targetInstanceAmi: x",
            launch,
            launch + "\n  targetSecurityGroupIds: [sg-1]",
            launch + "\n  targetSecurityGroupIds: []",
            launch + "\n  targetSecurityGroupIds: sg-1",
            launch + "\n  targetSecurityGroupIds: [sg-1, sg-1]",
            launch + "\n  targetSecurityGroupIds: [sg-1, sg-]",
            launch + "\n  targetSecurityGroupIds: [<INSERT_VALUE>]",
            launch + "\n  targetSecurityGroupIds: <INSERT_VALUE>",
            launch + "\n  targetSecurityGroupIds: [sg-1]\n  targetSubnetId: subnet-1",
            launch + "\n  targetSecurityGroupIds: [sg-1]\n  targetSubnetId: <INSERT_VALUE>",
            launch + "\n  targetSecurityGroupIds: [sg-1]\n  targetId: <INSERT_VALUE>",
            launch + "\n  targetSecurityGroupIds: [sg-1]\n  targetId: tmt-1",
            "targetInstanceType: <INSERT_VALUE>\n  targetInstanceAmi: ami-1\n"
                + "  targetSecurityGroupIds: [sg-1]",
            "targetInstanceType: ''\n  targetInstanceAmi: ami-1\n"
                + "  targetSecurityGroupIds: [sg-1]")
        .map(SchemaTest::entry);
  }

  /**
   * An entry of {@code vpcs} with these lines; missing required keys are added with valid values.
   */
  private static String entry(String lines) {
    String vpc = lines.contains("vpcId") ? "" : "vpcId: vpc-1\n  ";
    String filter = lines.contains("filterId") ? "" : "filterId: tmf-1\n  ";
    return "vpcs:\n- " + vpc + filter + (lines.isEmpty() ? "sessionNumber: 1" : lines);
  }

  @ParameterizedTest
  @MethodSource("agreed")
  void schemaAndParserAgreeOnEntries(String yaml) {
    assertThat(schemaAccepts(yaml)).isEqualTo(parserAccepts(yaml));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{Key: a, Value: b}",
        "{Key: on, Value: true}",
        "{Key: 1, Value: 2024-01-01}",
        "{Key: a, Value: 1e3}",
        "{Key: a, Value: ''}",
        "{Key: '', Value: a}",
        "{Key: a}",
        "{Value: a}",
        "{Key: a, Value: }",
        "{Key: a, Value: ~}",
        "{Key: a, Value: [b]}",
        "{Key: a, Value: <INSERT_VALUE>}",
        "{Key: <INSERT_VALUE>, Value: a}",
        "{Key: a, Value: b, More: c}",
        "{key: a, Value: b}",
        "a",
        "[a]",
        "~",
        ""
      })
  void schemaAndParserAgreeOnTags(String tag) {
    String yaml = "tags: [{tagList: [%s], filterId: tmf-1, targetId: tmt-1}]".formatted(tag);
    assertThat(schemaAccepts(yaml)).isEqualTo(parserAccepts(yaml));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "x",
        "7",
        "vpcs:",
        "vpcs: []",
        "vpcs: {}",
        "vpcs: x",
        "vpcs: [~]",
        "vpcs: [x]",
        "vpcs: <INSERT_VALUE>",
        "vpc: []",
        "tags: [{tagList: [], filterId: tmf-1, targetId: tmt-1}]",
        "tags: [{tagList: x, filterId: tmf-1, targetId: tmt-1}]",
        "tags: [{tagList: <INSERT_VALUE>, filterId: tmf-1, targetId: tmt-1}]",
        "subnets: [{subnetId: subnet-1, filterId: tmf-1, targetId: tmt-1}]",
        "subnets: [{subnetId: vpc-1, filterId: tmf-1, targetId: tmt-1}]",
        "subnets: [{vpcId: vpc-1, filterId: tmf-1, targetId: tmt-1}]"
      })
  void schemaAndParserAgreeOnFiles(String yaml) {
    assertThat(schemaAccepts(yaml)).isEqualTo(parserAccepts(yaml));
  }

  @Test
  void schemaAndParserAgreeOnShippedPolicies() throws IOException {
    for (Path policy : ShippedPoliciesTest.policies()) {
      assertThat(schemaAccepts(text(policy))).isEqualTo(parserAccepts(text(policy)));
    }
  }

  // Rules that a schema cannot express. SchemaPropertyTest looks for further differences.

  @ParameterizedTest
  @ValueSource(
      strings = {
        // A schema sees values, not how they are written.
        "targetId: tmt-1\n  targetId: tmt-1",
        "targetId: !!str tmt-1",
        "targetId: &x tmt-1",
        "targetId: tmt-1\n  sessionNumber: 1_0",
        "targetId: tmt-1\n  sessionNumber: 0x10",
        "targetId: tmt-1\n  sessionNumber: 007",
        "targetId: tmt-1\n  sessionNumber: +7",
        "targetId: tmt-1\n  sessionNumber: 100.0"
      })
  void onlyTheParserRejectsTheNotationOfAValue(String lines) {
    assertThat(schemaAccepts(entry(lines))).isTrue();
    assertThat(parserAccepts(entry(lines))).isFalse();
  }

  @Test
  void parserAndSchemaRejectANumberAsInstanceType() {
    String lines =
        "targetInstanceType: 5\n  targetInstanceAmi: ami-1\n  targetSecurityGroupIds: [sg-1]";
    assertThat(schemaAccepts(entry(lines))).isFalse();
    assertThat(parserAccepts(entry(lines))).isFalse();
  }
}
