package io.trafficmirror.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The rules for every log line: one JSON object without invisible characters, which is either a
 * known message with its known keys or a known metric with its known dimensions.
 */
final class LineRules {

  private final Map<String, Set<String>> keysByMessage = new HashMap<>();
  private final Map<String, Set<Set<String>>> metrics;

  LineRules() {
    AllTelemetry telemetry = AllTelemetry.publish();
    metrics = telemetry.metrics();
    telemetry.logLines().forEach(this::addKnown);
  }

  private void addKnown(JsonObject line) {
    keysByMessage
        .computeIfAbsent(line.get("message").getAsString(), message -> new HashSet<>())
        .addAll(line.keySet());
  }

  void check(List<String> lines) {
    lines.forEach(this::check);
  }

  private void check(String line) {
    JsonObject object = assertOneVisibleObject(line);
    if (object.has("_aws")) {
      checkMetric(object);
    } else {
      String message = object.get("message").getAsString();
      assertThat(keysByMessage).as(line).containsKey(message);
      assertThat(keysByMessage.get(message)).as(line).containsAll(object.keySet());
      assertThat(object.get("level").getAsString()).isIn("INFO", "WARN");
      assertThat(object.entrySet())
          .as(line)
          .noneMatch(each -> each.getValue() instanceof JsonObject);
    }
  }

  private void checkMetric(JsonObject object) {
    JsonObject directive =
        object.getAsJsonObject("_aws").getAsJsonArray("CloudWatchMetrics").get(0).getAsJsonObject();
    assertThat(directive.get("Namespace").getAsString()).isEqualTo("TrafficMirrorPipeline");
    Set<String> dimensions = new TreeSet<>();
    directive
        .getAsJsonArray("Dimensions")
        .get(0)
        .getAsJsonArray()
        .forEach(name -> dimensions.add(name.getAsString()));
    Set<String> expected = new TreeSet<>(dimensions);
    for (String dimension : dimensions) {
      assertThat(object.get(dimension).getAsString()).matches("[A-Za-z0-9_-]{1,64}");
    }
    dimensions.remove("Deployment");
    for (JsonElement metric : directive.getAsJsonArray("Metrics")) {
      String name = metric.getAsJsonObject().get("Name").getAsString();
      assertThat(metrics).containsKey(name);
      assertThat(metrics.get(name)).contains(dimensions);
      expected.add(name);
    }
    expected.add("_aws");
    assertThat(object.keySet()).containsExactlyInAnyOrderElementsOf(expected);
  }

  /**
   * Parses the line as one JSON object; fails if a character could end the line or control a
   * terminal.
   */
  static JsonObject assertOneVisibleObject(String line) {
    assertThat(line.codePoints())
        .as(line)
        .noneMatch(
            c ->
                switch (Character.getType(c)) {
                  case Character.CONTROL,
                      Character.FORMAT,
                      Character.SURROGATE,
                      Character.LINE_SEPARATOR,
                      Character.PARAGRAPH_SEPARATOR ->
                      true;
                  default -> false;
                });
    try (JsonReader reader = new JsonReader(new StringReader(line))) {
      reader.setStrictness(Strictness.STRICT);
      JsonObject object = JsonParser.parseReader(reader).getAsJsonObject();
      assertThat(reader.peek()).as(line).isEqualTo(JsonToken.END_DOCUMENT);
      return object;
    } catch (IOException e) {
      throw new UncheckedIOException(line, e);
    }
  }
}
