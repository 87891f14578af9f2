package io.trafficmirror.embedded.ec2;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** Mirror sessions. */
final class SessionActions {

  private static final String KIND = "traffic-mirror-session";

  private final World world;
  private final SessionRules rules;
  private final Listing<MirrorSession> listing;

  SessionActions(World world) {
    this.world = world;
    this.rules = new SessionRules(world);
    this.listing = listing(world);
  }

  Map<String, Action> actions() {
    return Map.of(
        "CreateTrafficMirrorSession",
        Action.of(
            "NetworkInterfaceId! TrafficMirrorTargetId! TrafficMirrorFilterId! SessionNumber!"
                + " PacketLength VirtualNetworkId Description +Tags +Token",
            this::create),
        "DescribeTrafficMirrorSessions",
        Action.of("TrafficMirrorSessionId.# +Filter +Page", this::describe),
        "ModifyTrafficMirrorSession",
        Action.of(
            "TrafficMirrorSessionId! TrafficMirrorTargetId TrafficMirrorFilterId PacketLength"
                + " SessionNumber VirtualNetworkId Description RemoveField.#",
            this::modify),
        "DeleteTrafficMirrorSession",
        Action.of("TrafficMirrorSessionId!", this::delete));
  }

  private static Listing<MirrorSession> listing(World world) {
    String action = "DescribeTrafficMirrorSessions";
    FilterTable<MirrorSession> table =
        new FilterTable<MirrorSession>(action)
            .optional("description", MirrorSession::description)
            .one("network-interface-id", MirrorSession::interfaceId)
            .one("owner-id", session -> world.account())
            .optional("packet-length", session -> session.packetLength().map(Object::toString))
            .one("session-number", session -> Integer.toString(session.number()))
            .one("traffic-mirror-filter-id", MirrorSession::filterId)
            .one("traffic-mirror-session-id", MirrorSession::id)
            .one("traffic-mirror-target-id", MirrorSession::targetId)
            .one("virtual-network-id", s -> Integer.toString(s.networkIdentifier()))
            .tagsIf(
                () -> world.unverified().tagFiltersWorkOnMirrorResources(), MirrorSession::tags);
    // 5 to 1,000, by default 1,000: EC2 API reference.
    Listing.Bounds bounds = new Listing.Bounds(5, 1000, Optional.of(1000));
    return new Listing<>(
            world, action, world.sessions, table, bounds, ids -> NotFound.sessions(world, ids))
        .indexedById("traffic-mirror-session-id")
        .indexed("network-interface-id", world.sessionsByInterface::find)
        .indexed("traffic-mirror-target-id", world.sessionsByTarget::find);
  }

  private void create(Parameters request, Xml out) {
    Optional<String> token = ClientTokens.of(request);
    Optional<Integer> number = request.integer("SessionNumber");
    Optional<Integer> packet = request.integer("PacketLength");
    Optional<Integer> vni = request.integer("VirtualNetworkId");
    rules.checkValues(number, packet, vni);
    SortedMap<String, String> tags = Tags.onCreate(request, KIND, Set.of(KIND));
    String digest = request.canonical(Set.of("ClientToken", "DryRun"));
    MirrorSession session =
        token
            .flatMap(t -> replay(t, digest))
            .orElseGet(() -> make(request, number.orElseThrow(), packet, vni, tags));
    token.ifPresent(t -> world.clientTokens().remember(KIND, t, digest, session));
    write(out.open("trafficMirrorSession"), session);
    out.close().text("clientToken", token);
  }

  private Optional<MirrorSession> replay(String token, String digest) {
    return world
        .clientTokens()
        .replay(KIND, token, digest, MirrorSession.class)
        .filter(
            session ->
                world.sessions.now(session.id()).isPresent()
                    || world.unverified().replayedTokenReturnsDeletedSession());
  }

