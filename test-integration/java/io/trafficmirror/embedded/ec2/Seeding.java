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

/** Creates and reads resources without API calls. Invalid input is rejected. */
public final class Seeding {

  private final World world;
  private final InstanceSeeding instances;

  Seeding(World world) {
    this.world = world;
    this.instances = new InstanceSeeding(world);
  }

  /** The operations on instances. */
  public InstanceSeeding instances() {
    return instances;
  }

  /** Creates a VPC. */
  public void putVpc(String vpcId, String cidr) {
    checkNew("vpc", vpcId, world.vpcs.now(vpcId).isPresent());
    String text =
        Cidr.parse(cidr)
            .orElseThrow(
                () -> new IllegalArgumentException(vpcId + ": not an IPv4 CIDR block: " + cidr))
            .toString();
    world.vpcs.put(new Vpc(vpcId, text, new TreeMap<>()), world.seedTime());
  }

  /** Creates a subnet of an existing VPC. */
  public void putSubnet(String subnetId, String vpcId, String zone) {
    checkNew("subnet", subnetId, world.subnets.now(subnetId).isPresent());
    checkExists(vpcId, world.vpcs.now(vpcId).isPresent());
    Subnet subnet = new Subnet(subnetId, vpcId, zone, world.nextBlock(), new TreeMap<>());
    world.subnets.put(subnet, world.seedTime());
  }

  /** Creates a mirror filter without rules. */
  public void putFilter(String filterId) {
    checkNew("tmf", filterId, world.filters.now(filterId).isPresent());
    world.filters.put(
        new MirrorFilter(filterId, Optional.empty(), List.of(), new TreeMap<>()), world.seedTime());
  }

  /** Creates a mirror target for a Network Load Balancer. */
  public void putLoadBalancerTarget(String targetId, String arn) {
    putTarget(targetId, Optional.empty(), Optional.of(arn), Map.of());
  }

  /** Creates a subnet of an existing VPC with a CIDR block, which may overlap others. */
  public void putSubnet(String subnetId, String vpcId, String zone, String cidr) {
    checkNew("subnet", subnetId, world.subnets.now(subnetId).isPresent());
    checkExists(vpcId, world.vpcs.now(vpcId).isPresent());
    Cidr block =
        Cidr.parse(cidr)
            .orElseThrow(
                () -> new IllegalArgumentException(subnetId + ": not an IPv4 CIDR block: " + cidr));
    world.subnets.put(new Subnet(subnetId, vpcId, zone, block, new TreeMap<>()), world.seedTime());
  }

  /** Creates a mirror target for an existing interface. */
  public void putInterfaceTarget(String targetId, String interfaceId, Map<String, String> tags) {
    checkExists(interfaceId, world.interfaces.now(interfaceId).isPresent());
    if (!world.sessionsByInterface.find(interfaceId, world.current()).isEmpty()) {
      throw new IllegalArgumentException(
          interfaceId + " is a mirror source and cannot be a target");
    }
    putTarget(targetId, Optional.of(interfaceId), Optional.empty(), tags);
  }

  private void putTarget(
      String id, Optional<String> interfaceId, Optional<String> arn, Map<String, String> tags) {
    checkNew("tmt", id, world.targets.now(id).isPresent());
    String resource = interfaceId.or(() -> arn).orElseThrow();
    if (!world.targetsByResource.find(resource, world.current()).isEmpty()) {
      throw new IllegalArgumentException(resource + " is already a mirror target");
    }
    world.targets.put(
        new MirrorTarget(id, interfaceId, arn, Optional.empty(), new TreeMap<>(tags)),
        world.seedTime());
  }

  /** Creates a mirror session between existing resources. */
  public void putSession(
      String sessionId,
      String interfaceId,
      String targetId,
      String filterId,
      int number,
      Map<String, String> tags) {
    checkNew("tms", sessionId, world.sessions.now(sessionId).isPresent());
    checkExists(interfaceId, world.interfaces.now(interfaceId).isPresent());
    checkExists(targetId, world.targets.now(targetId).isPresent());
    checkExists(filterId, world.filters.now(filterId).isPresent());
    boolean taken =
        world.sessionsByInterface.find(interfaceId, world.current()).stream()
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
    world.sessions.put(session, world.seedTime());
  }

  /** All current mirror sessions, the oldest first. */
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

  /** All instances that DescribeInstances would show without a lag, by id. */
  public List<InstanceView> instanceViews() {
    return new InstanceViews(world).of(instances.ids());
  }

  /** All current mirror targets. */
  public List<TargetView> targets() {
    return world.targets.all().stream()
        .map(t -> new TargetView(t.id(), t.interfaceId(), t.loadBalancerArn(), t.tags()))
        .sorted(Comparator.comparing(TargetView::targetId))
        .toList();
  }

  /** Sets the bounds of the read lag. */
  public void readLag(Duration shortest, Duration longest) {
    world.lag().set(shortest, longest);
  }

  /** The conditions under which launches fail. */
  public LaunchConstraints launchConstraints() {
    return world.launchConstraints();
  }

  /** Forgets all client tokens. */
  public void forgetClientTokens() {
    world.clientTokens().forgetAll();
  }

  /** Makes this share of pages empty, with a token. */
  public void emptyPages(double share) {
    world.emptyPages(share);
  }

  /** Expires every NextToken issued so far. */
  public void expireTokens() {
    world.tokens().expireAll();
  }

  static void checkNew(String prefix, String id, boolean exists) {
    if (!id.startsWith(prefix + "-") || id.length() <= prefix.length() + 1) {
      throw new IllegalArgumentException(
          "'%s' is not an id of the form %s-...".formatted(id, prefix));
    }
    if (exists) {
      throw new IllegalArgumentException(id + " already exists");
    }
  }

  static void checkExists(String id, boolean exists) {
    if (!exists) {
      throw new IllegalArgumentException(id + " does not exist");
    }
  }
}
