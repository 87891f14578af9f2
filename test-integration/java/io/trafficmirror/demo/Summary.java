package io.trafficmirror.demo;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The result of a run.
 *
 * @param inputs the inputs
 * @param expectation the expected state
 * @param verdict the comparison with the actual state; for a dry run, with the planned one
 * @param sessions the number of created sessions
 * @param targets the number of instances launched for targets on demand, by pool; for a dry run,
 *     the planned number
 * @param rejected the number of rejected records
 * @param outcomes the outcomes that the function counted, once per batch that includes the instance
 * @param phases the EC2 calls by phase, in order
 * @param latency the times from events to sessions
 * @param problems other errors, one line each
 * @param instances the result of each instance, in the order of the fleet
 * @param seconds the duration of the run
 */
record Summary(
    RunInputs inputs,
    Expectation expectation,
    Verdict verdict,
    int sessions,
    Map<String, Integer> targets,
    int rejected,
    Map<String, Integer> outcomes,
    List<PhaseCalls> phases,
    Latency latency,
    List<String> problems,
    List<InstanceResult> instances,
    double seconds) {

  private static final Gson GSON =
      new GsonBuilder().disableHtmlEscaping().serializeNulls().setPrettyPrinting().create();

  Summary {
    targets = new TreeMap<>(targets);
    outcomes = new TreeMap<>(outcomes);
    phases = List.copyOf(phases);
    problems = List.copyOf(problems);
    instances = List.copyOf(instances);
  }

  /**
   * The inputs of a run.
   *
   * @param inventory the name of the fleet
   * @param policy the name of the policy
   * @param seed the random seed
   * @param dryRun whether it is a dry run
   * @param fleetOnly whether the run is for the given fleet only, without launches and findings
   */
  record RunInputs(String inventory, String policy, long seed, boolean dryRun, boolean fleetOnly) {

    /** The number of deliberately invalid records. */
    int broken() {
      return fleetOnly ? 0 : 1;
    }
  }

  /** Whether there are no discrepancies and no problems. */
  boolean isGood() {
    return verdict.isGood() && problems.isEmpty();
  }

  /**
   * The number of instances with the expected session; for a dry run, the number of created
   * sessions.
   */
  int mirrored() {
    return inputs.dryRun() ? sessions : verdict.mirrored();
  }

  /** The number of instances with the expected session in the plan; 0 unless it is a dry run. */
  int wouldMirror() {
    return inputs.dryRun() ? verdict.mirrored() : 0;
  }

  /** The number of instances launched for targets; for a dry run, the planned number. */
  int targetInstances() {
    return sum(targets);
  }

  /** The expected number of instances for targets. */
  int targetInstancesExpected() {
    return sum(expectation.targetInstances());
  }

  private static int sum(Map<String, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Adds problems. */
  Summary withProblems(List<String> more) {
    List<String> all = new ArrayList<>(problems);
    all.addAll(more);
    return new Summary(
        inputs,
        expectation,
        verdict,
        sessions,
        targets,
        rejected,
        outcomes,
        phases,
        latency,
        all,
        instances,
        seconds);
  }

  /** The EC2 calls of the whole run, by action. */
  Map<String, Integer> calls() {
    Map<String, Integer> all = new TreeMap<>();
    phases.forEach(
        phase ->
            phase.byAction().forEach((action, count) -> all.merge(action, count, Integer::sum)));
    return all;
  }

  /**
   * The summary as indented JSON with a final line feed. {@code docs/demo.md} lists its keys in
   * order.
   */
  String toJson() {
    JsonObject json = new JsonObject();
    json.addProperty("fleet_size", expectation.byInstance().size());
    json.addProperty("expected", expectation.mirrored());
    json.addProperty("mirrored", mirrored());
    json.addProperty("missed", verdict.missed());
    json.addProperty("wrong", verdict.wrong());
    json.addProperty("doubled", verdict.doubled());
    json.addProperty("would_mirror", wouldMirror());
    json.addProperty("target_instances", targetInstances());
    json.addProperty("target_instances_expected", targetInstancesExpected());
    json.addProperty("records_rejected", rejected);
    json.add("ec2_calls", counts(calls()));
    JsonObject byPhase = new JsonObject();
    phases.forEach(phase -> byPhase.add(phase.name(), phase(phase)));
    json.add("ec2_calls_by_phase", byPhase);
    json.add("event_to_session_ms", times());
    json.add("by_entry", entries());
    json.add("by_reason", counts(expectation.byReason()));
    json.add("outcomes", counts(outcomes));
    json.addProperty("inventory", inputs.inventory());
    json.addProperty("policy", inputs.policy());
    json.addProperty("seed", inputs.seed());
    json.addProperty("dry_run", inputs.dryRun());
    JsonArray lines = new JsonArray();
    verdict.complaints().forEach(lines::add);
    problems.forEach(lines::add);
    json.add("complaints", lines);
    json.addProperty("seconds", rounded(seconds, 10));
    JsonArray each = new JsonArray();
    instances.forEach(instance -> each.add(instance(instance)));
    json.add("instances", each);
    return GSON.toJson(json) + "\n";
  }

  private static JsonObject instance(InstanceResult result) {
    JsonObject json = new JsonObject();
    json.addProperty("account", result.account());
    json.addProperty("region", result.region());
    json.addProperty("instance", result.instance());
    json.add("interface", text(result.networkInterface()));
    json.add("entry", text(result.entry()));
    switch (result.status()) {
      case InstanceResult.Session(String id, String target) -> {
        JsonObject session = new JsonObject();
        session.addProperty("id", id);
        session.addProperty("target", target);
        json.add("session", session);
      }
      case InstanceResult.Reason(String label, String explanation) -> {
        JsonObject reason = new JsonObject();
        reason.addProperty("label", label);
        reason.addProperty("explanation", explanation);
        json.add("reason", reason);
      }
    }
    return json;
  }

  private static JsonElement text(Optional<String> value) {
    return value.<JsonElement>map(JsonPrimitive::new).orElse(JsonNull.INSTANCE);
  }

  private static JsonObject phase(PhaseCalls phase) {
    JsonObject json = new JsonObject();
    json.add("by_action", counts(phase.byAction()));
    json.addProperty("instances", phase.instances());
    json.addProperty("per_instance", rounded(phase.perInstance(), 10_000));
    json.addProperty("creates", phase.creates());
    json.addProperty("creates_refused", phase.refused());
    json.addProperty("target_calls", phase.targetCalls());
    json.addProperty("others", phase.others());
    json.addProperty("others_per_instance", rounded(phase.othersPerInstance(), 10_000));
    return json;
  }

  private JsonObject times() {
    JsonObject json = new JsonObject();
    json.addProperty("count", latency.count());
    json.addProperty("p50", latency.p50());
    json.addProperty("p99", latency.p99());
    json.addProperty("max", latency.max());
    return json;
  }

  private JsonObject entries() {
    JsonObject json = new JsonObject();
    expectation
        .byEntry()
        .forEach(
            (entry, expected) -> {
              JsonObject counts = new JsonObject();
              counts.addProperty("expected", expected);
              counts.addProperty(
                  inputs.dryRun() ? "would_mirror" : "mirrored",
                  verdict.byEntry().getOrDefault(entry, 0));
              json.add(entry, counts);
            });
    return json;
  }

  private static JsonObject counts(Map<String, Integer> counts) {
    JsonObject json = new JsonObject();
    counts.forEach(json::addProperty);
    return json;
  }

  private static double rounded(double value, int parts) {
    return Math.round(value * parts) / (double) parts;
  }
}
