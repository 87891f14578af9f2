package io.trafficmirror.lambda;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.trafficmirror.reconcile.CallMeter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts of one batch, written in CloudWatch's embedded metric format: CloudWatch reads them out of
 * the log, no call is made for them. Every metric has the dimension {@code Deployment} and those
 * that are named where it is counted.
 */
final class Metrics implements CallMeter {

  /**
   * How many values one metric of one line may have (CloudWatch: embedded metric format
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

  /** Counts something. */
  synchronized void count(String metric, Map<String, String> dimensions, int by) {
    values
        .computeIfAbsent(new Key(metric, "Count", dimensions), key -> new ArrayList<>(List.of(0.0)))
        .replaceAll(sum -> sum + by);
  }

  /**
   * Takes note of a duration; CloudWatch gets every one of them, so that percentiles can be told.
   */
  synchronized void time(String metric, Map<String, String> dimensions, Duration duration) {
    values
        .computeIfAbsent(new Key(metric, "Milliseconds", dimensions), key -> new ArrayList<>())
        .add((double) duration.toMillis());
  }

  @Override
  public void called(String service, String action, String result) {
    if (service.equalsIgnoreCase("ec2")) {
      count("Ec2Calls", Map.of("Action", action, "Result", result), 1);
    }
  }

  /** Writes what was counted since the last time, and forgets it. */
  synchronized void flush(Instant now, JsonLines lines) {
    values.forEach(
        (key, all) -> {
          for (int from = 0; from < all.size(); from += MAX_VALUES) {
            lines.write(line(now, key, all.subList(from, Math.min(all.size(), from + MAX_VALUES))));
          }
        });
    values.clear();
  }

  private JsonObject line(Instant now, Key key, List<Double> some) {
    Map<String, String> dimensions = new TreeMap<>(key.dimensions());
    JsonArray names = new JsonArray();
    names.add("Deployment");
    dimensions.keySet().forEach(names::add);
    JsonArray sets = new JsonArray();
    sets.add(names);
    JsonObject definition = new JsonObject();
    definition.addProperty("Name", key.metric());
    definition.addProperty("Unit", key.unit());
    JsonArray definitions = new JsonArray();
    definitions.add(definition);
    JsonObject directive = new JsonObject();
    directive.addProperty("Namespace", namespace);
    directive.add("Dimensions", sets);
    directive.add("Metrics", definitions);
    JsonArray directives = new JsonArray();
    directives.add(directive);
    JsonObject aws = new JsonObject();
    aws.addProperty("Timestamp", now.toEpochMilli());
    aws.add("CloudWatchMetrics", directives);
    JsonObject line = new JsonObject();
    line.add("_aws", aws);
    line.addProperty("Deployment", deployment);
    dimensions.forEach(line::addProperty);
    if (some.size() == 1) {
      line.addProperty(key.metric(), some.getFirst());
    } else {
      JsonArray array = new JsonArray();
      some.forEach(array::add);
      line.add(key.metric(), array);
    }
    return line;
  }
}
