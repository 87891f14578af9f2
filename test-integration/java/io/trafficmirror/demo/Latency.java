package io.trafficmirror.demo;

import java.util.Collection;
import java.util.List;

/**
 * How long it took from events to sessions.
 *
 * @param count how many were timed
 * @param p50 the median, in milliseconds; 0 where nothing was timed
 * @param p99 the 99th percentile, in milliseconds
 * @param max the longest, in milliseconds
 */
record Latency(int count, long p50, long p99, long max) {

  /** Of these times, in milliseconds. */
  static Latency of(Collection<Long> millis) {
    List<Long> sorted = millis.stream().sorted().toList();
    return new Latency(
        sorted.size(), percentile(sorted, 50), percentile(sorted, 99), percentile(sorted, 100));
  }

  /** The smallest time that at least so many percent do not exceed. */
  private static long percentile(List<Long> sorted, int percent) {
    if (sorted.isEmpty()) {
      return 0;
    }
    int rank = Math.ceilDiv(sorted.size() * percent, 100);
    return sorted.get(Math.max(0, rank - 1));
  }
}
