package io.trafficmirror.matrix;

import io.trafficmirror.embedded.InstanceView;
import io.trafficmirror.embedded.SessionView;
import io.trafficmirror.harness.ForeignSessions;
import io.trafficmirror.harness.RunningDeployment;
import io.trafficmirror.harness.SourceFleet;
import io.trafficmirror.harness.TargetInstances;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The target instances of the deployment, counted in EC2 without the product's code. */
final class PoolTargets {

  /** Mirrors everything in the fleet's VPC to targets on demand. */
  static final String POLICY =
      """
      vpcs:
      - vpcId: vpc-0fleet
        filterId: tmf-0all
        targetInstanceType: t3.micro
        targetInstanceAmi: ami-0sensor
        targetSecurityGroupIds: [sg-0sensor]
      """;

  /** The expected target of these sessions. */
  static final String PLACE =
      "on demand: t3.micro of ami-0sensor with [sg-0sensor] in subnet-00000000000000000";

  /**
   * The source quota of a target that is an interface of a non-dedicated instance (Traffic
   * Mirroring quotas).
   */
  private static final int SOURCES_PER_TARGET = 10;

  private final RunningDeployment world;
  private final Set<String> announced = new HashSet<>();

  PoolTargets(RunningDeployment world) {
    this.world = world;
  }

  /** Announces new target instances, because EC2 sends launch events for these too. */
  void announceNewOnes() {
    up().stream()
        .map(InstanceView::instanceId)
        .filter(announced::add)
        .forEach(world::announceLaunch);
  }

  private List<InstanceView> up() {
    return TargetInstances.of(world.aws().ec2()).up();
  }

  /** Number of managed instances without a target, and targets without an instance. */
  int incompleteTargets() {
    return TargetInstances.of(world.aws().ec2()).incomplete().size();
  }

  /** Number of target instances in service. */
  int instances() {
    return up().size();
  }

  /**
   * Number of incomplete targets, targets with more sources than the quota, and target instances
   * beyond the number that the sources need.
   */
  int wrong(int sources) {
    Map<String, Integer> load = new HashMap<>();
    for (SessionView session : world.aws().ec2().sessions()) {
      load.merge(session.targetId(), 1, Integer::sum);
    }
    load.remove(SourceFleet.TARGET);
    load.remove(ForeignSessions.TARGET);
    int overloaded = (int) load.values().stream().filter(n -> n > SOURCES_PER_TARGET).count();
    return overloaded
        + incompleteTargets()
        + Math.max(0, up().size() - Math.ceilDiv(sources, SOURCES_PER_TARGET));
  }
}