  private MirrorSession make(
      Parameters request,
      int number,
      Optional<Integer> packet,
      Optional<Integer> vni,
      SortedMap<String, String> tags) {
    String interfaceId = request.required("NetworkInterfaceId");
    MirrorTarget target = rules.target(request.required("TrafficMirrorTargetId"));
    String filterId = request.required("TrafficMirrorFilterId");
    rules.checkFilter(filterId);
    rules.source(interfaceId);
    Optional<Integer> length = rules.packetLength(packet, target);
    if (world.unverified().targets().checksRoomBeforeNumber()) {
      rules.checkRoomOnTarget(target, interfaceId, Optional.empty());
    }
    rules.checkRoomOnInterface(interfaceId, number);
    rules.checkRoomOnTarget(target, interfaceId, Optional.empty());
    rules.checkRoomInAccount();
    Instant now = world.now();
    MirrorSession session =
        new MirrorSession(
            world.ids().next("tms"),
            interfaceId,
            target.id(),
            filterId,
            number,
            vni.orElseGet(rules::drawNetworkIdentifier),
            length,
            request.text("Description"),
            tags,
            now);
    world.sessions.put(session, now);
    return session;
  }

  private void describe(Parameters request, Xml out) {
    Listing.Page<MirrorSession> page =
        listing.page(request, request.list("TrafficMirrorSessionId"), world.readView());
    out.open("trafficMirrorSessionSet");
    for (MirrorSession session : page.items()) {
      write(out.open("item"), session);
      out.close();
    }
    out.close().text("nextToken", page.nextToken());
  }

  private void modify(Parameters request, Xml out) {
    MirrorSession before = session(request);
    List<String> remove = request.list("RemoveField");
    Optional<Integer> number = request.integer("SessionNumber");
    Optional<Integer> packet = removable(request, remove, "PacketLength", "packet-length");
    Optional<Integer> vni = removable(request, remove, "VirtualNetworkId", "virtual-network-id");
    checkRemovals(request, remove);
    rules.checkValues(number, packet, vni);
    MirrorTarget target =
        rules.target(request.text("TrafficMirrorTargetId").orElse(before.targetId()));
    String filterId = request.text("TrafficMirrorFilterId").orElse(before.filterId());
    rules.checkFilter(filterId);
    Optional<String> self = Optional.of(before.id());
    rules.checkNumberIsFree(before.interfaceId(), number.orElse(before.number()), self);
    if (!target.id().equals(before.targetId())) {
      rules.checkRoomOnTarget(target, before.interfaceId(), self);
    }
    MirrorSession after =
        new MirrorSession(
            before.id(),
            before.interfaceId(),
            target.id(),
            filterId,
            number.orElse(before.number()),
            remove.contains("virtual-network-id")
                ? rules.drawNetworkIdentifier()
                : vni.orElse(before.networkIdentifier()),
            rules.packetLength(
                remove.contains("packet-length") ? packet : packet.or(before::packetLength),
                target),
            remove.contains("description")
                ? Optional.empty()
                : request.text("Description").or(before::description),
            before.tags(),
            before.created());
    world.sessions.put(after, world.now());
    write(out.open("trafficMirrorSession"), after);
    out.close();
  }

  private static Optional<Integer> removable(
      Parameters request, List<String> remove, String parameter, String field) {
    Optional<Integer> value = request.integer(parameter);
    if (value.isPresent() && remove.contains(field)) {
      throw new ApiException(
          "InvalidParameterCombination", "%s cannot be both set and removed".formatted(parameter));
    }
    return value;
  }

  private static void checkRemovals(Parameters request, List<String> remove) {
    for (String field : remove) {
      if (!Set.of("packet-length", "description", "virtual-network-id").contains(field)) {
        throw ApiException.invalidValue(field, "removeFields");
      }
    }
    if (remove.contains("description") && request.text("Description").isPresent()) {
      throw new ApiException(
          "InvalidParameterCombination", "Description cannot be both set and removed");
    }
  }

  private void delete(Parameters request, Xml out) {
    MirrorSession session = session(request);
    world.sessions.remove(session.id(), world.now());
    out.text("trafficMirrorSessionId", session.id());
  }

  private MirrorSession session(Parameters request) {
    String id = request.required("TrafficMirrorSessionId");
    return world.sessions.now(id).orElseThrow(() -> NotFound.sessions(world, List.of(id)));
  }

  private void write(Xml out, MirrorSession session) {
    out.text("trafficMirrorSessionId", session.id())
        .text("trafficMirrorTargetId", session.targetId())
        .text("trafficMirrorFilterId", session.filterId())
        .text("networkInterfaceId", session.interfaceId())
        .text("ownerId", world.account())
        .number("packetLength", session.packetLength())
        .number("sessionNumber", session.number())
        .number("virtualNetworkId", session.networkIdentifier())
        .text("description", session.description());
    Tags.write(out, session.tags());
  }
}
