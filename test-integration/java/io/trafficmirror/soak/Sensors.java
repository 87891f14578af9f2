package io.trafficmirror.soak;

import io.trafficmirror.embedded.InstanceView;
import io.trafficmirror.embedded.TargetView;
import io.trafficmirror.harness.Findings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Targets on demand: what is half made is finished or removed, never left behind. */
final class Sensors {

  private static final String POOL_TAG = "traffic-mirror-pipeline:pool";

  private Sensors() {}

  /** Everything that lives and was launched for the pool. */
  static List<InstanceView> living(List<InstanceView> instances) {
    return instances.stream()
        .filter(instance -> instance.tags().containsKey(POOL_TAG))
        .filter(instance -> !instance.state().equals("terminated"))
        .filter(instance -> !instance.state().equals("shutting-down"))
        .toList();
  }

  static Findings judge(List<TargetView> targets, List<InstanceView> instances) {
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
        wrong.add(instance.instanceId() + " was launched as a target and is none");
      }
      if (!Entry.isSensor(instance)) {
        wrong.add(instance + " was launched otherwise than the policy says");
      }
    }
    targets.stream()
        .filter(target -> target.tags().containsKey(POOL_TAG))
        .filter(target -> target.interfaceId().filter(alive::contains).isEmpty())
        .forEach(target -> wrong.add(target + " is a target without an instance"));
    return new Findings(List.of(), List.of(), wrong);
  }
}
