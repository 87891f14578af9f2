package io.trafficmirror.reconcile;

import io.trafficmirror.mirror.InstanceId;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The instances that this environment has not got right of late, for reasons of their own. A record
 * that waited in its lane for longer than a single instance is tried has had no retry when it is
 * looked at first; by this it gets one.
 *
 * <p>Not safe for use by several threads.
 */
final class RecentTroubles {

  /** Longer than from one delivery of a record to the end of the next (AWS Lambda: 15 min each). */
  static final Duration MEMORY = Duration.ofHours(1);

  /** How many are remembered. Where there are more, the others get no retry of that kind. */
  static final int MOST = 10_000;

  private final Map<InstanceId, Instant> oldestFirst = new LinkedHashMap<>();
  private final Time time;

  RecentTroubles(Time time) {
    this.time = time;
  }

  /** Notes one more; answers whether this instance is new here. */
  boolean isFirstOf(InstanceId instance) {
    Instant now = time.now();
    forgetOlderThan(now.minus(MEMORY));
    boolean known = oldestFirst.remove(instance) != null;
    if (oldestFirst.size() < MOST) {
      oldestFirst.put(instance, now);
      return !known;
    }
    return false;
  }

  private void forgetOlderThan(Instant limit) {
    Iterator<Instant> times = oldestFirst.values().iterator();
    while (times.hasNext() && times.next().isBefore(limit)) {
      times.remove();
    }
  }
}
