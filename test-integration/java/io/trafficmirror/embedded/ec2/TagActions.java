package io.trafficmirror.embedded.ec2;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** CreateTags, DeleteTags and DescribeTags. */
final class TagActions {

  private final World world;

  TagActions(World world) {
    this.world = world;
  }

  Map<String, Action> actions() {
    String parameters = "ResourceId.# Tag.#.Key Tag.#.Value";
    return Map.of(
        "CreateTags", Action.of(parameters, this::create),
        "DeleteTags", Action.of(parameters, this::delete),
        "DescribeTags", Action.of("+Filter +Page", this::describe));
  }

  /** One tag of one resource. */
  private record Tagged(String resource, String kind, String key, String value) implements Stored {

    @Override
    public String id() {
      return resource + "\n" + key;
    }

    @Override
    public String group() {
      return resource;
    }
  }

  private static final FilterTable<Tagged> FILTERS =
      new FilterTable<Tagged>("DescribeTags")
          .one("key", Tagged::key)
          .one("value", Tagged::value)
          .one("resource-id", Tagged::resource)
          .one("resource-type", Tagged::kind)
          .tags(tag -> Map.of(tag.key(), tag.value()));

  private void describe(Parameters request, Xml out) {
    // Called rarely, so tags have no store of their own.
    Store<Tagged> all = new Store<>(0);
    collect(all, "instance", world.instances, Instance::tags);
    collect(all, "network-interface", world.interfaces, Interface::tags);
    collect(all, "traffic-mirror-session", world.sessions, MirrorSession::tags);
    collect(all, "traffic-mirror-target", world.targets, MirrorTarget::tags);
    collect(all, "traffic-mirror-filter", world.filters, MirrorFilter::tags);
    collect(all, "subnet", world.subnets, Subnet::tags);
    collect(all, "vpc", world.vpcs, Vpc::tags);
    // 5 to 1,000: EC2 API reference, DescribeTags.
    Listing.Bounds bounds = new Listing.Bounds(5, 1000, Optional.of(1000));
    Listing.Page<Tagged> page =
        new Listing<>(world, "DescribeTags", all, FILTERS, bounds, NotFound::instances)
            .page(request, List.of(), world.current());
    out.open("tagSet");
    for (Tagged tag : page.items()) {
      out.open("item")
          .text("resourceId", tag.resource())
          .text("resourceType", tag.kind())
          .text("key", tag.key())
          .text("value", tag.value())
          .close();
    }
    out.close().text("nextToken", page.nextToken());
  }

  private static <V extends Stored> void collect(
      Store<Tagged> into, String kind, Store<V> from, Function<V, SortedMap<String, String>> tags) {
    for (V value : from.all()) {
      tags.apply(value)
          .forEach((k, v) -> into.put(new Tagged(value.id(), kind, k, v), Instant.MIN));
    }
  }

  private void create(Parameters request, Xml out) {
    SortedMap<String, String> more = Tags.of(request.structures("Tag"));
    if (more.isEmpty()) {
      throw ApiException.missing("Tag");
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

  /** Without a value, a tag is deleted whatever its value; without any tag, all are. */
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

  /** Changes the tags of all named resources, or of none. */
  private void change(Parameters request, Xml out, World.TagChange change) {
    List<String> ids = request.list("ResourceId");
    if (ids.isEmpty()) {
      throw ApiException.missing("ResourceId");
    }
    for (String id : ids) {
      change.apply(world.tagsOf(id).orElseThrow(() -> unknown(id)));
    }
    Instant now = world.now();
    ids.forEach(id -> world.retag(id, change, now));
    out.flag("return", true);
  }

  private ApiException unknown(String id) {
    List<String> ids = List.of(id);
    return switch (id.substring(0, Math.max(0, id.indexOf('-')))) {
      case "i" -> NotFound.instances(ids);
      case "eni" -> NotFound.interfaces(ids);
      case "subnet" -> NotFound.subnets(ids);
      case "vpc" -> NotFound.vpcs(ids);
      case "tms" -> NotFound.sessions(world, ids);
      case "tmt" -> NotFound.targets(world, ids);
      case "tmf" -> NotFound.filters(world, ids);
      default -> new ApiException("InvalidID", "The ID '%s' is not valid".formatted(id));
    };
  }
}
