package io.trafficmirror.demo;

import io.trafficmirror.demo.Machine.Nic;
import io.trafficmirror.demo.WantedPolicy.Wanted;
import io.trafficmirror.harness.TargetPool;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The expected state of every instance of a fleet.
 *
 * @param byInstance the expectation by instance id, in the order of the fleet
 * @param matches the number of instances, in any state, that each policy entry matches, including
 *     those that an earlier entry matches; in the order of the policy
 */
record Expectation(Map<String, Expected> byInstance, Map<String, Integer> matches) {

  /** The expected state of one instance. */
  sealed interface Expected {}

  /**
   * Exactly one session.
   *
   * @param entry the policy entry
   * @param source the mirrored interface
   * @param target the target id, or the place of a pool for any target of the pool
   * @param filter the filter id
   */
  record Mirrored(String entry, String source, String target, String filter) implements Expected {}

  /**
   * No session.
   *
   * @param reason the label of the reason
   */
  record None(String reason) implements Expected {}

  /**
   * Computes the expectation for a fleet.
   *
   * @param machines the fleet in its final state
   * @param policy the policy
   * @param targetInterfaces the interfaces of mirror targets of the account
   */
  static Expectation of(
      Collection<Machine> machines, WantedPolicy policy, Set<String> targetInterfaces) {
    Map<String, Expected> byInstance = new LinkedHashMap<>();
    for (Machine machine : machines) {
      byInstance.put(machine.id(), decide(machine, policy, targetInterfaces));
    }
    Map<String, Integer> matches = new LinkedHashMap<>();
    for (Wanted entry : policy.entries()) {
      matches.put(entry.name(), (int) machines.stream().filter(entry.matches()).count());
    }
    return new Expectation(byInstance, matches);
  }

  private static Expected decide(
      Machine machine, WantedPolicy policy, Set<String> targetInterfaces) {
    if (!machine.isUp()) {
      return new None("not-running");
    }
    Optional<Wanted> wanted = policy.wanted(machine);
    if (wanted.isEmpty()) {
      return new None("no-entry-matches");
    }
    if (machine.interfaces().stream().anyMatch(nic -> targetInterfaces.contains(nic.id()))) {
      return new None("is-a-mirror-target");
    }
    Optional<Nic> primary = machine.primary();
    if (primary.isEmpty()) {
      return new None("no-primary-interface");
    }
    Optional<String> place = wanted.get().place(primary.get());
    if (place.isEmpty()) {
      return new None("no-target");
    }
    if (!SourceTypes.canBeMirrored(machine.type()) || !primary.get().kind().equals("interface")) {
      return new None("unsupported-source");
    }
    Wanted entry = wanted.get();
    return new Mirrored(entry.name(), primary.get().id(), place.get(), entry.filter());
  }

  /** The number of instances to mirror. */
  int mirrored() {
    return (int) byInstance.values().stream().filter(Mirrored.class::isInstance).count();
  }

  /** The number of instances needed for targets on demand, by pool. */
  Map<String, Integer> targetInstances() {
    return TargetPool.needed(
        byInstance.values().stream()
            .filter(Mirrored.class::isInstance)
            .map(expected -> ((Mirrored) expected).target())
            .toList());
  }

  /** The entries that match no instance of the fleet, in the order of the policy. */
  List<String> unmatched() {
    return matches.entrySet().stream()
        .filter(entry -> entry.getValue() == 0)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The number of instances to mirror per entry, in the order of the policy. */
  Map<String, Integer> byEntry() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    matches.keySet().forEach(entry -> counts.put(entry, 0));
    for (Expected expected : byInstance.values()) {
      if (expected instanceof Mirrored mirrored) {
        counts.merge(mirrored.entry(), 1, Integer::sum);
      }
    }
    return counts;
  }

  /** The number of instances without a session, by reason. */
  Map<String, Integer> byReason() {
    Map<String, Integer> counts = new TreeMap<>();
    for (Expected expected : byInstance.values()) {
      if (expected instanceof None none) {
        counts.merge(none.reason(), 1, Integer::sum);
      }
    }
    return counts;
  }
}
