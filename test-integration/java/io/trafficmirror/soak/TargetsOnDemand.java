package io.trafficmirror.soak;

import io.trafficmirror.embedded.InstanceView;
import io.trafficmirror.embedded.TargetView;
import io.trafficmirror.harness.Discrepancies;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Checks that every target on demand is complete: it has an instance, and each instance a target.
 */
final class TargetsOnDemand {

  private static final String POOL_TAG = "traffic-mirror-pipeline:pool";

  private TargetsOnDemand() {}

  /** The instances of pools that are not terminated. */
  static List<InstanceView> living(List<InstanceView> instances) {
    return instances.stream()
        .filter(instance -> instance.tags().containsKey(POOL_TAG))
        .filter(instance -> !instance.state().equals("terminated"))
        .filter(instance -> !instance.state().equals("shutting-down"))
        .toList();
  }

  static Discrepancies judge(List<TargetView> targets, List<InstanceView> instances) {
    List<String> wrong = new ArrayList<>();
    Set<String> targeted = new HashSet<>();
    targets.forEach(target -> target.interfaceId().ifPresent(targeted::add));
    Set<String> alive = new HashSet<>();
    for (InstanceView instance : living(instances)) {
      boolean hasTarget =
          instance
              .primaryInterface()
              .filter(eni -> alive.add(eni.interfaceId()))
              .filter(eni -> targeted.contains(eni.interfaceId()))
              .isPresent();
      if (!hasTarget) {
        wrong.add(instance.instanceId() + " was launched for a target and has none");
      }
      if (!PolicyEntry.isSensor(instance)) {
        wrong.add(instance + " does not have the launch parameters of the policy");
      }
    }
    targets.stream()
        .filter(target -> target.tags().containsKey(POOL_TAG))
        .filter(target -> target.interfaceId().filter(alive::contains).isEmpty())
        .forEach(target -> wrong.add(target + " is a target without an instance"));
    return new Discrepancies(List.of(), List.of(), wrong);
  }
}
