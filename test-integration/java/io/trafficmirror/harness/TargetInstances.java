package io.trafficmirror.harness;

import io.trafficmirror.embedded.EmbeddedEc2;
import io.trafficmirror.embedded.InstanceView;
import io.trafficmirror.embedded.TargetView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The pending and running instances launched by the deployment, and their mirror targets. */
public final class TargetInstances {

  private final List<InstanceView> up;
  private final Map<String, InstanceView> byTarget = new HashMap<>();
  private final List<TargetView> managedTargets;

  /**
   * Selects the pending and running ones.
   *
   * @param launched the instances launched by the deployment, in any state
   * @param targets all mirror targets
   */
  public TargetInstances(Collection<InstanceView> launched, Collection<TargetView> targets) {
    up =
        launched.stream()
            .filter(instance -> Set.of("pending", "running").contains(instance.state()))
            .toList();
    Map<String, InstanceView> byInterface = new HashMap<>();
    up.forEach(i -> i.primaryInterface().ifPresent(eni -> byInterface.put(eni.interfaceId(), i)));
    managedTargets =
        targets.stream().filter(target -> SessionCheck.isManaged(target.tags())).toList();
    for (TargetView target : targets) {
      target
          .interfaceId()
          .map(byInterface::get)
          .ifPresent(instance -> byTarget.put(target.targetId(), instance));
    }
  }

  /** The instances with the tag of the deployment. */
  public static TargetInstances of(EmbeddedEc2 ec2) {
    return new TargetInstances(
        ec2.instances().stream()
            .filter(instance -> SessionCheck.isManaged(instance.tags()))
            .toList(),
        ec2.targets());
  }

  /** The pending and running instances. */
  public List<InstanceView> up() {
    return up;
  }

  /** The number of instances per pool, by what was launched and not by tags. */
  public Map<String, Integer> byPlace() {
    Map<String, Integer> counts = new TreeMap<>();
    up.forEach(instance -> counts.merge(TargetPool.of(instance).place(), 1, Integer::sum));
    return counts;
  }

  /** The place of a target on one of these instances; the id of any other target. */
  public String place(String targetId) {
    InstanceView instance = byTarget.get(targetId);
    return instance == null ? targetId : TargetPool.of(instance).place();
  }

  /** Instances without a target, and targets of the deployment without an instance. */
  public List<String> incomplete() {
    List<String> incomplete = new ArrayList<>();
    Set<InstanceView> withTarget = new HashSet<>();
    managedTargets.stream().map(TargetView::targetId).map(byTarget::get).forEach(withTarget::add);
    up.stream()
        .filter(instance -> !withTarget.contains(instance))
        .forEach(instance -> incomplete.add(instance + " has no target"));
    managedTargets.stream()
        .filter(target -> !byTarget.containsKey(target.targetId()))
        .forEach(target -> incomplete.add(target + " has no instance"));
    return incomplete;
  }

  /** The deployment's targets. */
  public List<TargetView> targets() {
    return managedTargets;
  }
}
