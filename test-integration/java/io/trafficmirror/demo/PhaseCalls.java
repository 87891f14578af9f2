package io.trafficmirror.demo;

import java.util.Map;
import java.util.TreeMap;

/**
 * The EC2 calls of a part of the run.
 *
 * @param name what the part is called in the summary
 * @param instances how large the fleet was at its end
 * @param byAction calls by action, whatever came of them
 */
record PhaseCalls(String name, int instances, Map<String, Integer> byAction) {

  private static final String CREATE = "CreateTrafficMirrorSession";

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

  /** Calls that make a session. */
  int creates() {
    return byAction.getOrDefault(CREATE, 0);
  }

  double perInstance() {
    return instances == 0 ? 0 : (double) all() / instances;
  }

  /** All calls but those that make a session. */
  double othersPerInstance() {
    return instances == 0 ? 0 : (double) (all() - creates()) / instances;
  }
}
