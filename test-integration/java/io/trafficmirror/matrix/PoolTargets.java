package io.trafficmirror.matrix;

import io.trafficmirror.embedded.InstanceView;
import io.trafficmirror.embedded.SessionView;
import io.trafficmirror.harness.Foreign;
import io.trafficmirror.harness.RunningDeployment;
import io.trafficmirror.harness.SourceFleet;
import io.trafficmirror.harness.TargetInstances;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The target instances of the deployment, counted by how they are, not by what the product says.
 */
final class PoolTargets {

  /** Everything in the fleet's VPC goes to targets on demand. */
  static final String POLICY =
      """
      vpcs:
      - vpcId: vpc-0fleet
        filterId: tmf-0all
        targetInstanceType: t3.micro
        targetInstanceAmi: ami-0sensor
        targetSecurityGroupIds: [sg-0sensor]
      """;

  /** Where the sessions go then. */
  static final String PLACE =
      "on demand: t3.micro of ami-0sensor with [sg-0sensor] in subnet-00000000000000000";

  /** So many sources has a target that is no Network Load Balancer and not dedicated. */
  private static final int SOURCES_EACH = 10;

  private final RunningDeployment world;
  private final Set<String> announced = new HashSet<>();

  PoolTargets(RunningDeployment world) {
    this.world = world;
  }

  /** EC2 says of every instance that it runs, of targets as well. */
  void announceNewOnes() {
    up().stream()
        .map(InstanceView::instanceId)
        .filter(announced::add)
        .forEach(world::announceLaunch);
  }

  private List<InstanceView> up() {
    return TargetInstances.of(world.aws().ec2()).up();
  }

  /** How many instances of ours have no target, and targets no instance. */
  int halfMade() {
    return TargetInstances.of(world.aws().ec2()).halfMade().size();
  }

  /** How many instances of ours are up. */
  int instances() {
    return up().size();
  }

  /**
   * Instances without a target, targets that have more sources than they may, and those beyond the
   * number that so many sources need.
   */
  int wrong(int sources) {
    Map<String, Integer> load = new HashMap<>();
    for (SessionView session : world.aws().ec2().sessions()) {
      load.merge(session.targetId(), 1, Integer::sum);
    }
    load.remove(SourceFleet.TARGET);
    load.remove(Foreign.TARGET);
    int overloaded = (int) load.values().stream().filter(n -> n > SOURCES_EACH).count();
    return overloaded + halfMade() + Math.max(0, up().size() - Math.ceilDiv(sources, SOURCES_EACH));
  }
}
