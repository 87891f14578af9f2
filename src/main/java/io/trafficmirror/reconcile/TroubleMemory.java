package io.trafficmirror.reconcile;

import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.port.FailureKind;
import io.trafficmirror.port.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which failures each instance has met lately in this environment. A record that waited in its
 * lane, or was throttled, for longer than a single instance is retried has had no fair try when a
 * failure of its own comes after that; because of this memory it gets one more delivery.
 *
 * <p>{@code DeliveryLawsTest#answersThatGetLostAndRefusalsThatPassChangeNothing} needs it. Not safe
 * for use by several threads.
 */
final class TroubleMemory {

  /** Longer than from one delivery of a record to the end of the next (AWS Lambda: 15 min each). */
  static final Duration MEMORY = Duration.ofHours(1);

  /** How many failures are remembered. Beyond that no instance gets another delivery. */
  static final int CAPACITY = 10_000;

  private record Trouble(InstanceId instance, FailureKind kind) {}

  private final Map<Trouble, Instant> oldestFirst = new LinkedHashMap<>();
  private final Time time;

  TroubleMemory(Time time) {
    this.time = time;
  }

  /**
   * Whether the instance has not met this kind of failure lately, and there is room to record it.
   */
  boolean isNew(InstanceId instance, FailureKind kind) {
    forgetOld();
    return oldestFirst.size() < CAPACITY && !oldestFirst.containsKey(new Trouble(instance, kind));
  }

  /** The instance has met this kind of failure. */
  void record(InstanceId instance, FailureKind kind) {
    forgetOld();
    Trouble trouble = new Trouble(instance, kind);
    oldestFirst.remove(trouble);
    if (oldestFirst.size() < CAPACITY) {
      oldestFirst.put(trouble, time.now());
    }
  }

  private void forgetOld() {
    Instant limit = time.now().minus(MEMORY);
    Iterator<Instant> times = oldestFirst.values().iterator();
    while (times.hasNext() && times.next().isBefore(limit)) {
      times.remove();
    }
  }
}
