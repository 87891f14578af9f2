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
 * What should be true of every instance of a fleet.
 *
 * @param byInstance by instance id, in the order of the fleet
 * @param matches how many instances of the fleet, in whatever state, each policy entry is about, be
 *     there an earlier entry for them or not; in the order of the policy
 */
record Expectation(Map<String, Expected> byInstance, Map<String, Integer> matches) {

  /** What should be true of one instance. */
  sealed interface Expected {}

  /**
   * It has exactly one session.
   *
   * @param entry the policy entry that asks for it
   * @param source the interface that is mirrored
   * @param target where to: a target's id, or the place of any target of a pool
   * @param filter through which filter
   */
  record Mirrored(String entry, String source, String target, String filter) implements Expected {}

  /**
   * It has none.
   *
   * @param reason why, as a label
   */
  record None(String reason) implements Expected {}

  /**
   * Decides for a fleet.
   *
   * @param machines the fleet as it is in the end
   * @param policy what is wanted
   * @param targetInterfaces the interfaces that are mirror targets of the account
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

  /** How many instances should be mirrored. */
  int mirrored() {
    return (int) byInstance.values().stream().filter(Mirrored.class::isInstance).count();
  }

  /** How many instances it takes to make the targets on demand, by pool. */
  Map<String, Integer> targetInstances() {
    return TargetPool.needed(
        byInstance.values().stream()
            .filter(Mirrored.class::isInstance)
            .map(expected -> ((Mirrored) expected).target())
            .toList());
  }

  /** The entries that are about no instance of the fleet, in the order of the policy. */
  List<String> unmatched() {
    return matches.entrySet().stream()
        .filter(entry -> entry.getValue() == 0)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** How many instances each entry should mirror, in the order of the policy. */
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

  /** For how many instances each reason says that there is no session. */
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
