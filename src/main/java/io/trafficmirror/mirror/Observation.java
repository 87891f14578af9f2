package io.trafficmirror.mirror;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What EC2 returned about some instances and about everything that an assessment of them depends
 * on.
 *
 * @param scope the account and Region
 * @param instances the instances
 * @param targetInterfaces the interfaces behind the account's mirror targets
 * @param sessions every session on those interfaces of these instances that may be mirrored
 * @param pools the deployment's pools
 */
public record Observation(
    Scope scope,
    List<Instance> instances,
    Set<InterfaceId> targetInterfaces,
    Map<InterfaceId, List<Session>> sessions,
    PoolInventory pools) {

  /** Copies the collections. */
  public Observation {
    instances = List.copyOf(instances);
    targetInterfaces = Set.copyOf(targetInterfaces);
    sessions = Map.copyOf(sessions);
  }
}
