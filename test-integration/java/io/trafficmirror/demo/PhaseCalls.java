package io.trafficmirror.demo;

import java.util.Map;
import java.util.TreeMap;

/**
 * The EC2 calls of a part of the run.
 *
 * @param name what the part is called in the summary
 * @param instances how large the fleet was at its end
 * @param byAction calls by action, whatever came of them
 * @param refused how many of the calls that make a session made none
 */
record PhaseCalls(String name, int instances, Map<String, Integer> byAction, int refused) {

  /** The action that makes a session. */
  static final String CREATE = "CreateTrafficMirrorSession";

  /** Copies the map, in the order of its keys. */
  PhaseCalls {
    byAction = new TreeMap<>(byAction);
  }

  /** What came on top between two readings of the same counters. */
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

  /** Calls that made a session. */
  int creates() {
    return byAction.getOrDefault(CREATE, 0) - refused;
  }

  /** Calls that made a target on demand: its instance, and the target itself. */
  int targetCalls() {
    return byAction.getOrDefault("RunInstances", 0)
        + byAction.getOrDefault("CreateTrafficMirrorTarget", 0);
  }

  /** All other calls, those included that should have made a session and were refused. */
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
