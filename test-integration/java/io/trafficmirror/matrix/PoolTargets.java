package io.trafficmirror.matrix;

import io.trafficmirror.embedded.InstanceView;
import io.trafficmirror.embedded.SessionView;
import io.trafficmirror.pressure.PressureWorld;
import io.trafficmirror.pressure.SourceFleet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

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

  /** So many sources has a target that is no Network Load Balancer and not dedicated. */
  private static final int SOURCES_EACH = 10;

  private static final String DEPLOYMENT = "traffic-mirror-pipeline:deployment";

  private final PressureWorld world;
  private final Set<String> announced = new HashSet<>();

  PoolTargets(PressureWorld world) {
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
    return world.aws().ec2().instances().stream()
        .filter(i -> "prod".equals(i.tags().get(DEPLOYMENT)))
        .filter(i -> Set.of("pending", "running").contains(i.state()))
        .toList();
  }

  /** How many instances of ours have no target. */
  int halfMade() {
    return Math.abs(up().size() - standing().size());
  }

  /** How many instances of ours are up. */
  int instances() {
    return up().size();
  }

  /** Targets of ours whose instance is up. */
  Set<String> standing() {
    Set<String> interfaces =
        up().stream()
            .flatMap(i -> i.primaryInterface().stream())
            .map(InstanceView.Interface::interfaceId)
            .collect(Collectors.toSet());
    return world.aws().ec2().targets().stream()
        .filter(target -> target.interfaceId().filter(interfaces::contains).isPresent())
        .map(target -> target.targetId())
        .collect(Collectors.toSet());
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
    load.remove(Bystanders.FOREIGN);
    int overloaded = (int) load.values().stream().filter(n -> n > SOURCES_EACH).count();
    return overloaded + halfMade() + Math.max(0, up().size() - Math.ceilDiv(sources, SOURCES_EACH));
  }
}
