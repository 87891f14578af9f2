package io.trafficmirror.embedded.ec2;

import io.trafficmirror.embedded.InstanceView;
import io.trafficmirror.embedded.SessionView;
import io.trafficmirror.embedded.TargetView;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Puts things into the world and looks at them, past the API. Nonsense is refused. */
public final class Seeding {

  private final World world;
  private final InstanceSeeding instances;

  Seeding(World world) {
    this.world = world;
    this.instances = new InstanceSeeding(world);
  }

  /** The part that is about instances. */
  public InstanceSeeding instances() {
    return instances;
  }

  /** A VPC. */
  public void putVpc(String vpcId, String cidr) {
    checkNew("vpc", vpcId, world.vpcs.now(vpcId).isPresent());
    String text =
        Cidr.parse(cidr)
            .orElseThrow(() -> new IllegalArgumentException(vpcId + ": no IPv4 block: " + cidr))
            .toString();
    world.vpcs.put(new Vpc(vpcId, text, new TreeMap<>()), world.putAt());
  }

  /** A subnet of a VPC that is there. */
  public void putSubnet(String subnetId, String vpcId, String zone) {
    checkNew("subnet", subnetId, world.subnets.now(subnetId).isPresent());
    checkThere(vpcId, world.vpcs.now(vpcId).isPresent());
    Subnet subnet = new Subnet(subnetId, vpcId, zone, world.nextBlock(), new TreeMap<>());
    world.subnets.put(subnet, world.putAt());
  }

  /** A mirror filter without rules. */
  public void putFilter(String filterId) {
    checkNew("tmf", filterId, world.filters.now(filterId).isPresent());
    world.filters.put(
        new MirrorFilter(filterId, Optional.empty(), List.of(), new TreeMap<>()), world.putAt());
  }

  /** A mirror target that is a Network Load Balancer. */
  public void putLoadBalancerTarget(String targetId, String arn) {
    putTarget(targetId, Optional.empty(), Optional.of(arn), Map.of());
  }

  /** A subnet of a VPC that is there, with that block and whatever others there are. */
  public void putSubnet(String subnetId, String vpcId, String zone, String cidr) {
    checkNew("subnet", subnetId, world.subnets.now(subnetId).isPresent());
    checkThere(vpcId, world.vpcs.now(vpcId).isPresent());
    Cidr block =
        Cidr.parse(cidr)
            .orElseThrow(() -> new IllegalArgumentException(subnetId + ": no IPv4 block: " + cidr));
    world.subnets.put(new Subnet(subnetId, vpcId, zone, block, new TreeMap<>()), world.putAt());
  }

  /** A mirror target that is an interface which is there. */
  public void putInterfaceTarget(String targetId, String interfaceId, Map<String, String> tags) {
    checkThere(interfaceId, world.interfaces.now(interfaceId).isPresent());
    if (!world.sessionsByInterface.find(interfaceId, world.truth()).isEmpty()) {
      throw new IllegalArgumentException(interfaceId + " is a mirror source, so it is no target");
    }
    putTarget(targetId, Optional.of(interfaceId), Optional.empty(), tags);
  }

  private void putTarget(
      String id, Optional<String> interfaceId, Optional<String> arn, Map<String, String> tags) {
    checkNew("tmt", id, world.targets.now(id).isPresent());
    String resource = interfaceId.or(() -> arn).orElseThrow();
    if (!world.targetsByResource.find(resource, world.truth()).isEmpty()) {
      throw new IllegalArgumentException(resource + " is a mirror target already");
    }
    world.targets.put(
        new MirrorTarget(id, interfaceId, arn, Optional.empty(), new TreeMap<>(tags)),
        world.putAt());
  }

  /** A mirror session between things that are there. */
  public void putSession(
      String sessionId,
      String interfaceId,
      String targetId,
      String filterId,
      int number,
      Map<String, String> tags) {
    checkNew("tms", sessionId, world.sessions.now(sessionId).isPresent());
    checkThere(interfaceId, world.interfaces.now(interfaceId).isPresent());
    checkThere(targetId, world.targets.now(targetId).isPresent());
    checkThere(filterId, world.filters.now(filterId).isPresent());
    boolean taken =
        world.sessionsByInterface.find(interfaceId, world.truth()).stream()
            .anyMatch(session -> session.number() == number);
    if (taken || number < 1 || number > 32_766) {
      throw new IllegalArgumentException(
          "%s: %s cannot have a session with number %d".formatted(sessionId, interfaceId, number));
    }
    SessionRules rules = new SessionRules(world);
    MirrorSession session =
        new MirrorSession(
            sessionId,
            interfaceId,
            targetId,
            filterId,
            number,
            rules.drawNetworkIdentifier(),
            rules.packetLength(Optional.empty(), rules.target(targetId)),
            Optional.empty(),
            new TreeMap<>(tags),
            world.now());
    world.sessions.put(session, world.putAt());
  }

  /** All mirror sessions as they are, the oldest first. */
  public List<SessionView> sessions() {
    return world.sessions.all().stream()
        .map(
            s ->
                new SessionView(
                    s.id(),
                    s.interfaceId(),
                    s.targetId(),
                    s.filterId(),
                    s.number(),
                    s.tags(),
                    s.created()))
        .sorted(Comparator.comparing(SessionView::createdAt).thenComparing(SessionView::sessionId))
        .toList();
  }

  /** All instances that DescribeInstances would show if it did not lag, by id. */
  public List<InstanceView> instanceViews() {
    return new InstanceViews(world).of(instances.ids());
  }

  /** All mirror targets as they are. */
  public List<TargetView> targets() {
    return world.targets.all().stream()
        .map(t -> new TargetView(t.id(), t.interfaceId(), t.loadBalancerArn(), t.tags()))
        .sorted(Comparator.comparing(TargetView::targetId))
        .toList();
  }

  /** Each read lags behind by something between these. */
  public void readLag(Duration shortest, Duration longest) {
    world.lag().set(shortest, longest);
  }

  /** What stands in the way of launches. */
  public Obstacles obstacles() {
    return world.obstacles();
  }

  /** No client token was ever used. */
  public void forgetClientTokens() {
    world.clientTokens().forgetAll();
  }

  /** From now on so many of the pages are empty, and have a token. */
  public void emptyPages(double share) {
    world.emptyPages(share);
  }

  /** Every NextToken that was given out is refused from now on. */
  public void expireTokens() {
    world.tokens().expireAll();
  }

  static void checkNew(String prefix, String id, boolean there) {
    if (!id.startsWith(prefix + "-") || id.length() <= prefix.length() + 1) {
      throw new IllegalArgumentException("'%s' is no id: %s-...".formatted(id, prefix));
    }
    if (there) {
      throw new IllegalArgumentException(id + " is there already");
    }
  }

  static void checkThere(String id, boolean there) {
    if (!there) {
      throw new IllegalArgumentException("there is no " + id);
    }
  }
}
