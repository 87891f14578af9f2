package io.trafficmirror.demo;

import io.trafficmirror.demo.Machine.Nic;
import io.trafficmirror.demo.Verdict.ActualSession;
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
 * The embedded AWS of the demo: the fleet, the resources that the policy refers to, the EventBridge
 * rules, the stream and the failure bucket. Keeps its own copy of the fleet for the verdict.
 */
final class World implements AutoCloseable {

  /** The tag of sessions that the pipeline created. */
  private static final String MANAGER_TAG = "traffic-mirror-pipeline:deployment";

  /** The VPC of subnets in which only targets are launched. */
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
    // A dry run keeps its writes in memory, so that all batches must use the same environment.
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
   * Starts embedded AWS and the pipeline.
   *
   * @throws DemoError if embedded EC2 rejects the fleet or a resource of the policy
   */
  static World start(Inventory inventory, PolicyFile policy, long seed, boolean dryRun)
      throws DemoError {
    World world =
        new World(
            EmbeddedAws.start(EmbeddedOptions.defaults().withSeed(seed)), policy.text(), dryRun);
    try {
      world.load(inventory);
      world.createResources(policy);
    } catch (IllegalArgumentException e) {
      world.close();
      throw new DemoError(
          inventory.name()
              + " with "
              + policy.name()
              + ": rejected by embedded EC2: "
              + e.getMessage());
    }
    world.deployment.mapping().start();
    return world;
  }

  private void load(Inventory inventory) {
    aws.ec2().loadInstances(inventory.json());
    inventory.machines().forEach(machine -> fleet.put(machine.id(), machine));
  }

  /**
   * Creates the filters and targets that the policy refers to, and the mirror targets on the
   * sensors of the fleet.
   */
  private void createResources(PolicyFile policy) {
    Set<String> named = new HashSet<>(policy.wanted().targets());
    for (Machine machine : fleet.values()) {
      Optional<String> target = machine.sensorTarget();
      if (target.isPresent()) {
        String id = target.get();
        // A custom policy may use the id in an entry with more sources than an interface takes.
        boolean keepId = policy.isShipped() || !named.contains(id);
        String source = machine.primary().map(Nic::id).orElseThrow();
        aws.ec2().putInterfaceTarget(keepId ? id : id + "-sensor", source);
        targetInterfaces.add(source);
        if (keepId) {
          named.remove(id);
        }
      }
    }
    Set<String> subnets = missingSubnets(policy.wanted().targetSubnets());
    new FleetSpec(
            subnets.isEmpty() ? List.of() : List.of(new FleetSpec.Vpc(TARGET_VPC, "10.250.0.0/16")),
            subnets.stream()
                .map(id -> new FleetSpec.Subnet(id, TARGET_VPC, DemoNetwork.REGION + "a"))
                .toList(),
            List.copyOf(policy.wanted().filters()),
            List.copyOf(named))
        .putInto(aws.ec2());
  }

  /** The given subnets that contain no instance of the fleet. */
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

  /** Whether no record is unread, in progress or awaiting a retry. */
  boolean idle() {
    return deployment.mapping().idle();
  }

  /** The number of records that the event source mapping discarded. */
  int dropped() {
    return deployment.mapping().dropped();
  }

  /** All current and past instances of the fleet. */
  Collection<Machine> fleet() {
    return fleet.values();
  }

  /** The interfaces of mirror targets. */
  Set<String> targetInterfaces() {
    return targetInterfaces;
  }

  /** Adds an instance without an event. */
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

  /** Changes the state of an instance without an event. */
  void setState(Machine machine, String state) {
    aws.ec2().setState(machine.id(), state);
    fleet.put(machine.id(), machine.withState(state));
  }

  /** Publishes the event that the instance is running. */
  void announceLaunch(Machine machine) {
    announcedAt.putIfAbsent(machine.id(), Instant.now());
    deployment.announceLaunch(machine.id());
  }

  /** Publishes a finding about the instance. */
  void announceFinding(String instanceId, AwsEvent.Finding kind) {
    if (kind == AwsEvent.Finding.PLAIN) {
      announcedAt.putIfAbsent(instanceId, Instant.now());
    }
    deployment.announceFinding(instanceId, kind);
  }

  /** The deployment of the pipeline. */
  RunningDeployment deployment() {
    return deployment;
  }

  /** The sessions that the pipeline created. */
  List<ActualSession> managedSessions() {
    TargetInstances targets = launched();
    return aws.ec2().sessions().stream()
        .filter(session -> session.tags().containsKey(MANAGER_TAG))
        .map(
            s ->
                new ActualSession(
                    s.sessionId(), s.interfaceId(), targets.place(s.targetId()), s.filterId()))
        .toList();
  }

  /**
   * The pending and running instances that are not part of the fleet, which only the pipeline can
   * have launched.
   */
  private TargetInstances launched() {
    return new TargetInstances(
        aws.ec2().instances().stream()
            .filter(instance -> !fleet.containsKey(instance.instanceId()))
            .toList(),
        aws.ec2().targets());
  }

  /** The number of instances for targets on demand, by pool. */
  Map<String, Integer> targetInstances() {
    return launched().byPlace();
  }

  /** The number of all sessions, including foreign ones. */
  int sessionCount() {
    return aws.ec2().sessions().size();
  }

  /** The number of EC2 calls by action, including failed ones. */
  Map<String, Integer> ec2Calls() {
    return aws.calls().byAction("ec2");
  }

  /** The number of failed calls to create a session. */
  int createsRefused() {
    Map<String, Integer> results =
        aws.calls().byActionAndResult("ec2").getOrDefault(PhaseCalls.CREATE, Map.of());
    return results.entrySet().stream()
        .filter(result -> !result.getKey().equals("ok"))
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  /** The calls that embedded AWS does not support. */
  List<String> refusedAsUnsupported() {
    return aws.calls().refusedAsUnsupported();
  }

  /**
   * The times from the first event about an instance to the creation of its session, in
   * milliseconds.
   */
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
      // An older session was not created because of the event.
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
