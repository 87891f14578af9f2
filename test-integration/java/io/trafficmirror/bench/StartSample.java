package io.trafficmirror.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * One start of a function.
 *
 * @param initMillis from the start of the process until it asked for its first event
 * @param firstBatchMillis from that event to its answer
 * @param cpuMillis processor time of the process until then
 * @param peakMegabytes the most memory that it had resident until then
 */
record StartSample(
    double initMillis, double firstBatchMillis, double cpuMillis, double peakMegabytes) {

  /** What a cold start takes. */
  double totalMillis() {
    return initMillis + firstBatchMillis;
  }

  /** The middle one, or the middle between the middle two. */
  static double median(List<StartSample> samples, ToDoubleFunction<StartSample> value) {
    double[] sorted = samples.stream().mapToDouble(value).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
