package io.trafficmirror.embedded;

import java.time.Duration;
import java.util.Optional;

/**
 * How Lambda reads a Kinesis stream, with the ranges that Lambda's API sets.
 *
 * @param batchSize 1 to 10,000 records an invocation
 * @param batchingWindow 0 to 300 s to wait for a batch to fill
 * @param parallelizationFactor 1 to 10 lanes a shard
 * @param maximumRecordAge 60 s to 7 days; an older record is given up
 * @param maximumRetryAttempts 0 to 10,000 retries of a batch, or -1 for no limit
 * @param bisectOnError whether a batch whose invocation failed is cut in half
 * @param reportBatchItemFailures whether the function's answer is looked at
 * @param failureBucket where what is given up goes; empty for nowhere
 * @param functionTimeout 1 to 900 s that an invocation has
 */
public record MappingSettings(
    int batchSize,
    Duration batchingWindow,
    int parallelizationFactor,
    Duration maximumRecordAge,
    int maximumRetryAttempts,
    boolean bisectOnError,
    boolean reportBatchItemFailures,
    Optional<String> failureBucket,
    Duration functionTimeout) {

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException where Lambda would refuse a setting
   */
  public MappingSettings {
    within("batchSize", batchSize, 1, 10_000);
    within("batchingWindow in seconds", batchingWindow.toSeconds(), 0, 300);
    within("parallelizationFactor", parallelizationFactor, 1, 10);
    within("maximumRecordAge in seconds", maximumRecordAge.toSeconds(), 60, 604_800);
    within("maximumRetryAttempts", maximumRetryAttempts, -1, 10_000);
    within("functionTimeout in seconds", functionTimeout.toSeconds(), 1, 900);
  }

  /** 100 records, no window, 10 lanes, an hour, no limit of retries, 60 s, no failure bucket. */
  public static MappingSettings defaults() {
    return new MappingSettings(
        100,
        Duration.ZERO,
        10,
        Duration.ofHours(1),
        -1,
        true,
        true,
        Optional.empty(),
        Duration.ofSeconds(60));
  }

  /** The same with other batches. */
  public MappingSettings withBatchSize(int records) {
    return new MappingSettings(
        records,
        batchingWindow,
        parallelizationFactor,
        maximumRecordAge,
        maximumRetryAttempts,
        bisectOnError,
        reportBatchItemFailures,
        failureBucket,
        functionTimeout);
  }

  /** The same with another window. */
  public MappingSettings withBatchingWindow(Duration window) {
    return new MappingSettings(
        batchSize,
        window,
        parallelizationFactor,
        maximumRecordAge,
        maximumRetryAttempts,
        bisectOnError,
        reportBatchItemFailures,
        failureBucket,
        functionTimeout);
  }

  /** The same with other lanes. */
  public MappingSettings withParallelizationFactor(int lanes) {
    return new MappingSettings(
        batchSize,
        batchingWindow,
        lanes,
        maximumRecordAge,
        maximumRetryAttempts,
        bisectOnError,
        reportBatchItemFailures,
        failureBucket,
        functionTimeout);
  }

  /** The same with another age. */
  public MappingSettings withMaximumRecordAge(Duration age) {
    return new MappingSettings(
        batchSize,
        batchingWindow,
        parallelizationFactor,
        age,
        maximumRetryAttempts,
        bisectOnError,
        reportBatchItemFailures,
        failureBucket,
        functionTimeout);
  }

  /** The same with another number of retries, -1 for no limit. */
  public MappingSettings withMaximumRetryAttempts(int retries) {
    return new MappingSettings(
        batchSize,
        batchingWindow,
        parallelizationFactor,
        maximumRecordAge,
        retries,
        bisectOnError,
        reportBatchItemFailures,
        failureBucket,
        functionTimeout);
  }

  /** The same with or without cutting in half. */
  public MappingSettings withBisectOnError(boolean bisect) {
    return new MappingSettings(
        batchSize,
        batchingWindow,
        parallelizationFactor,
        maximumRecordAge,
        maximumRetryAttempts,
        bisect,
        reportBatchItemFailures,
        failureBucket,
        functionTimeout);
  }

  /** The same with or without partial-batch answers. */
  public MappingSettings withReportBatchItemFailures(boolean report) {
    return new MappingSettings(
        batchSize,
        batchingWindow,
        parallelizationFactor,
        maximumRecordAge,
        maximumRetryAttempts,
        bisectOnError,
        report,
        failureBucket,
        functionTimeout);
  }

  /** The same with a failure bucket. */
  public MappingSettings withFailureBucket(String bucket) {
    return new MappingSettings(
        batchSize,
        batchingWindow,
        parallelizationFactor,
        maximumRecordAge,
        maximumRetryAttempts,
        bisectOnError,
        reportBatchItemFailures,
        Optional.of(bucket),
        functionTimeout);
  }

  /** The same with another time for the function. */
  public MappingSettings withFunctionTimeout(Duration timeout) {
    return new MappingSettings(
        batchSize,
        batchingWindow,
        parallelizationFactor,
        maximumRecordAge,
        maximumRetryAttempts,
        bisectOnError,
        reportBatchItemFailures,
        failureBucket,
        timeout);
  }

  private static void within(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + " must be from " + least + " to " + most + ", not " + value);
    }
  }
}
