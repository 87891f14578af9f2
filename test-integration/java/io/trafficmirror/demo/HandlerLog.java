package io.trafficmirror.demo;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.trafficmirror.demo.Verdict.Seen;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the function says on its standard output: log lines, and metrics in CloudWatch's embedded
 * metric format. Safe for use by several threads.
 */
final class HandlerLog {

  /** As many lines as somebody reads. */
  private static final int MAX_WARNINGS = 5;

  private final Map<String, Seen> planned = new LinkedHashMap<>();
  private final Map<String, Integer> outcomes = new TreeMap<>();
  private final List<String> warnings = new ArrayList<>();
  private int rejected;

  /** Takes a line. */
  synchronized void accept(String line) {
    JsonObject json;
    try {
      json = JsonParser.parseString(line).getAsJsonObject();
    } catch (JsonParseException | IllegalStateException e) {
      // The function does not fail for it in Lambda either.
      warn("not a JSON line: " + line);
      return;
    }
    if (json.has("_aws")) {
      metric(json);
      return;
    }
    switch (text(json, "message")) {
      case "record rejected" -> rejected++;
      case "dry run: nothing was done" -> plan(json);
      default -> {
        // What else there is to read is for operators; the warnings help where a run goes wrong.
        if (text(json, "level").equals("WARN") && !text(json, "message").equals("not mirrored")) {
          warn(line);
        }
      }
    }
  }

  private void warn(String line) {
    if (warnings.size() < MAX_WARNINGS) {
      warnings.add(line);
    }
  }

  private void plan(JsonObject json) {
    String source = text(json, "interface");
    planned.put(
        source,
        new Seen(text(json, "instance"), source, text(json, "target"), text(json, "filter")));
  }

  private void metric(JsonObject json) {
    if (json.has("Outcomes")) {
      outcomes.merge(text(json, "Outcome"), json.get("Outcomes").getAsInt(), Integer::sum);
    }
    if (json.has("IgnoredEvents")) {
      outcomes.merge(text(json, "Reason"), json.get("IgnoredEvents").getAsInt(), Integer::sum);
    }
  }

  private static String text(JsonObject json, String name) {
    JsonElement value = json.get(name);
    return value == null ? "" : value.getAsString();
  }

  /** How many records it has rejected. */
  synchronized int rejected() {
    return rejected;
  }

  /**
   * The sessions that a dry run would have made, the id of the instance in place of a session's.
   */
  synchronized List<Seen> planned() {
    return List.copyOf(planned.values());
  }

  /** How often it has come to each outcome; an instance that is looked at twice counts twice. */
  synchronized Map<String, Integer> outcomes() {
    return new TreeMap<>(outcomes);
  }

  /** The first few things that an operator would act on, but for single instances. */
  synchronized List<String> warnings() {
    return List.copyOf(warnings);
  }
}
