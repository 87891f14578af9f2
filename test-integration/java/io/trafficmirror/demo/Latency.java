package io.trafficmirror.demo;

import java.util.Collection;
import java.util.List;

/**
 * The times from events to sessions.
 *
 * @param count the number of measured times
 * @param p50 the median, in milliseconds; 0 without measurements
 * @param p99 the 99th percentile, in milliseconds
 * @param max the maximum, in milliseconds
 */
record Latency(int count, long p50, long p99, long max) {

  /** Computes the percentiles of these times, in milliseconds. */
  static Latency of(Collection<Long> millis) {
    List<Long> sorted = millis.stream().sorted().toList();
    return new Latency(
        sorted.size(), percentile(sorted, 50), percentile(sorted, 99), percentile(sorted, 100));
  }

  /** The nearest-rank percentile. */
  private static long percentile(List<Long> sorted, int percent) {
    if (sorted.isEmpty()) {
      return 0;
    }
    int rank = Math.ceilDiv(sorted.size() * percent, 100);
    return sorted.get(Math.max(0, rank - 1));
  }
}
