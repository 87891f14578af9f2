package io.trafficmirror.reconcile;

import io.trafficmirror.mirror.InstanceId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells an EC2 that is broken from an EC2 that is broken for one instance: where writes for others
 * succeed while one instance's get no answer that means something, it is that instance's own
 * trouble and holds up nobody else.
 */
final class WriteHealth {

  /** How many instances in trouble are remembered; the oldest are forgotten first. */
  private static final int MAX_REMEMBERED = 10_000;

  private final Map<InstanceId, Long> successesBefore = new LinkedHashMap<>();
  private long successes;

  /** A write for this instance succeeded. */
  void succeeded(InstanceId instance) {
    successes++;
    successesBefore.remove(instance);
  }

  /** EC2 gave a meaningful answer other than success. */
  void answered(InstanceId instance) {
    successesBefore.remove(instance);
  }

  /** A write for this instance got no answer that means something. */
  void unavailable(InstanceId instance) {
    successesBefore.putIfAbsent(instance, successes);
    if (successesBefore.size() > MAX_REMEMBERED) {
      successesBefore.remove(successesBefore.keySet().iterator().next());
    }
  }

  /** Whether others succeeded since this instance got into trouble. */
  boolean isItsOwnTrouble(InstanceId instance) {
    return successes > successesBefore.getOrDefault(instance, successes);
  }
}
