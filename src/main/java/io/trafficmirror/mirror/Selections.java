package io.trafficmirror.mirror;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The first step of an {@link Assessment}: applies the policy to instances, which determines the
 * interfaces whose sessions have to be read. Pure and immutable.
 */
public final class Selections {

  private final Scope scope;
  private final Ownership ownership;
  private final Map<InstanceId, Selection> byInstance;

  private Selections(Scope scope, Ownership ownership, Map<InstanceId, Selection> byInstance) {
    this.scope = scope;
    this.ownership = ownership;
    this.byInstance = byInstance;
  }

  /**
   * Applies the policy to instances.
   *
   * @param scope the account and Region
   * @param instances the observed instances; if an id occurs twice, the first one counts
   * @param targetInterfaces the interfaces behind the account's mirror targets
   * @param policy the policy to apply
   * @param ownership this deployment
   */
  public static Selections of(
      Scope scope,
      List<Instance> instances,
      Set<InterfaceId> targetInterfaces,
      PolicySet policy,
      Ownership ownership) {
    Map<InstanceId, Selection> byInstance = HashMap.newHashMap(instances.size());
    for (Instance instance : instances) {
      byInstance.computeIfAbsent(
          instance.id(), id -> select(scope, instance, targetInterfaces, policy, ownership));
    }
    return new Selections(scope, ownership, byInstance);
  }

  private static Selection select(
      Scope scope,
      Instance instance,
      Set<InterfaceId> targetInterfaces,
      PolicySet policy,
      Ownership ownership) {
    if (!instance.state().canBeMirrored()) {
      return notSelected(Reason.NOT_RUNNING);
    }
    // A pool instance has its tags before its target exists.
    if (PoolMember.isTagged(instance.tags())) {
      return notSelected(Reason.IS_A_MIRROR_TARGET);
    }
    Optional<DesiredSession> desired = policy.desired(instance);
    if (desired.isEmpty()) {
      return notSelected(Reason.NO_ENTRY_MATCHES);
    }
    DesiredSession session = desired.get();
    if (instance.interfaces().stream().anyMatch(i -> targetInterfaces.contains(i.id()))) {
      return notSelected(Reason.IS_A_MIRROR_TARGET, session);
    }
    Optional<NetworkInterface> primary = instance.primaryInterface();
    if (primary.isEmpty()) {
      return notSelected(Reason.NO_PRIMARY_INTERFACE, session);
    }
    Optional<WantedSession.Aim> aim = aim(session.destination(), instance, ownership);
    if (aim.isEmpty()) {
      return notSelected(Reason.NO_TARGET, session);
    }
    return new Selection.Selected(
        new WantedSession(
            new Source(scope, instance.id(), primary.get().id()),
            instance,
            session.entry(),
            aim.get(),
            session.filter(),
            session.number()));
  }

  private static Selection notSelected(Reason reason) {
    return new Selection.NotSelected(reason, Optional.empty());
  }

  private static Selection notSelected(Reason reason, DesiredSession session) {
    return new Selection.NotSelected(reason, Optional.of(session.entry()));
  }

  /** Empty if the destination is a pool and neither the entry nor EC2 gives a subnet for it. */
  private static Optional<WantedSession.Aim> aim(
      Destination destination, Instance instance, Ownership ownership) {
    return switch (destination) {
      case Destination.OnDemand(LaunchSpecification specification) ->
          Pool.of(ownership.deployment(), specification, instance.subnet())
              .map(WantedSession.Aim.AnyOf::new);
      case Destination.Fixed(TargetId target) -> Optional.of(new WantedSession.Aim.Target(target));
    };
  }

  /** The account and Region. */
  public Scope scope() {
    return scope;
  }

  /** This deployment. */
  Ownership ownership() {
    return ownership;
  }

  /** The number of observed instances. */
  int size() {
    return byInstance.size();
  }

  void forEach(BiConsumer<InstanceId, Selection> consumer) {
    byInstance.forEach(consumer);
  }

  /** The selection for an instance; empty if the instance was not observed. */
  public Optional<Selection> of(InstanceId instance) {
    return Optional.ofNullable(byInstance.get(instance));
  }

  /** The wanted sessions, in no particular order. */
  public List<WantedSession> wanted() {
    List<WantedSession> wanted = new ArrayList<>(byInstance.size());
    for (Selection selection : byInstance.values()) {
      if (selection instanceof Selection.Selected(WantedSession session)) {
        wanted.add(session);
      }
    }
    return wanted;
  }
}
