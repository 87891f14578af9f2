package io.trafficmirror.mirror;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What EC2 shows of some instances, and of everything that decides about them.
 *
 * @param scope the account and Region
 * @param instances the instances
 * @param targetInterfaces the interfaces that are mirror targets of the account
 * @param sessions all sessions on the interfaces of these instances that may be mirrored
 * @param pools the pools of the deployment
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
