package io.trafficmirror.embedded.ec2;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Tags of things that are there. */
final class TagActions {

  private final World world;

  TagActions(World world) {
    this.world = world;
  }

  Map<String, Action> actions() {
    String parameters = "ResourceId.# Tag.#.Key Tag.#.Value";
    return Map.of(
        "CreateTags", Action.of(parameters, this::create),
        "DeleteTags", Action.of(parameters, this::delete));
  }

  private void create(Parameters request, Xml out) {
    SortedMap<String, String> more = Tags.of(request.structures("Tag"));
    if (more.isEmpty()) {
      throw Refusal.missing("Tag");
    }
    change(
        request,
        out,
        before -> {
          SortedMap<String, String> after = new TreeMap<>(before);
          after.putAll(more);
          Tags.checkNumber(after);
          return after;
        });
  }

  /** A tag that is named without a value goes whatever its value; no tag named: all go. */
  private void delete(Parameters request, Xml out) {
    List<Parameters> named = request.structures("Tag");
    change(
        request,
        out,
        before -> {
          SortedMap<String, String> after = new TreeMap<>(before);
          if (named.isEmpty()) {
            after.keySet().removeIf(key -> !key.startsWith("aws:"));
          }
          for (Parameters tag : named) {
            String key = tag.required("Key");
            Optional<String> value = tag.text("Value");
            if (value.isEmpty() || value.equals(Optional.ofNullable(after.get(key)))) {
              after.remove(key);
            }
          }
          return after;
        });
  }

  /** Changes the tags of all things that the request names, or of none. */
  private void change(Parameters request, Xml out, World.TagChange change) {
    List<String> ids = request.list("ResourceId");
    if (ids.isEmpty()) {
      throw Refusal.missing("ResourceId");
    }
    for (String id : ids) {
      change.apply(world.tagsOf(id).orElseThrow(() -> unknown(id)));
    }
    Instant now = world.now();
    ids.forEach(id -> world.retag(id, change, now));
    out.flag("return", true);
  }

  private Refusal unknown(String id) {
    List<String> ids = List.of(id);
    return switch (id.substring(0, Math.max(0, id.indexOf('-')))) {
      case "i" -> NotFound.instances(ids);
      case "eni" -> NotFound.interfaces(ids);
      case "subnet" -> NotFound.subnets(ids);
      case "vpc" -> NotFound.vpcs(ids);
      case "tms" -> NotFound.sessions(world, ids);
      case "tmt" -> NotFound.targets(world, ids);
      case "tmf" -> NotFound.filters(world, ids);
      default -> new Refusal("InvalidID", "The ID '%s' is not valid".formatted(id));
    };
  }
}
