package io.trafficmirror.aws;

import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.Scope;
import io.trafficmirror.port.Answer;
import io.trafficmirror.port.Deadline;
import io.trafficmirror.port.FailureKind;
import io.trafficmirror.port.FailureStore;
import io.trafficmirror.port.StreamRecord;
import java.time.Duration;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The failure bucket. Rejected records are stored as {@code
 * rejected/<account>/<region>/<stream>/<shard>/<sequence number>.json}, requests for instances
 * whose retries are exhausted as {@code
 * retries-exhausted/<account>/<region>/<stream>/<shard>/<sequence number>/<instance id>.json}.
 * {@link KeptJson} defines the content.
 */
public final class S3FailureStore implements FailureStore {
  private static final Duration MAX_CALL_TIME = Duration.ofSeconds(10);

  /** Long enough for every id of Kinesis (sequence numbers have up to 129 digits). */
  private static final int MAX_PART = 200;

  private final S3Client s3;
  private final String bucket;

  /**
   * Creates a store.
   *
   * @param s3 a client that retries itself
   * @param bucket the bucket's name; an empty string if there is none, in which case every call
   *     fails
   */
  public S3FailureStore(S3Client s3, String bucket) {
    this.s3 = s3;
    this.bucket = bucket;
  }

  @Override
  public Answer<String> store(FailedItem item, Deadline deadline) {
    String key = key(item);
    if (bucket.isEmpty()) {
      return Calls.failed(
          FailureKind.INVALID,
          "no-failure-bucket",
          "PutObject of " + key + ": no failure bucket is configured");
    }
    String where = "s3://" + bucket + "/" + key;
    return Calls.make(
        "PutObject to " + where,
        MAX_CALL_TIME,
        deadline,
        Ec2Errors::ofOtherService,
        limits -> {
          s3.putObject(
              request ->
                  request
                      .bucket(bucket)
                      .key(key)
                      .contentType("application/json")
                      .overrideConfiguration(limits),
              RequestBody.fromBytes(KeptJson.write(item)));
          return where;
        });
  }

  private static String key(FailedItem item) {
    StreamRecord record = item.record();
    String arn = record.streamArn();
    Scope scope = item.scope();
    String place =
        "%s/%s/%s/%s/%s"
            .formatted(
                part(scope.account()),
                part(scope.region()),
                part(arn.substring(arn.lastIndexOf('/') + 1)),
                part(record.shardId()),
                part(record.sequenceNumber()));
    return item.instance()
        .map(InstanceId::value)
        .map(instance -> "retries-exhausted/" + place + "/" + part(instance) + ".json")
        .orElse("rejected/" + place + ".json");
  }

  /** Converts a text to a part of a key that never needs escaping and is never empty. */
  private static String part(String text) {
    String plain = text.replaceAll("[^A-Za-z0-9_.-]", "_");
    boolean isDots = plain.chars().allMatch(c -> c == '.');
    return isDots ? "unknown" : plain.substring(0, Math.min(plain.length(), MAX_PART));
  }
}
