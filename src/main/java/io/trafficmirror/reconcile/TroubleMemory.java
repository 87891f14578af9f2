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
 * Remembers which kinds of failure each instance has recently had in this environment. A record may
 * wait in its shard lane, or be throttled, until the time for retries of a single instance is over.
 * If the instance then fails for the first time, it has had no retry at all; this memory grants it
 * one more delivery.
 *
 * <p>{@code DeliveryLawsTest#lostAnswersAndTransientRefusalsDoNotAffectTheResult} depends on it.
 * Not thread-safe.
 */
final class TroubleMemory {

  /** Longer than from one delivery of a record to the end of the next (AWS Lambda: 15 min each). */
  static final Duration MEMORY = Duration.ofHours(1);

  /**
   * The maximum number of remembered failures. While the memory is full, no instance gets an extra
   * delivery.
   */
  static final int CAPACITY = 10_000;

  private record Trouble(InstanceId instance, FailureKind kind) {}

  private final Map<Trouble, Instant> oldestFirst = new LinkedHashMap<>();
  private final Time time;

  TroubleMemory(Time time) {
    this.time = time;
  }

  /**
   * Whether the instance has not had this kind of failure recently and there is room to record it.
   */
  boolean isNew(InstanceId instance, FailureKind kind) {
    forgetOld();
    return oldestFirst.size() < CAPACITY && !oldestFirst.containsKey(new Trouble(instance, kind));
  }

  /** Records that the instance has had this kind of failure. */
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
