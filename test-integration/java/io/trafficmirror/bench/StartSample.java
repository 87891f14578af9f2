package io.trafficmirror.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The measurements of one start of a function.
 *
 * @param initMillis the time from the start of the process to its first request for an event
 * @param firstBatchMillis the time from that event to its response
 * @param cpuMillis the processor time of the process up to then
 * @param peakMegabytes the peak resident memory of the process up to then
 */
record StartSample(
    double initMillis, double firstBatchMillis, double cpuMillis, double peakMegabytes) {

  /** The duration of the cold start. */
  double totalMillis() {
    return initMillis + firstBatchMillis;
  }

  /** The median; for an even number, the mean of the two middle values. */
  static double median(List<StartSample> samples, ToDoubleFunction<StartSample> value) {
    double[] sorted = samples.stream().mapToDouble(value).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
