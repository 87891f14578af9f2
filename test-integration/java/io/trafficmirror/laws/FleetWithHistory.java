package io.trafficmirror.laws;

import io.trafficmirror.embedded.Ec2Options;
import io.trafficmirror.embedded.EmbeddedEc2;
import io.trafficmirror.embedded.InstanceView;
import io.trafficmirror.embedded.LambdaFunction;
import io.trafficmirror.embedded.MappingSettings;
import io.trafficmirror.embedded.SessionView;
import io.trafficmirror.embedded.TargetView;
import io.trafficmirror.harness.Fleet;
import io.trafficmirror.harness.SessionCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import software.amazon.awssdk.services.ec2.Ec2Client;

/**
 * A fleet with a history: some instances were mirrored two hours ago, some five minutes ago, many
 * never. Since then instances have stopped, sessions and targets were deleted manually, target
 * instances have stopped or terminated, and other tools have created sessions. The same seed gives
 * the same fleet.
 */
final class FleetWithHistory {

  private static final String TO_A_FIXED_TARGET =
      """
      tags:
      - tagList:
        - Key: fixed
          Value: target
        filterId: tmf-3
        targetId: tmt-fixed
      """;

  private static final String POLICY = PoolSource.POLICY.replaceFirst("tags:\n", TO_A_FIXED_TARGET);

  final World world;
  final EmbeddedEc2 ec2;
  private final Random random;
  private final Fleet<PoolSource> fleet;
  private final Ec2Client operator;
  private LambdaFunction function;
  private int foreignSessions;

  FleetWithHistory(long seed) {
    random = new Random(seed);
    world = new World(seed, Ec2Options.defaults(), MappingSettings.defaults(), 1, POLICY);
    world.variables().put("MIRROR_LAUNCHES_PER_INVOCATION", "" + (1 + random.nextInt(3)));
    world.variables().put("MIRROR_SWEEP_LIMIT", "" + (1 + random.nextInt(10)));
    ec2 = world.aws.ec2();
    operator = world.ec2Client();
    fleet = PoolSource.none(ec2);
    ec2.putNetworkLoadBalancerTargets(List.of("tmt-fixed"));
    function = world.environment();
    world.connect(
        MappingSettings.defaults(), (event, id, timeout) -> function.invoke(event, id, timeout));
    mirrorFirstFleet();
    world.time.sleep(Duration.ofHours(2));
    mirrorSecondFleet();
    world.time.sleep(Duration.ofMinutes(5));
    addUnmirroredInstances();
  }

  private void mirrorFirstFleet() {
    mirror(addInstances(10 + random.nextInt(50)));
    for (Fleet.Member<PoolSource> member : fleet.members()) {
      if (random.nextInt(3) == 0) {
        retire(member);
      }
    }
    if (random.nextBoolean()) {
      PoolSource kind = any(List.of(PoolSource.values()));
      fleet.members().stream().filter(member -> member.kind() == kind).forEach(this::retire);
    }
    for (TargetView target : ec2.targets()) {
      if (SessionCheck.isManaged(target.tags()) && isUnused(target) && random.nextInt(3) == 0) {
        leaveIncomplete(target);
      }
    }
  }

  private void mirrorSecondFleet() {
    List<TargetView> old = ec2.targets();
    mirror(addInstances(5 + random.nextInt(30)));
    for (TargetView target : ec2.targets()) {
      if (!old.contains(target) && random.nextBoolean()) {
        leaveIncomplete(target);
      }
    }
    endTargetInstances();
    for (SessionView session : managedSessions()) {
      if (random.nextInt(20) == 0) {
        operator.modifyTrafficMirrorSession(
            to ->
                to.trafficMirrorSessionId(session.sessionId())
                    .trafficMirrorFilterId("tmf-foreign"));
      }
    }
  }

