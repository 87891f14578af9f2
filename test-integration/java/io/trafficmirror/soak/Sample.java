package io.trafficmirror.soak;

import java.time.Duration;
import java.util.Locale;

/**
 * Memory figures after a full garbage collection.
 *
 * @param at the virtual time since the start
 * @param heapBytes all live objects: the product, the SDK, embedded AWS and the soak itself
 * @param productBytes the objects of the product's own classes, in all processes
 * @param held the objects and entries retained by the process that is never killed
 * @param alive current environments
 * @param environments environments created so far
 * @param killed processes killed so far
 * @param threads threads of the JVM
 * @param living instances that are not terminated
 * @param sessions current sessions
 */
record Sample(
    Duration at,
    long heapBytes,
    long productBytes,
    long held,
    int alive,
    int environments,
    int killed,
    int threads,
    int living,
    int sessions) {

  static final String HEAD =
      "  minute  heap MB  product KB  held  processes  made  killed  threads  instances  sessions";

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%8.1f %8.1f %11.1f %5d %10d %5d %7d %8d %10d %9d",
        at.toMillis() / 60_000.0,
        heapBytes / 1_048_576.0,
        productBytes / 1_024.0,
        held,
        alive,
        environments,
        killed,
        threads,
        living,
        sessions);
  }
}
