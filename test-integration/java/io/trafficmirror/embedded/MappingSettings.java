package io.trafficmirror.embedded;

import java.time.Duration;
import java.util.Optional;

/**
 * The settings of an event source mapping for Kinesis, within the ranges of Lambda's API.
 *
 * @param batchSize 1 to 10,000 records per invocation
 * @param batchingWindow 0 to 300 s to wait for a full batch
 * @param parallelizationFactor 1 to 10 lanes per shard
 * @param maximumRecordAge 60 s to 7 days; older records are discarded
 * @param maximumRetryAttempts 0 to 10,000 retries of a batch, or -1 for no limit
 * @param bisectOnError whether a failed batch is split in two
 * @param reportBatchItemFailures whether the function may return partial batch responses
 * @param failureBucket the on-failure destination; empty for none
 * @param functionTimeout 1 to 900 s for an invocation
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
   * @throws IllegalArgumentException if Lambda would reject a setting
   */
  public MappingSettings {
    within("batchSize", batchSize, 1, 10_000);
    within("batchingWindow in seconds", batchingWindow.toSeconds(), 0, 300);
    within("parallelizationFactor", parallelizationFactor, 1, 10);
    within("maximumRecordAge in seconds", maximumRecordAge.toSeconds(), 60, 604_800);
    within("maximumRetryAttempts", maximumRetryAttempts, -1, 10_000);
    within("functionTimeout in seconds", functionTimeout.toSeconds(), 1, 900);
  }

  /**
   * 100 records, no window, 10 lanes, 1 hour, unlimited retries, bisecting, partial batch
   * responses, 60 s, no failure bucket.
   */
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

  /** A copy with a different batch size. */
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

  /** A copy with a different batching window. */
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

  /** A copy with a different parallelization factor. */
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

  /** A copy with a different maximum record age. */
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

  /** A copy with a different maximum number of retries, -1 for no limit. */
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

  /** A copy with or without bisecting. */
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

  /** A copy with or without partial batch responses. */
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

  /** A copy with a failure bucket. */
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

  /** A copy with a different function timeout. */
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
