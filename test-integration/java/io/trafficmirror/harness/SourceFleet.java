package io.trafficmirror.harness;

import io.trafficmirror.embedded.InstanceSeed;
import io.trafficmirror.embedded.SessionView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Running instances that all match {@link #POLICY}, in one VPC and with one interface each. The nth
 * instance of every fleet has the same ids.
 */
public final class SourceFleet {

  /** The filter in the policy. */
  public static final String FILTER = "tmf-0all";

  /** The target in the policy. */
  public static final String TARGET = "tmt-0sensor";

  /** Mirrors all instances in the VPC to a Network Load Balancer. */
  public static final String POLICY =
      """
      vpcs:
      - vpcId: vpc-0fleet
        filterId: tmf-0all
        targetId: tmt-0sensor
      """;

  private static final String VPC = "vpc-0fleet";

  private static final FleetSpec SPEC =
      new FleetSpec(
          List.of(new FleetSpec.Vpc(VPC, "10.0.0.0/8")),
          List.of(),
          List.of(FILTER),
          List.of(TARGET));

  /** Embedded EC2 gives each subnet 4,096 addresses. */
  private static final int INSTANCES_PER_SUBNET = 4_000;

  private final RunningDeployment world;
  private final Set<String> instances = new LinkedHashSet<>();
  private final Map<String, String> byInterface = new LinkedHashMap<>();
  private int subnets;
  private int next;

  private SourceFleet(RunningDeployment world) {
    this.world = world;
  }

  /** Creates a fleet of this size, and the resources that the policy refers to. */
  public static SourceFleet of(RunningDeployment world, int count) {
    SPEC.putInto(world.aws().ec2());
    SourceFleet fleet = new SourceFleet(world);
    fleet.add(count);
    return fleet;
  }

  /** Adds instances without events and returns their ids. */
  public List<String> add(int count) {
    List<String> added = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      added.add(add());
    }
    return added;
  }

  /**
   * Adds an instance without an event and returns its id, the next one that satisfies the
   * condition.
   */
  public String addWhere(Predicate<String> wanted) {
    while (!wanted.test(id(next))) {
      next++;
    }
    return add();
  }

  /** Creates the session of every instance, as if the fleet had been mirrored before. */
  public void mirrorAll() {
    byInterface
        .keySet()
        .forEach(
            source ->
                world
                    .aws()
                    .ec2()
                    .putSession(
                        source.replace("eni-", "tms-"), source, TARGET, FILTER, 100, Map.of()));
  }

  private static String id(int n) {
    return "i-%017x".formatted(n);
  }

  private String add() {
    int n = next++;
    if (instances.size() / INSTANCES_PER_SUBNET >= subnets) {
      world.aws().ec2().putSubnet(subnet(subnets), VPC, "us-east-1a");
      subnets++;
    }
    String id = id(n);
    String primary = "eni-%017x".formatted(n);
    world
        .aws()
        .ec2()
        .putInstance(InstanceSeed.running(id, "m5.large", subnet(subnets - 1), primary));
    instances.add(id);
    byInterface.put(primary, id);
    return id;
  }

  private static String subnet(int n) {
    return "subnet-%017x".formatted(n);
  }

  /** The instances, oldest first. */
  public List<String> instances() {
    return List.copyOf(instances);
  }

  /** The creation time of the first session of each mirrored instance. */
  public Map<String, Instant> mirroredAt() {
    Map<String, Instant> at = new LinkedHashMap<>();
    for (SessionView session : world.aws().ec2().sessions()) {
      String instance = byInterface.get(session.interfaceId());
      if (instance != null) {
        at.putIfAbsent(instance, session.createdAt());
      }
    }
    return at;
  }

  /** The instances whose session has this trigger in its tags: {@code launch}, {@code backfill}. */
  public Set<String> mirroredBy(String trigger) {
    Set<String> instances = new LinkedHashSet<>();
    for (SessionView session : world.aws().ec2().sessions()) {
      if (trigger.equals(session.tags().get("traffic-mirror-pipeline:trigger"))) {
        instances.add(byInterface.getOrDefault(session.interfaceId(), ""));
      }
    }
    return instances;
  }

  /** The instances without a session. */
  public List<String> withoutSession() {
    Set<String> mirrored = mirroredAt().keySet();
    return instances.stream().filter(id -> !mirrored.contains(id)).toList();
  }

  /** The number of sessions in excess of one per instance. */
  public int doubled() {
    return world.aws().ec2().sessions().size() - mirroredAt().size();
  }
}