  /** Adds instances that no run has processed yet. */
  private void addUnmirroredInstances() {
    for (Fleet.Member<PoolSource> member : addInstances(10 + random.nextInt(60))) {
      switch (random.nextInt(12)) {
        case 0 -> ec2.setState(member.instance(), "stopped");
        case 1 -> ec2.setState(member.instance(), "terminated");
        case 2 -> ec2.setState(member.instance(), "pending");
        case 3 -> ec2.setTag(member.instance(), "fixed", "target");
        case 4 -> foreignSession(member, member.kind().number);
        case 5 -> List.of(1, 2, 3).forEach(number -> foreignSession(member, number));
        default -> {
          // A running instance without a session.
        }
      }
    }
  }

  /** Adds instances of one to four kinds. */
  private List<Fleet.Member<PoolSource>> addInstances(int count) {
    List<PoolSource> some = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(4); i++) {
      some.add(any(List.of(PoolSource.values())));
    }
    List<Fleet.Member<PoolSource>> added = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      added.add(fleet.add(any(some), random.nextInt(8) != 0));
    }
    return added;
  }

  private void mirror(List<Fleet.Member<PoolSource>> members) {
    members.forEach(member -> world.launch(member.instance()));
    world.runUntilIdle();
  }

  private void retire(Fleet.Member<PoolSource> member) {
    ec2.setState(member.instance(), "stopped");
    deleteSessions(session -> session.interfaceId().equals(member.primary()));
  }

  private void deleteSessions(Predicate<SessionView> which) {
    for (SessionView session : managedSessions()) {
      if (which.test(session)) {
        operator.deleteTrafficMirrorSession(
            gone -> gone.trafficMirrorSessionId(session.sessionId()));
      }
    }
  }

  /**
   * Deletes the target but keeps its instance, as if the consumer had been killed before it created
   * the target.
   */
  private void leaveIncomplete(TargetView target) {
    deleteSessions(session -> session.targetId().equals(target.targetId()));
    operator.deleteTrafficMirrorTarget(gone -> gone.trafficMirrorTargetId(target.targetId()));
  }

  private boolean isUnused(TargetView target) {
    return ec2.sessions().stream()
        .noneMatch(session -> session.targetId().equals(target.targetId()));
  }

  private void endTargetInstances() {
    for (InstanceView instance : ec2.instances()) {
      if (SessionCheck.isManaged(instance.tags()) && instance.state().equals("running")) {
        switch (random.nextInt(10)) {
          case 0 -> ec2.setState(instance.instanceId(), "stopped");
          case 1 -> ec2.setState(instance.instanceId(), "terminated");
          default -> {
            // Stays in service.
          }
        }
      }
    }
  }

  private void foreignSession(Fleet.Member<PoolSource> member, int number) {
    foreignSessions++;
    ec2.putSession(
        "tms-foreign-" + foreignSessions,
        member.primary(),
        "tmt-foreign",
        "tmf-foreign",
        number,
        Map.of());
  }

  private List<SessionView> managedSessions() {
    return ec2.sessions().stream()
        .filter(session -> SessionCheck.isManaged(session.tags()))
        .toList();
  }

  private <T> T any(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** Completes a backfill run in a new environment. */
  RunChanges run(boolean dryRun) {
    world.variables().put("MIRROR_DRY_RUN", Boolean.toString(dryRun));
    function = world.environment();
    world.aws.calls().reset();
    Snapshot before = snapshot();
    int linesBefore = world.lines().size();
    world.backfill("run", 5 + random.nextInt(60));
    world.runUntilIdle();
    List<String> lines = List.copyOf(world.lines().subList(linesBefore, world.lines().size()));
    return dryRun
        ? RunChanges.announced(before, lines)
        : RunChanges.made(before, snapshot(), lines);
  }

  Snapshot snapshot() {
    return new Snapshot(ec2.instances(), ec2.targets(), ec2.sessions());
  }

  /** The contents of EC2. */
  record Snapshot(
      List<InstanceView> instances, List<TargetView> targets, List<SessionView> sessions) {

    Map<String, InstanceView> instancesById(Predicate<InstanceView> which) {
      Map<String, InstanceView> byId = new HashMap<>();
      instances.stream().filter(which).forEach(each -> byId.put(each.instanceId(), each));
      return byId;
    }
  }
}
