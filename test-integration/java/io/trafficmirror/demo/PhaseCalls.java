package io.trafficmirror.demo;

import java.util.Map;
import java.util.TreeMap;

/**
 * The EC2 calls of a phase of the run.
 *
 * @param name the name of the phase in the summary
 * @param instances the size of the fleet at the end of the phase
 * @param byAction the calls by action, including failed ones
 * @param refused the number of failed calls to create a session
 */
record PhaseCalls(String name, int instances, Map<String, Integer> byAction, int refused) {

  /** The action that creates a session. */
  static final String CREATE = "CreateTrafficMirrorSession";

  PhaseCalls {
    byAction = new TreeMap<>(byAction);
  }

  /** The increase between two readings of the call counters. */
  static Map<String, Integer> difference(Map<String, Integer> before, Map<String, Integer> after) {
    Map<String, Integer> difference = new TreeMap<>();
    after.forEach(
        (action, count) -> {
          int more = count - before.getOrDefault(action, 0);
          if (more > 0) {
            difference.put(action, more);
          }
        });
    return difference;
  }

  int all() {
    return byAction.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** The calls that created a session. */
  int creates() {
    return byAction.getOrDefault(CREATE, 0) - refused;
  }

  /** The calls that created targets on demand: the instances and the targets. */
  int targetCalls() {
    return byAction.getOrDefault("RunInstances", 0)
        + byAction.getOrDefault("CreateTrafficMirrorTarget", 0);
  }

  /** All other calls, including refused creates. */
  int others() {
    return all() - creates() - targetCalls();
  }

  double perInstance() {
    return instances == 0 ? 0 : (double) all() / instances;
  }

  double othersPerInstance() {
    return instances == 0 ? 0 : (double) others() / instances;
  }
}
