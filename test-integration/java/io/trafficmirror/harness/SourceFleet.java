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
 * Instances that all match {@link #POLICY}: running, in one VPC, with one interface each. Number n
 * of any fleet has the same ids.
 */
public final class SourceFleet {

  /** The filter that the policy names. */
  public static final String FILTER = "tmf-0all";

  /** The target that the policy names. */
  public static final String TARGET = "tmt-0sensor";

  /** Mirrors everything in the VPC to a load balancer. */
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
          POLICY,
          List.of(new FleetSpec.Vpc(VPC, "10.0.0.0/8")),
          List.of(),
          List.of(FILTER),
          List.of(TARGET));

  /** Embedded EC2 has 4,096 addresses a subnet. */
  private static final int A_SUBNET_HOLDS = 4_000;

  private final RunningDeployment world;
  private final Set<String> instances = new LinkedHashSet<>();
  private final Map<String, String> byInterface = new LinkedHashMap<>();
  private int subnets;
  private int next;

  private SourceFleet(RunningDeployment world) {
    this.world = world;
  }

  /** So many instances, and what the policy names. */
  public static SourceFleet of(RunningDeployment world, int count) {
    SPEC.putInto(world.aws().ec2());
    SourceFleet fleet = new SourceFleet(world);
    fleet.add(count);
    return fleet;
  }

  /** More instances; answers their ids. Nobody is told. */
  public List<String> add(int count) {
    List<String> added = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      added.add(add());
    }
    return added;
  }

  /** One more instance, the next one whose id is as wanted; answers it. Nobody is told. */
  public String addWhere(Predicate<String> wanted) {
    while (!wanted.test(id(next))) {
      next++;
    }
    return add();
  }

  /** Gives every instance the session that the policy asks for, as if it had always been there. */
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
    if (instances.size() / A_SUBNET_HOLDS >= subnets) {
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

  /** Its instances, the oldest first. */
  public List<String> instances() {
    return List.copyOf(instances);
  }

  /** When each instance was mirrored first; those without a session are not in it. */
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

  /** Those whose session says that this triggered it: {@code launch}, {@code backfill}. */
  public Set<String> mirroredFor(String trigger) {
    Set<String> instances = new LinkedHashSet<>();
    for (SessionView session : world.aws().ec2().sessions()) {
      if (trigger.equals(session.tags().get("traffic-mirror-pipeline:trigger"))) {
        instances.add(byInterface.getOrDefault(session.interfaceId(), ""));
      }
    }
    return instances;
  }

  /** Those that have no session. */
  public List<String> withoutSession() {
    Set<String> mirrored = mirroredAt().keySet();
    return instances.stream().filter(id -> !mirrored.contains(id)).toList();
  }

  /** Sessions beyond one an instance. */
  public int doubled() {
    return world.aws().ec2().sessions().size() - mirroredAt().size();
  }
}
