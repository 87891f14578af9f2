package io.trafficmirror.embedded.ec2;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** Mirror filters without their rules. */
final class FilterActions {

  private static final String KIND = "traffic-mirror-filter";

  /** Filters per account (Traffic Mirroring quotas). */
  private static final int MAXIMUM = 10_000;

  private final World world;
  private final Listing<MirrorFilter> listing;

  FilterActions(World world) {
    this.world = world;
    this.listing = listing(world);
  }

  Map<String, Action> actions() {
    return Map.of(
        "CreateTrafficMirrorFilter",
        Action.of("Description +Tags +Token", this::create),
        "DescribeTrafficMirrorFilters",
        Action.of("TrafficMirrorFilterId.# +Filter +Page", this::describe),
        "DeleteTrafficMirrorFilter",
        Action.of("TrafficMirrorFilterId!", this::delete));
  }

  private static Listing<MirrorFilter> listing(World world) {
    String action = "DescribeTrafficMirrorFilters";
    FilterTable<MirrorFilter> table =
        new FilterTable<MirrorFilter>(action)
            .optional("description", MirrorFilter::description)
            .one("traffic-mirror-filter-id", MirrorFilter::id)
            .tagsIf(() -> world.unverified().tagFiltersWorkOnMirrorResources(), MirrorFilter::tags);
    // 5 to 1,000, by default 1,000: EC2 API reference.
    Listing.Bounds bounds = new Listing.Bounds(5, 1000, Optional.of(1000));
    return new Listing<>(
            world, action, world.filters, table, bounds, ids -> NotFound.filters(world, ids))
        .indexedById("traffic-mirror-filter-id");
  }

  private void create(Parameters request, Xml out) {
    Optional<String> token = ClientTokens.of(request);
    SortedMap<String, String> tags = Tags.onCreate(request, KIND, Set.of(KIND));
    String digest = request.canonical(Set.of("ClientToken", "DryRun"));
    MirrorFilter filter =
        token
            .flatMap(t -> world.clientTokens().replay(KIND, t, digest, MirrorFilter.class))
            .filter(made -> world.filters.now(made.id()).isPresent())
            .orElseGet(() -> make(request, tags));
    token.ifPresent(t -> world.clientTokens().remember(KIND, t, digest, filter));
    FilterXml.write(out.open("trafficMirrorFilter"), filter);
    out.close().text("clientToken", token);
  }

  private MirrorFilter make(Parameters request, SortedMap<String, String> tags) {
    if (world.filters.size() >= MAXIMUM) {
      throw new ApiException(
          "TrafficMirrorFilterLimitExceeded", "Filters limit reached (%d)".formatted(MAXIMUM + 1));
    }
    MirrorFilter filter =
        new MirrorFilter(world.ids().next("tmf"), request.text("Description"), List.of(), tags);
    world.filters.put(filter, world.now());
    return filter;
  }

  private void describe(Parameters request, Xml out) {
    Listing.Page<MirrorFilter> page =
        listing.page(request, request.list("TrafficMirrorFilterId"), world.current());
    out.open("trafficMirrorFilterSet");
    for (MirrorFilter filter : page.items()) {
      FilterXml.write(out.open("item"), filter);
      out.close();
    }
    out.close().text("nextToken", page.nextToken());
  }

  private void delete(Parameters request, Xml out) {
    String id = request.required("TrafficMirrorFilterId");
    if (world.filters.now(id).isEmpty()) {
      throw NotFound.filters(world, List.of(id));
    }
    List<MirrorSession> users = world.sessionsByFilter.find(id, world.current());
    if (!users.isEmpty()) {
      throw new ApiException(
          "TrafficMirrorFilterInUse", "%s is in use by %d session(s)".formatted(id, users.size()));
    }
    world.filters.remove(id, world.now());
    out.text("trafficMirrorFilterId", id);
  }
}
