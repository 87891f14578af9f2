package io.trafficmirror.demo;

import io.trafficmirror.demo.Machine.Nic;
import io.trafficmirror.demo.Verdict.Seen;
import io.trafficmirror.embedded.EmbeddedAws;
import io.trafficmirror.embedded.EmbeddedOptions;
import io.trafficmirror.embedded.InstanceSeed;
import io.trafficmirror.embedded.InstanceView;
import io.trafficmirror.embedded.SessionView;
import io.trafficmirror.embedded.TargetView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The AWS that the demo plays in: the fleet in EC2, what the policy names, rules on the default
 * bus, the stream, and the bucket for what is given up on. It keeps the fleet a second time, as the
 * files and the launches say it is, for the verdict.
 */
final class World implements AutoCloseable {

  /** The Kinesis stream between the rules and the function. */
  static final String STREAM = "traffic-mirror-pipeline";

  /** The bucket that holds what was rejected or left to the next look. */
  static final String BUCKET = "traffic-mirror-pipeline-failures";

  /** Sessions that the pipeline made carry this tag; any other one is somebody else's. */
  private static final String MANAGER_TAG = "traffic-mirror-pipeline:deployment";

  /** Holds the subnets that only targets are launched in. */
  private static final String TARGET_VPC = "vpc-0000000000000fa00";

  private static final String LOAD_BALANCER =
      "arn:aws:elasticloadbalancing:us-east-1:"
          + DemoNetwork.ACCOUNT
          + ":loadbalancer/net/sensors/";

  private final EmbeddedAws aws;
  private final Map<String, Machine> fleet = new LinkedHashMap<>();
  private final Set<String> targetInterfaces = new HashSet<>();
  private final Map<String, Instant> announcedAt = new LinkedHashMap<>();

  private World(EmbeddedAws aws) {
    this.aws = aws;
  }

  /**
   * Starts it.
   *
   * @throws DemoError where embedded EC2 does not take the fleet, or what the policy names
   */
  static World start(Inventory inventory, PolicyFile policy, long seed) throws DemoError {
    World world = new World(EmbeddedAws.start(EmbeddedOptions.defaults().withSeed(seed)));
    try {
      world.load(inventory);
      world.provide(policy);
    } catch (IllegalArgumentException e) {
      world.close();
      throw new DemoError(
          inventory.name() + " with " + policy.name() + ": embedded EC2 says: " + e.getMessage());
    }
    world.connect();
    return world;
  }

  private void load(Inventory inventory) {
    aws.ec2().loadInstances(inventory.json());
    inventory.machines().forEach(machine -> fleet.put(machine.id(), machine));
  }

  /** Makes the filters and targets that the policy names, and the sensors of the fleet targets. */
  private void provide(PolicyFile policy) {
    policy.wanted().filters().forEach(aws.ec2()::putFilter);
    Set<String> named = new HashSet<>(policy.wanted().targets());
    for (Machine machine : fleet.values()) {
      Optional<String> target = machine.sensorTarget();
      if (target.isPresent()) {
        String id = target.get();
        // A policy from elsewhere may name the id for an entry that is too large for an interface.
        boolean asNamed = policy.isShipped() || !named.contains(id);
        String source = machine.primary().map(Nic::id).orElseThrow();
        aws.ec2().putInterfaceTarget(asNamed ? id : id + "-sensor", source);
        targetInterfaces.add(source);
        if (asNamed) {
          named.remove(id);
        }
      }
    }
    named.forEach(id -> aws.ec2().putNetworkLoadBalancerTarget(id, LOAD_BALANCER + id));
    provideSubnets(policy.wanted().targetSubnets());
  }

  /** The subnets that targets are launched in; the fleet may have no instance there. */
  private void provideSubnets(Set<String> named) {
    Set<String> missing = new TreeSet<>(named);
    for (Machine machine : fleet.values()) {
      machine.subnet().ifPresent(missing::remove);
      machine.interfaces().forEach(nic -> missing.remove(nic.subnet()));
    }
    if (!missing.isEmpty()) {
      aws.ec2().putVpc(TARGET_VPC, "10.250.0.0/16");
      missing.forEach(id -> aws.ec2().putSubnet(id, TARGET_VPC, DemoNetwork.REGION + "a"));
    }
  }

  private void connect() {
    aws.kinesis().createStream(STREAM, 1);
    aws.s3().createBucket(BUCKET);
    String arn = aws.kinesis().streamArn(STREAM);
    aws.eventBridge()
        .putRule("launches", Events.LAUNCH_PATTERN, arn, Optional.of(Events.LAUNCH_KEY));
    aws.eventBridge()
        .putRule("findings", Events.FINDING_PATTERN, arn, Optional.of(Events.FINDING_KEY));
  }

  EmbeddedAws aws() {
    return aws;
  }

  /** Every instance that there is or was. */
  Collection<Machine> fleet() {
    return fleet.values();
  }

  /** The interfaces that are mirror targets. */
  Set<String> targetInterfaces() {
    return targetInterfaces;
  }

