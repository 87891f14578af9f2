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
 * What every line of the log is held to: one object in plain sight, a message that the program has
 * with the keys that go with it, or a metric that it has with the dimensions that go with it.
 */
final class LineRules {

  private final Map<String, Set<String>> keysByMessage = new HashMap<>();
  private final Map<String, Set<Set<String>>> metrics;

  LineRules() {
    AllTelemetry telemetry = AllTelemetry.publish();
    metrics = telemetry.metrics();
    telemetry.logLines().forEach(this::known);
  }

  private void known(JsonObject line) {
    keysByMessage
        .computeIfAbsent(line.get("message").getAsString(), message -> new HashSet<>())
        .addAll(line.keySet());
  }

  void check(List<String> lines) {
    lines.forEach(this::check);
  }

  private void check(String line) {
    JsonObject object = isOneObjectInPlainSight(line);
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

  /** The object that the line is; nothing in it ends the line or steers a terminal. */
  static JsonObject isOneObjectInPlainSight(String line) {
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
