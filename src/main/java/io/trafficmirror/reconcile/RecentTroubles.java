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
 * The instances that this environment has not got right of late, for reasons of their own, and the
 * kinds of these. A record that waited in its lane, or was throttled, for longer than a single
 * instance is tried has had no retry for what happens to it then; by this it gets one.
 *
 * <p>Not safe for use by several threads.
 */
final class RecentTroubles {

  /** Longer than from one delivery of a record to the end of the next (AWS Lambda: 15 min each). */
  static final Duration MEMORY = Duration.ofHours(1);

  /** How many are remembered. Where there are more, the others get no retry of that kind. */
  static final int MOST = 10_000;

  private record Trouble(InstanceId instance, FailureKind kind) {}

  private final Map<Trouble, Instant> oldestFirst = new LinkedHashMap<>();
  private final Time time;

  RecentTroubles(Time time) {
    this.time = time;
  }

  /** Notes one more; answers whether that has not happened to this instance before. */
  boolean isFirst(InstanceId instance, FailureKind kind) {
    Trouble trouble = new Trouble(instance, kind);
    Instant now = time.now();
    forgetOlderThan(now.minus(MEMORY));
    boolean known = oldestFirst.remove(trouble) != null;
    if (oldestFirst.size() < MOST) {
      oldestFirst.put(trouble, now);
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
