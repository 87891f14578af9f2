package io.trafficmirror.demo;

import io.trafficmirror.demo.Machine.Nic;
import io.trafficmirror.demo.Verdict.Seen;
import io.trafficmirror.embedded.EmbeddedAws;
import io.trafficmirror.embedded.EmbeddedOptions;
import io.trafficmirror.embedded.InstanceSeed;
import io.trafficmirror.embedded.MappingSettings;
import io.trafficmirror.embedded.SessionView;
import io.trafficmirror.embedded.SystemClock;
import io.trafficmirror.harness.AwsEvent;
import io.trafficmirror.harness.Deployment;
import io.trafficmirror.harness.DeploymentOptions;
import io.trafficmirror.harness.FleetSpec;
import io.trafficmirror.harness.RunningDeployment;
import io.trafficmirror.harness.TargetInstances;
import io.trafficmirror.lambda.Settings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The AWS that the demo plays in: the fleet in EC2, what the policy names, rules on the default
 * bus, the stream, and the bucket for what is given up on. It keeps the fleet a second time, as the
 * files and the launches say it is, for the verdict.
 */
final class World implements AutoCloseable {

  /** Sessions that the pipeline made carry this tag; any other one is somebody else's. */
  private static final String MANAGER_TAG = "traffic-mirror-pipeline:deployment";

  /** Holds the subnets that only targets are launched in. */
  private static final String TARGET_VPC = "vpc-0000000000000fa00";

  private final EmbeddedAws aws;
  private final RunningDeployment deployment;
  private final SdkSettings sdk;
  private final HandlerLog log = new HandlerLog();
  private final Map<String, Machine> fleet = new LinkedHashMap<>();
  private final Set<String> targetInterfaces = new HashSet<>();
  private final Map<String, Instant> announcedAt = new LinkedHashMap<>();

  private World(EmbeddedAws aws, String policy, boolean dryRun) {
    this.aws = aws;
    this.sdk = SdkSettings.pointAt(aws.endpoint(), aws.region());
    MappingSettings mapping = MappingSettings.defaults().withFailureBucket(Deployment.FAILURES);
    // In a dry run EC2 does not show what was done before, so one environment has to remember it.
    this.deployment =
        RunningDeployment.overHttp(
            new SystemClock(),
            DeploymentOptions.of(policy)
                .withMapping(dryRun ? mapping.withParallelizationFactor(1) : mapping)
                .withEnvironment(Map.of(Settings.DRY_RUN, Boolean.toString(dryRun))),
            aws);
    deployment.onLine(log::accept);
  }

  /**
   * Starts it.
   *
   * @throws DemoError where embedded EC2 does not take the fleet, or what the policy names
   */
  static World start(Inventory inventory, PolicyFile policy, long seed, boolean dryRun)
      throws DemoError {
    World world =
        new World(
            EmbeddedAws.start(EmbeddedOptions.defaults().withSeed(seed)), policy.text(), dryRun);
    try {
      world.load(inventory);
      world.provide(policy);
    } catch (IllegalArgumentException e) {
      world.close();
      throw new DemoError(
          inventory.name() + " with " + policy.name() + ": embedded EC2 says: " + e.getMessage());
    }
    world.deployment.mapping().start();
    return world;
  }

  private void load(Inventory inventory) {
    aws.ec2().loadInstances(inventory.json());
    inventory.machines().forEach(machine -> fleet.put(machine.id(), machine));
  }

  /** Makes the filters and targets that the policy names, and the sensors of the fleet targets. */
  private void provide(PolicyFile policy) {
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
    Set<String> subnets = missingSubnets(policy.wanted().targetSubnets());
    new FleetSpec(
            policy.text(),
            subnets.isEmpty() ? List.of() : List.of(new FleetSpec.Vpc(TARGET_VPC, "10.250.0.0/16")),
            subnets.stream()
                .map(id -> new FleetSpec.Subnet(id, TARGET_VPC, DemoNetwork.REGION + "a"))
                .toList(),
            List.copyOf(policy.wanted().filters()),
            List.copyOf(named))
        .putInto(aws.ec2());
  }

  /** The subnets among these that no instance is in: only targets are launched there. */
  private Set<String> missingSubnets(Set<String> named) {
    Set<String> missing = new TreeSet<>(named);
    for (Machine machine : fleet.values()) {
      machine.subnet().ifPresent(missing::remove);
      machine.interfaces().forEach(nic -> missing.remove(nic.subnet()));
    }
    return missing;
  }

  EmbeddedAws aws() {
    return aws;
  }

  /** The log of the function. */
  HandlerLog log() {
    return log;
  }

  /** Whether nothing is unread and nothing is being retried. */
  boolean idle() {
    return deployment.mapping().idle();
  }

  /** How many records the event source mapping has discarded. */
  int dropped() {
    return deployment.mapping().dropped();
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
    announcedAt.putIfAbsent(machine.id(), Instant.now());
    deployment.announceLaunch(machine.id());
  }

  /** GuardDuty tells the default bus about the instance. */
  void announceFinding(String instanceId, AwsEvent.Finding kind) {
    if (kind == AwsEvent.Finding.PLAIN) {
      announcedAt.putIfAbsent(instanceId, Instant.now());
    }
    deployment.announceFinding(instanceId, kind);
  }

  /** The pipeline itself. */
  RunningDeployment deployment() {
    return deployment;
  }

  /** The sessions that the pipeline made. */
  List<Seen> managedSessions() {
    TargetInstances targets = launched();
    return aws.ec2().sessions().stream()
        .filter(session -> session.tags().containsKey(MANAGER_TAG))
        .map(
            s ->
                new Seen(s.sessionId(), s.interfaceId(), targets.place(s.targetId()), s.filterId()))
        .toList();
  }

  /** The instances that are up and that nobody but the pipeline can have launched. */
  private TargetInstances launched() {
    return new TargetInstances(
        aws.ec2().instances().stream()
            .filter(instance -> !fleet.containsKey(instance.instanceId()))
            .toList(),
        aws.ec2().targets());
  }

  /** How many instances there are for targets on demand, by pool. */
  Map<String, Integer> targetInstances() {
    return launched().byPlace();
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
    deployment.stop();
    deployment.functions().killAll();
    sdk.close();
    aws.close();
  }
}