  /** An instance is there, and nobody has been told yet. */
  void add(Machine machine) {
    List<InstanceSeed.Interface> interfaces =
        machine.interfaces().stream()
            .map(
                nic ->
                    new InstanceSeed.Interface(
                        nic.id(), nic.deviceIndex(), nic.card(), nic.subnet(), nic.kind()))
            .toList();
    aws.ec2()
        .putInstance(
            new InstanceSeed(
                machine.id(),
                machine.type(),
                machine.state(),
                machine.subnet().orElseThrow(),
                machine.tags(),
                interfaces));
    fleet.put(machine.id(), machine);
  }

  /** An instance goes to another state, and nobody is told. */
  void setState(Machine machine, String state) {
    aws.ec2().setState(machine.id(), state);
    fleet.put(machine.id(), machine.withState(state));
  }

  /** EC2 tells the default bus that the instance runs. */
  void announceLaunch(Machine machine) {
    Instant now = Instant.now();
    announcedAt.putIfAbsent(machine.id(), now);
    aws.eventBridge().putAwsEvent(Events.stateChange(machine.id(), "running", now));
  }

  /** GuardDuty tells the default bus about the instance. */
  void announceFinding(String instanceId, Events.Finding kind) {
    Instant now = Instant.now();
    if (kind == Events.Finding.PLAIN) {
      announcedAt.putIfAbsent(instanceId, now);
    }
    aws.eventBridge().putAwsEvent(Events.finding(instanceId, kind, now));
  }

  /** Somebody puts a record straight onto the stream. */
  void put(String partitionKey, byte[] data) {
    aws.kinesis().put(STREAM, partitionKey, data);
  }

  /** The sessions that the pipeline made. */
  List<Seen> managedSessions() {
    Map<String, String> places = placesOfLaunched();
    return aws.ec2().sessions().stream()
        .filter(session -> session.tags().containsKey(MANAGER_TAG))
        .map(
            s ->
                new Seen(
                    s.sessionId(),
                    s.interfaceId(),
                    places.getOrDefault(s.targetId(), s.targetId()),
                    s.filterId()))
        .toList();
  }

  /** What stands in place of the id of a target that was made on demand, by that id. */
  private Map<String, String> placesOfLaunched() {
    Map<String, String> byInterface = new HashMap<>();
    launched()
        .forEach(
            instance ->
                instance
                    .primaryInterface()
                    .ifPresent(
                        nic ->
                            byInterface.put(nic.interfaceId(), TargetPool.of(instance).place())));
    Map<String, String> places = new HashMap<>();
    for (TargetView target : aws.ec2().targets()) {
      target
          .interfaceId()
          .map(byInterface::get)
          .ifPresent(place -> places.put(target.targetId(), place));
    }
    return places;
  }

  /** The instances that are up and that nobody but the pipeline can have launched. */
  private List<InstanceView> launched() {
    return aws.ec2().instances().stream()
        .filter(instance -> !fleet.containsKey(instance.instanceId()))
        .filter(instance -> Set.of("pending", "running").contains(instance.state()))
        .toList();
  }

  /** How many instances there are for targets on demand, by pool. */
  Map<String, Integer> targetInstances() {
    Map<String, Integer> counts = new TreeMap<>();
    launched().forEach(each -> counts.merge(TargetPool.of(each).place(), 1, Integer::sum));
    return counts;
  }

  /** How many sessions there are, whoever made them. */
  int sessionCount() {
    return aws.ec2().sessions().size();
  }

  /** How often EC2 was called, by action, whatever came of it. */
  Map<String, Integer> ec2Calls() {
    return aws.calls().byAction("ec2");
  }

  /** How many of the calls that make a session made none. */
  int createsRefused() {
    Map<String, Integer> results =
        aws.calls().byActionAndResult("ec2").getOrDefault(PhaseCalls.CREATE, Map.of());
    return results.entrySet().stream()
        .filter(result -> !result.getKey().equals("ok"))
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  /** What was asked of embedded AWS that it does not have. */
  List<String> refusedAsUnsupported() {
    return aws.calls().refusedAsUnsupported();
  }

  /** From each event about an instance that had no session to the session, in milliseconds. */
  List<Long> eventToSession() {
    Map<String, Instant> announcedBySource = new LinkedHashMap<>();
    announcedAt.forEach(
        (id, at) -> {
          Machine machine = fleet.get(id);
          if (machine != null) {
            machine.primary().ifPresent(nic -> announcedBySource.put(nic.id(), at));
          }
        });
    List<Long> millis = new ArrayList<>();
    for (SessionView session : aws.ec2().sessions()) {
      Instant announced = announcedBySource.get(session.interfaceId());
      // A session that is older than the first event about it was not made for that event.
      if (announced != null && !session.createdAt().isBefore(announced)) {
        millis.add(session.createdAt().toEpochMilli() - announced.toEpochMilli());
      }
    }
    return millis;
  }

  @Override
  public void close() {
    aws.close();
  }
}
