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
 * Parses the standard output of the function: log lines, and metrics in the CloudWatch embedded
 * metric format. Safe for use by several threads.
 */
final class HandlerLog {

  /** The maximum number of recorded warnings. */
  private static final int MAX_WARNINGS = 5;

  private final Map<String, Planned> planned = new LinkedHashMap<>();
  private final Map<String, Slot> slots = new HashMap<>();
  private final Set<Slot> launches = new LinkedHashSet<>();
  private final Map<String, Reason> reasons = new HashMap<>();
  private final Map<String, Integer> outcomes = new TreeMap<>();
  private final List<String> warnings = new ArrayList<>();
  private int rejected;

  /**
   * A session that a dry run would create or modify.
   *
   * @param instance the instance
   * @param source the interface
   * @param target the target id, as assigned by the dry run
   * @param slot the slot of the instance to be launched, if the target does not exist yet
   * @param filter the filter
   */
  record Planned(
      String instance, String source, String target, Optional<Slot> slot, String filter) {}

  /**
   * A slot in a pool of targets on demand.
   *
   * @param pool the digest of the pool
   * @param number the number of the slot
   * @param generation the number of earlier instances in the slot
   */
  record Slot(String pool, int number, int generation) {}

  /** Parses a line. */
  synchronized void accept(String line) {
    JsonObject json;
    try {
      json = JsonParser.parseString(line).getAsJsonObject();
    } catch (JsonParseException | IllegalStateException e) {
      // Lambda accepts such a line as well.
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
        // Warnings help to diagnose a failed run.
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

  /** Records the last outcome of an instance. An outcome that changed a session is not a reason. */
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

  /** The number of rejected records. */
  synchronized int rejected() {
    return rejected;
  }

  /** The sessions planned by a dry run, the last one for each interface. */
  synchronized List<Planned> planned() {
    return List.copyOf(planned.values());
  }

  /** The distinct slots in which a dry run would launch instances. */
  synchronized Set<Slot> launches() {
    return new LinkedHashSet<>(launches);
  }

  /** The reason why the instance has no session, if that is its last outcome. */
  synchronized Optional<Reason> reason(String instance) {
    return Optional.ofNullable(reasons.get(instance));
  }

  /** The counts by outcome. An instance counts once per batch that includes it. */
  synchronized Map<String, Integer> outcomes() {
    return new TreeMap<>(outcomes);
  }

  /** The first warnings, without those about single instances. */
  synchronized List<String> warnings() {
    return List.copyOf(warnings);
  }
}
