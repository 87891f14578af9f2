package io.trafficmirror.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.trafficmirror.event.MirrorEvent.AboutInstance;
import io.trafficmirror.event.MirrorEvent.Finding;
import io.trafficmirror.event.MirrorEvent.InstanceRunning;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.event.ruler.Machine;

/**
 * Which events the rules in {@code terraform/patterns} forward, evaluated by AWS's own Event Ruler.
 */
class EventPatternsTest {

  private static final Path TERRAFORM = Path.of("terraform");
  private static final String LAUNCH = "instance-running";
  private static final String FINDING = "guardduty-finding";

  static final List<String> SAMPLES = Samples.NAMES;

  @ParameterizedTest
  @FieldSource("SAMPLES")
  void forwardsEachHandledEventByExactlyOneRule(String sample) throws Exception {
    MirrorEvent event = Samples.parsed(sample);
    JsonObject json = Samples.json(sample);
    if (event instanceof InstanceRunning) {
      assertThat(matches(pattern(LAUNCH), json)).isTrue();
    }
    if (event instanceof Finding) {
      assertThat(matches(pattern(FINDING), json)).isTrue();
    }
    assertThat(matches(pattern(LAUNCH), json) && matches(pattern(FINDING), json)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"pending", "stopping", "stopped", "shutting-down", "terminated"})
  void doesNotForwardAnInstanceThatIsNotRunning(String state) throws Exception {
    JsonObject event =
        changed("ec2-instance-running", json -> at(json, "detail").addProperty("state", state));
    assertThat(matches(pattern(LAUNCH), event)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ec2-instance-stopped",
        "ec2-instance-terminated",
        "cloudtrail-run-instances",
        "tag-change-on-instance",
        "backfill-page-first",
        "instance-request",
        "target-sweep",
        "guardduty-finding-without-instance"
      })
  void doesNotForwardAnEventThatNeedsNoAction(String sample) throws Exception {
    JsonObject event = Samples.json(sample);
    assertThat(matches(pattern(LAUNCH), event)).isFalse();
    assertThat(matches(pattern(FINDING), event)).isFalse();
  }

  /** The parser ignores these, and they are counted as ignored. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "guardduty-sample-finding",
        "guardduty-archived-finding",
        "guardduty-member-account-finding",
        "guardduty-s3-finding-with-instance-details"
      })
  void forwardsEveryFindingThatNamesAnInstance(String sample) throws Exception {
    assertThat(matches(pattern(FINDING), Samples.json(sample))).isTrue();
  }

  @Test
  void doesNotForwardAFindingWithoutAnInstanceId() throws Exception {
    assertThat(
            matches(
                pattern(FINDING),
                changed(
                    "guardduty-instance-finding",
                    json ->
                        at(json, "detail", "resource", "instanceDetails").remove("instanceId"))))
        .isFalse();
    assertThat(
            matches(
                pattern(FINDING),
                changed(
                    "guardduty-instance-finding",
                    json -> at(json, "detail", "resource").remove("instanceDetails"))))
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, true",
    "0, 0.1, true",
    "0, 10, true",
    "4, 3.9, false",
    "4, 4, true",
    "4, 4.0, true",
    "4, 8.9, true",
    "6.5, 6.4, false",
    "6.5, 6.5, true",
    "6.5, 7, true",
    "10, 9.9, false",
    "10, 10, true"
  })
  void forwardsAFindingAtOrAboveTheThreshold(
      BigDecimal threshold, BigDecimal severity, boolean forwarded) throws Exception {
    JsonObject event =
        changed(
            "guardduty-instance-finding",
            json -> at(json, "detail").addProperty("severity", severity));
    assertThat(matches(withThreshold(threshold), event)).isEqualTo(forwarded);
  }

  @Test
  void terraformSetsTheThresholdAtTheSamePathAsThisTest() throws IOException {
    assertThat(root().replaceAll("\\s+", " "))
        .contains("detail = merge(local.finding_pattern.detail, {")
        .contains("severity = [{ numeric = [\">=\", var.guardduty_min_severity] }]");
  }

  @Test
  void partitionKeyOfEachRuleIsTheParsedInstanceId() throws IOException {
    List<String> paths =
        Pattern.compile("partition_key_path = \"\\$\\.([^\"]+)\"")
            .matcher(root())
            .results()
            .map((MatchResult found) -> found.group(1))
            .toList();
    assertThat(paths).hasSize(2);
    assertThat(textAt(Samples.json("ec2-instance-running"), paths.getFirst()))
        .isEqualTo(instanceOf("ec2-instance-running"));
    assertThat(textAt(Samples.json("guardduty-instance-finding"), paths.getLast()))
        .isEqualTo(instanceOf("guardduty-instance-finding"));
  }

  private static String instanceOf(String sample) {
    MirrorEvent event = Samples.parsed(sample);
    assertThat(event).isInstanceOf(AboutInstance.class);
    return ((AboutInstance) event).instance().value();
  }

  private static String textAt(JsonObject event, String path) {
    JsonElement here = event;
    for (String key : path.split("\\.", -1)) {
      here = here.getAsJsonObject().get(key);
    }
    return here.getAsString();
  }

  private static JsonObject withThreshold(BigDecimal threshold) throws IOException {
    JsonArray numeric = new JsonArray();
    numeric.add(">=");
    numeric.add(threshold);
    JsonObject condition = new JsonObject();
    condition.add("numeric", numeric);
    JsonArray severity = new JsonArray();
    severity.add(condition);
    JsonObject pattern = pattern(FINDING);
    at(pattern, "detail").add("severity", severity);
    return pattern;
  }

  private static JsonObject changed(String sample, Consumer<JsonObject> change) {
    JsonObject event = Samples.json(sample);
    change.accept(event);
    return event;
  }

  private static JsonObject at(JsonObject event, String... keys) {
    return Samples.at(event, keys);
  }

  private static boolean matches(JsonObject pattern, JsonObject event) throws Exception {
    Machine machine = Machine.builder().build();
    machine.addRule("rule", pattern.toString());
    return !machine.rulesForJSONEvent(event.toString()).isEmpty();
  }

  private static JsonObject pattern(String name) throws IOException {
    Path file = TERRAFORM.resolve("patterns").resolve(name + ".json");
    return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
  }

  private static String root() throws IOException {
    return Files.readString(TERRAFORM.resolve("main.tf"));
  }
}
