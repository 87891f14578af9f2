package io.trafficmirror.laws;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.trafficmirror.embedded.InstanceView;
import io.trafficmirror.embedded.SessionView;
import io.trafficmirror.embedded.TargetView;
import io.trafficmirror.harness.TargetTags;
import io.trafficmirror.laws.FleetWithHistory.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The changes that a run makes in EC2. Two runs never share the id of a new target, so its slot, or
 * the instance that had no target, represents it.
 *
 * @param sessions the change of each interface's session: action, target, filter and, for a new
 *     session, number
 * @param launches the slots for which an instance is launched
 * @param targets the deleted targets
 * @param terminated the terminated instances
 * @param notMirrored the last logged reason for each instance that is not mirrored. The two
 *     outcomes for an unsupported instance type count as one reason: the pages of a real run also
 *     contain the instances that it launches, so an instance may be on another page than in a dry
 *     run
 */
record RunChanges(
    Map<String, String> sessions,
    Set<String> launches,
    Set<String> targets,
    Set<String> terminated,
    Map<String, String> notMirrored) {

  private static final Set<String> ENDED = Set.of("shutting-down", "terminated");

  /** The changes of a real run. */
  static RunChanges made(Snapshot before, Snapshot after, List<String> lines) {
    Map<String, InstanceView> old = before.instancesById(instance -> true);
    Map<String, String> places = new HashMap<>();
    Set<String> launches = new TreeSet<>();
    Map<String, String> newSlots = new HashMap<>();
    for (InstanceView instance : after.instances()) {
      if (!old.containsKey(instance.instanceId())) {
        String slot = slot(instance.tags());
        launches.add(slot);
        instance.primaryInterface().ifPresent(eni -> newSlots.put(eni.interfaceId(), slot));
      }
    }
    Set<String> oldTargets = ids(before.targets());
    for (TargetView target : after.targets()) {
      if (!oldTargets.contains(target.targetId())) {
        String eni = target.interfaceId().orElseThrow();
        places.put(target.targetId(), newSlots.getOrDefault(eni, "new target of " + eni));
      }
    }
    Set<String> deleted = new TreeSet<>(oldTargets);
    deleted.removeAll(ids(after.targets()));
    Set<String> terminated =
        new TreeSet<>(before.instancesById(each -> !ENDED.contains(each.state())).keySet());
    terminated.removeAll(
        after.instancesById(instance -> !ENDED.contains(instance.state())).keySet());
    return new RunChanges(
        changed(before.sessions(), after.sessions(), places),
        launches,
        deleted,
        terminated,
        notMirrored(lines));
  }

  private static Map<String, String> changed(
      List<SessionView> before, List<SessionView> after, Map<String, String> places) {
    Map<String, SessionView> old = new HashMap<>();
    before.forEach(session -> old.put(session.sessionId(), session));
    Map<String, String> changes = new TreeMap<>();
    for (SessionView session : after) {
      SessionView was = old.remove(session.sessionId());
      String place = places.getOrDefault(session.targetId(), session.targetId());
      if (was == null) {
        put(
            changes,
            session.interfaceId(),
            "create to %s with %s number %d"
                .formatted(place, session.filterId(), session.number()));
      } else if (!was.targetId().equals(session.targetId())
          || !was.filterId().equals(session.filterId())) {
        put(
            changes,
            session.interfaceId(),
            "modify to %s with %s".formatted(place, session.filterId()));
      }
    }
    old.values().forEach(gone -> put(changes, gone.interfaceId(), "delete " + gone.sessionId()));
    return changes;
  }

  /** The changes that a dry run has announced. */
  static RunChanges announced(Snapshot before, List<String> lines) {
    Set<String> existing = ids(before.targets());
    Map<String, String> slots = new HashMap<>();
    Map<String, String> sessions = new TreeMap<>();
    Set<String> launches = new TreeSet<>();
    Set<String> targets = new TreeSet<>();
    Set<String> terminated = new TreeSet<>();
    for (JsonObject line : parsed(lines)) {
      switch (text(line, "message")) {
        case "dry run: a target would be launched" -> {
          String slot =
              "slot %s of %s, generation %s"
                  .formatted(text(line, "slot"), text(line, "pool"), text(line, "generation"));
          put(slots, suffix(text(line, "instance")), slot);
          launches.add(slot);
        }
        case "dry run: nothing was written" -> {
          String target = text(line, "target");
          String place =
              existing.contains(target)
                  ? target
                  : slots.getOrDefault(suffix(target), "new target of eni-" + suffix(target));
          boolean creates = text(line, "action").equals("create");
          put(
              sessions,
              text(line, "interface"),
              "%s to %s with %s%s"
                  .formatted(
                      text(line, "action"),
                      place,
                      text(line, "filter"),
                      creates ? " number " + text(line, "number") : ""));
        }
        case "dry run: a sweep would do this" -> {
          line.getAsJsonArray("deleted").forEach(each -> targets.add(each.getAsString()));
          line.getAsJsonArray("terminated").forEach(each -> terminated.add(each.getAsString()));
        }
        default -> {
          // Announces no change.
        }
      }
    }
    return new RunChanges(sessions, launches, targets, terminated, notMirrored(lines));
  }

  private static Map<String, String> notMirrored(List<String> lines) {
    Map<String, String> reasons = new TreeMap<>();
    for (JsonObject line : parsed(lines)) {
      if (text(line, "message").equals("not mirrored")) {
        reasons.put(
            text(line, "instance"),
            text(line, "outcome").replace("unlisted-source-type", "unsupported-source"));
      }
    }
    return reasons;
  }

  /** Records a change; fails if there is one for the same key. */
  private static void put(Map<String, String> changes, String key, String change) {
    String other = changes.put(key, change);
    if (other != null) {
      throw new AssertionError("%s changes twice: %s, and %s".formatted(key, other, change));
    }
  }

  private static String slot(Map<String, String> tags) {
    return "slot %s of %s, generation %s"
        .formatted(
            tags.get(TargetTags.SLOT), tags.get(TargetTags.POOL), tags.get(TargetTags.GENERATION));
  }

  /** The common suffix of the ids of an instance, its interface and its target in a dry run. */
  private static String suffix(String id) {
    return id.replaceFirst("^(i|eni|tmt)-(dry-run-)?", "");
  }

  private static Set<String> ids(List<TargetView> targets) {
    Set<String> ids = new TreeSet<>();
    targets.forEach(target -> ids.add(target.targetId()));
    return ids;
  }

  private static List<JsonObject> parsed(List<String> lines) {
    List<JsonObject> parsed = new ArrayList<>();
    lines.forEach(line -> parsed.add(JsonParser.parseString(line).getAsJsonObject()));
    return parsed;
  }

  private static String text(JsonObject json, String name) {
    JsonElement value = json.get(name);
    return value == null ? "" : Objects.requireNonNull(value.getAsString());
  }
}
