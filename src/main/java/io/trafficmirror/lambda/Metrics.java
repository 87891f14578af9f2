package io.trafficmirror.lambda;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.trafficmirror.mirror.Ownership;
import io.trafficmirror.port.CallMeter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Collects the metrics of one batch and writes them in CloudWatch's embedded metric format, which
 * CloudWatch extracts from the log without an API call. Every metric has the dimension {@code
 * Deployment} in addition to the given ones.
 */
final class Metrics implements CallMeter {

  /**
   * The maximum number of values of a metric in one line (CloudWatch: embedded metric format
   * specification).
   */
  private static final int MAX_VALUES = 100;

  private record Key(String metric, String unit, Map<String, String> dimensions) {}

  private final String namespace;
  private final String deployment;
  private final Map<Key, List<Double>> values = new LinkedHashMap<>();

  Metrics(String namespace, String deployment) {
    this.namespace = namespace;
    this.deployment = deployment;
  }

  /**
   * Creates the metrics of a function with invalid settings. Its alarm watches the configured
   * namespace and deployment, so they are used if they are valid.
   */
  static Metrics ofInvalidSettings(Map<String, String> environment) {
    String namespace = environment.getOrDefault(Settings.METRICS_NAMESPACE, "");
    String deployment = environment.getOrDefault(Settings.DEPLOYMENT, "");
    return new Metrics(
        namespace.isBlank() ? Settings.DEFAULT_METRICS_NAMESPACE : namespace,
        Ownership.isValidName(deployment) ? deployment : "unknown");
  }

  /** Adds to a counter. */
  synchronized void count(String metric, Map<String, String> dimensions, int by) {
    values
        .computeIfAbsent(new Key(metric, "Count", dimensions), key -> new ArrayList<>(List.of(0.0)))
        .replaceAll(sum -> sum + by);
  }

  /**
   * Records a duration. Every single one is written, so that CloudWatch can compute percentiles.
   */
  synchronized void time(String metric, Map<String, String> dimensions, Duration duration) {
    values
        .computeIfAbsent(new Key(metric, "Milliseconds", dimensions), key -> new ArrayList<>())
        .add((double) duration.toMillis());
  }

  @Override
  public void recordCall(String service, String action, String result) {
    if (service.equalsIgnoreCase("ec2")) {
      count("Ec2Calls", Map.of("Action", action, "Result", result), 1);
    }
  }

  /** Writes and clears everything recorded since the last flush. */
  synchronized void flush(Instant now, JsonLines lines) {
    Map<Map<String, String>, List<Key>> byDimensions =
        values.keySet().stream()
            .collect(
                Collectors.groupingBy(Key::dimensions, LinkedHashMap::new, Collectors.toList()));
    byDimensions.forEach((dimensions, keys) -> flush(now, dimensions, keys, lines));
    values.clear();
  }

  /**
   * Writes metrics with the same dimensions to one line, or to several if a metric has too many
   * values.
   */
  private void flush(Instant now, Map<String, String> dimensions, List<Key> keys, JsonLines lines) {
    int from = 0;
    int longest = keys.stream().mapToInt(key -> values(key).size()).max().orElse(0);
    while (from < longest) {
      Map<Key, List<Double>> some = new LinkedHashMap<>();
      for (Key key : keys) {
        List<Double> all = values(key);
        if (from < all.size()) {
          some.put(key, all.subList(from, Math.min(all.size(), from + MAX_VALUES)));
        }
      }
      lines.write(line(now, new TreeMap<>(dimensions), some));
      from += MAX_VALUES;
    }
  }

  private List<Double> values(Key key) {
    return values.getOrDefault(key, List.of());
  }

  private JsonObject line(
      Instant now, SortedMap<String, String> dimensions, Map<Key, List<Double>> some) {
    JsonObject line = new JsonObject();
    line.add("_aws", directive(now, dimensions, some.keySet()));
    line.addProperty("Deployment", deployment);
    dimensions.forEach(line::addProperty);
    some.forEach((key, numbers) -> add(line, key.metric(), numbers));
    return line;
  }

  private JsonObject directive(
      Instant now, SortedMap<String, String> dimensions, Set<Key> metrics) {
    JsonArray names = new JsonArray();
    names.add("Deployment");
    dimensions.keySet().forEach(names::add);
    JsonArray sets = new JsonArray();
    sets.add(names);
    JsonArray definitions = new JsonArray();
    for (Key key : metrics) {
      JsonObject definition = new JsonObject();
      definition.addProperty("Name", key.metric());
      definition.addProperty("Unit", key.unit());
      definitions.add(definition);
    }
    JsonObject directive = new JsonObject();
    directive.addProperty("Namespace", namespace);
    directive.add("Dimensions", sets);
    directive.add("Metrics", definitions);
    JsonArray directives = new JsonArray();
    directives.add(directive);
    JsonObject aws = new JsonObject();
    aws.addProperty("Timestamp", now.toEpochMilli());
    aws.add("CloudWatchMetrics", directives);
    return aws;
  }

  private static void add(JsonObject line, String metric, List<Double> numbers) {
    if (numbers.size() == 1) {
      line.addProperty(metric, numbers.getFirst());
    } else {
      JsonArray array = new JsonArray();
      numbers.forEach(array::add);
      line.add(metric, array);
    }
  }
}
