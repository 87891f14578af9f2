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
 * The failure bucket. Records that were rejected are under {@code
 * rejected/<account>/<region>/<stream>/<shard>/<sequence number>.json}, instances that were left to
 * the next look under {@code retries-exhausted/<account>/<region>/<stream>/<shard>/<sequence
 * number>/<instance id>.json}. What an object holds is with {@link KeptJson}.
 */
public final class S3FailureStore implements FailureStore {
  private static final Duration MOST_FOR_A_CALL = Duration.ofSeconds(10);

  /** Long enough for whatever Kinesis gives (its sequence numbers have up to 129 digits). */
  private static final int MAX_PART = 200;

  private final S3Client s3;
  private final String bucket;

  /**
   * A store.
   *
   * @param s3 retries by itself
   * @param bucket its name; empty text where there is none, and then nothing can be kept
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
        MOST_FOR_A_CALL,
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

  /** A part of a key that needs no escaping anywhere and is never empty. */
  private static String part(String text) {
    String plain = text.replaceAll("[^A-Za-z0-9_.-]", "_");
    boolean isDots = plain.chars().allMatch(c -> c == '.');
    return isDots ? "unknown" : plain.substring(0, Math.min(plain.length(), MAX_PART));
  }
}
