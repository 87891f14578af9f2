package io.trafficmirror.laws;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.trafficmirror.embedded.InstanceView;
import io.trafficmirror.embedded.SessionView;
import io.trafficmirror.embedded.TargetView;
import io.trafficmirror.harness.TargetTags;
import io.trafficmirror.laws.LivedInFleet.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a run changes in EC2. A target that the run makes has no id that two runs could have in
 * common, so its place stands for it: the slot of the launch, or the instance that lacked it.
 *
 * @param sessions the session that is created or modified on each interface: what, where to, filter
 *     and, where it is created, number
 * @param launches the slots into which an instance is launched
 * @param targets the targets that are deleted
 * @param terminated the instances that are terminated
 * @param notMirrored the last reason for each instance that is logged as not mirrored. An instance
 *     type that cannot be mirrored is one reason here, whether EC2 refused it or no target had
 *     room: the pages of a real run show the instances that it launches as well, so an instance may
 *     be on another page than in a dry run
 */
record RunChanges(
    Map<String, String> sessions,
    Set<String> launches,
    Set<String> targets,
    Set<String> terminated,
    Map<String, String> notMirrored) {

  private static final Set<String> ENDED = Set.of("shutting-down", "terminated");

  /** What a real run has changed. */
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
        places.put(target.targetId(), newSlots.getOrDefault(eni, "made of " + eni));
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

  /** What a dry run has said that it would change. */
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
                  : slots.getOrDefault(suffix(target), "made of eni-" + suffix(target));
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
          // It says nothing about a change.
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

  /** Nothing is changed twice in a run. */
  private static void put(Map<String, String> changes, String key, String change) {
    String other = changes.put(key, change);
    if (other != null) {
      throw new AssertionError("%s: %s, and %s".formatted(key, other, change));
    }
  }

  private static String slot(Map<String, String> tags) {
    return "slot %s of %s, generation %s"
        .formatted(
            tags.get(TargetTags.SLOT), tags.get(TargetTags.POOL), tags.get(TargetTags.GENERATION));
  }

  /** What the ids of an instance, its interface and its target have in common in a dry run. */
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
