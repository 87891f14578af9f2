package io.trafficmirror.demo;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.trafficmirror.demo.InstanceResult.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the function says on its standard output: log lines, and metrics in CloudWatch's embedded
 * metric format. Safe for use by several threads.
 */
final class HandlerLog {

  /** As many lines as somebody reads. */
  private static final int MAX_WARNINGS = 5;

  private final Map<String, Planned> planned = new LinkedHashMap<>();
  private final Map<String, Slot> slots = new HashMap<>();
  private final Set<Slot> launches = new LinkedHashSet<>();
  private final Map<String, Reason> reasons = new HashMap<>();
  private final Map<String, Integer> outcomes = new TreeMap<>();
  private final List<String> warnings = new ArrayList<>();
  private int rejected;

  /**
   * A session that a dry run would create, or modify.
   *
   * @param instance the instance
   * @param source its interface
   * @param target the target, by the id that the dry run has for it
   * @param slot where its instance would be launched, if the target is not there yet
   * @param filter the filter
   */
  record Planned(
      String instance, String source, String target, Optional<Slot> slot, String filter) {}

  /**
   * A place in a pool of targets on demand.
   *
   * @param pool the digest of the pool
   * @param number its number there
   * @param generation how many instances were in that place before
   */
  record Slot(String pool, int number, int generation) {}

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
    if (json.has("instance") && json.has("outcome")) {
      outcome(json);
    }
    switch (text(json, "message")) {
      case "record rejected" -> rejected++;
      case "dry run: nothing was written" -> plan(json);
      case "dry run: a target would be launched" -> launch(json);
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

  /** Only the last outcome of an instance counts, and one that changed something is no reason. */
  private void outcome(JsonObject json) {
    String instance = text(json, "instance");
    String label = text(json, "outcome");
    switch (label) {
      case "created", "modified", "would-apply" -> reasons.remove(instance);
      default -> {
        List<String> parts = new ArrayList<>(List.of(text(json, "why"), text(json, "detail")));
        parts.removeIf(String::isEmpty);
        reasons.put(instance, new Reason(label, String.join(": ", parts)));
      }
    }
  }

  private void plan(JsonObject json) {
    String source = text(json, "interface");
    String target = text(json, "target");
    planned.put(
        source,
        new Planned(
            text(json, "instance"),
            source,
            target,
            Optional.ofNullable(slots.get(target)),
            text(json, "filter")));
  }

  /** The target on {@code i-dry-run-1} is {@code tmt-dry-run-1}. */
  private void launch(JsonObject json) {
    Slot slot =
        new Slot(
            text(json, "pool"), json.get("slot").getAsInt(), json.get("generation").getAsInt());
    launches.add(slot);
    slots.put(text(json, "instance").replaceFirst("^i-", "tmt-"), slot);
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

  /** The sessions that a dry run would have made, the last one for each interface. */
  synchronized List<Planned> planned() {
    return List.copyOf(planned.values());
  }

  /** Where a dry run would have launched target instances; each place once. */
  synchronized Set<Slot> launches() {
    return new LinkedHashSet<>(launches);
  }

  /** Why the instance has no session, if that is the last thing that was said about it. */
  synchronized Optional<Reason> reason(String instance) {
    return Optional.ofNullable(reasons.get(instance));
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
