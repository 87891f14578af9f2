package io.trafficmirror.embedded.ec2;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** Mirror targets: interfaces and Network Load Balancers. */
final class TargetActions {

  private static final String KIND = "traffic-mirror-target";

  /** Targets per account (Traffic Mirroring quotas). */
  private static final int MAXIMUM = 10_000;

  private final World world;
  private final Listing<MirrorTarget> listing;

  TargetActions(World world) {
    this.world = world;
    this.listing = listing(world);
  }

  Map<String, Action> actions() {
    return Map.of(
        "CreateTrafficMirrorTarget",
        Action.of(
            "NetworkInterfaceId NetworkLoadBalancerArn Description +Tags +Token", this::create),
        "DescribeTrafficMirrorTargets",
        Action.of("TrafficMirrorTargetId.# +Filter +Page", this::describe),
        "DeleteTrafficMirrorTarget",
        Action.of("TrafficMirrorTargetId!", this::delete));
  }

  private static Listing<MirrorTarget> listing(World world) {
    String action = "DescribeTrafficMirrorTargets";
    FilterTable<MirrorTarget> table =
        new FilterTable<MirrorTarget>(action)
            .optional("description", MirrorTarget::description)
            .optional("network-interface-id", MirrorTarget::interfaceId)
            .optional("network-load-balancer-arn", MirrorTarget::loadBalancerArn)
            .one("owner-id", target -> world.account())
            .one("traffic-mirror-target-id", MirrorTarget::id)
            .tagsIf(() -> world.unverified().tagFiltersWorkOnMirrorResources(), MirrorTarget::tags);
    // 5 to 1,000, by default 1,000: EC2 API reference.
    Listing.Bounds bounds = new Listing.Bounds(5, 1000, Optional.of(1000));
    return new Listing<>(
            world, action, world.targets, table, bounds, ids -> NotFound.targets(world, ids))
        .indexedById("traffic-mirror-target-id")
        .indexed("network-interface-id", world.targetsByResource::find)
        .indexed("network-load-balancer-arn", world.targetsByResource::find);
  }

  private void create(Parameters request, Xml out) {
    Optional<String> token = ClientTokens.of(request);
    SortedMap<String, String> tags = Tags.onCreate(request, KIND, Set.of(KIND));
    String digest = request.canonical(Set.of("ClientToken", "DryRun"));
    MirrorTarget target =
        token
            .flatMap(t -> world.clientTokens().replay(KIND, t, digest, MirrorTarget.class))
            .filter(
                made ->
                    world.targets.now(made.id()).isPresent()
                        || world.unverified().targets().replayedTokenReturnsDeletedTarget())
            .orElseGet(() -> make(request, tags));
    token.ifPresent(t -> world.clientTokens().remember(KIND, t, digest, target));
    write(out.open("trafficMirrorTarget"), target);
    out.close().text("clientToken", token);
  }

  private MirrorTarget make(Parameters request, SortedMap<String, String> tags) {
    Optional<String> eni = request.text("NetworkInterfaceId").filter(text -> !text.isEmpty());
    Optional<String> arn = request.text("NetworkLoadBalancerArn").filter(text -> !text.isEmpty());
    if (eni.isPresent() && arn.isPresent()) {
      throw new ApiException(
          "InvalidParameterCombination",
          "NetworkInterfaceId and NetworkLoadBalancerArn cannot be used together");
    }
    if (eni.isEmpty() && arn.isEmpty()) {
      throw ApiException.missing("NetworkInterfaceId or NetworkLoadBalancerArn");
    }
    eni.ifPresent(this::checkInterface);
    arn.ifPresent(this::checkLoadBalancer);
    if (world.targets.size() >= MAXIMUM) {
      throw new ApiException(
          "TrafficMirrorTargetLimitExceeded", "Targets limit reached (%d)".formatted(MAXIMUM + 1));
    }
    MirrorTarget target =
        new MirrorTarget(world.ids().next("tmt"), eni, arn, request.text("Description"), tags);
    world.targets.put(target, world.now());
    return target;
  }

  private void checkInterface(String id) {
    if (world.interfaces.now(id).isEmpty()
        || world.interfaces.at(id, world.writeView()).isEmpty()) {
      throw new ApiException(
          "InvalidTrafficMirrorTarget", "The interface ID '%s' does not exist".formatted(id));
    }
    for (MirrorTarget target : world.targetsByResource.find(id, world.current())) {
      throw new ApiException(
          "InterfaceInUseByTrafficMirrorTarget",
          "%s is in use by target %s".formatted(id, target.id()));
    }
    for (MirrorSession session : world.sessionsByInterface.find(id, world.current())) {
      throw new ApiException(
          "InterfaceInUseByTrafficMirrorSession",
          "%s is already being used by session %s".formatted(id, session.id()));
    }
  }

  private void checkLoadBalancer(String arn) {
    // Embedded AWS has no load balancers, so any well-formed ARN of this AWS Region is accepted.
    String start = "arn:aws:elasticloadbalancing:%s:".formatted(world.region());
    if (!arn.startsWith(start)
        || !arn.substring(start.length()).matches("[0-9]{12}:loadbalancer/net/[^/]+/[^/]+")) {
      throw new ApiException(
          "NetworkLoadBalancerNotFoundException",
          "The network load balancer '%s' does not exist".formatted(arn));
    }
    for (MirrorTarget target : world.targetsByResource.find(arn, world.current())) {
      throw new ApiException(
          "NlbInUseByTrafficMirrorTargetException",
          "%s is in use by target %s".formatted(arn, target.id()));
    }
  }

  private void describe(Parameters request, Xml out) {
    Listing.Page<MirrorTarget> page =
        listing.page(request, request.list("TrafficMirrorTargetId"), world.readView());
    out.open("trafficMirrorTargetSet");
    for (MirrorTarget target : page.items()) {
      write(out.open("item"), target);
      out.close();
    }
    out.close().text("nextToken", page.nextToken());
  }

  private void delete(Parameters request, Xml out) {
    String id = request.required("TrafficMirrorTargetId");
    if (world.targets.now(id).isEmpty()) {
      throw NotFound.targets(world, List.of(id));
    }
    List<MirrorSession> users = world.sessionsByTarget.find(id, world.current());
    if (!users.isEmpty()) {
      throw new ApiException(
          "TrafficMirrorTargetInUseException",
          "%s is in use by %d session(s)".formatted(id, users.size()));
    }
    world.targets.remove(id, world.now());
    out.text("trafficMirrorTargetId", id);
  }

  private void write(Xml out, MirrorTarget target) {
    out.text("trafficMirrorTargetId", target.id())
        .text("networkInterfaceId", target.interfaceId())
        .text("networkLoadBalancerArn", target.loadBalancerArn())
        .text("type", target.type())
        .text("description", target.description())
        .text("ownerId", world.account());
    Tags.write(out, target.tags());
  }
}
