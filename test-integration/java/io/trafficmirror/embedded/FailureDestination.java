package io.trafficmirror.embedded;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * Writes discarded batches to a bucket, with the content and key that Lambda documents for an S3
 * on-failure destination.
 *
 * @param mappingId the mapping's UUID
 */
record FailureDestination(EmbeddedS3 s3, String bucket, UUID mappingId, KinesisEventJson events) {

  static final String RETRIES_EXHAUSTED = "RetryAttemptsExhausted";

  /** The records are too old. Lambda does not document its value for this condition. */
  static final String TOO_OLD = "RecordAgeExceeded";

  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy/MM/dd");
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH.mm.ss");

  /**
   * Stores a batch.
   *
   * @return whether it was stored; without the bucket the batch is lost, as with Lambda
   */
  boolean store(Batch batch, String condition, UUID id, Instant now) {
    if (!s3.hasBucket(bucket)) {
      return false;
    }
    String key =
        String.join(
            "/",
            "aws/lambda",
            mappingId.toString(),
            batch.records().getFirst().shardId(),
            DAY.format(now.atOffset(ZoneOffset.UTC)),
            SECOND.format(now.atOffset(ZoneOffset.UTC)) + "-" + id);
    String text = record(batch, condition, id, now).toString();
    s3.put(bucket, key, text.getBytes(StandardCharsets.UTF_8));
    return true;
  }

  private ObjectNode record(Batch batch, String condition, UUID id, Instant now) {
    StoredRecord first = batch.records().getFirst();
    StoredRecord last = batch.records().getLast();
    ObjectNode record = JsonNodeFactory.instance.objectNode();
    record
        .putObject("requestContext")
        .put("requestId", id.toString())
        .put("functionArn", LambdaContext.FUNCTION_ARN)
        .put("condition", condition)
        .put("approximateInvokeCount", batch.invocations());
    if (batch.invocations() > 0) {
      ObjectNode response = record.putObject("responseContext");
      response.put("statusCode", 200).put("executedVersion", LambdaContext.VERSION);
      if (batch.errored()) {
        response.put("functionError", "Unhandled");
      } else {
        response.putNull("functionError");
      }
    }
    record.put("version", "1.0").put("timestamp", millis(now));
    record
        .putObject("KinesisBatchInfo")
        .put("shardId", first.shardId())
        .put("startSequenceNumber", first.sequenceNumber())
        .put("endSequenceNumber", last.sequenceNumber())
        .put("approximateArrivalOfFirstRecord", millis(first.arrivedAt()))
        .put("approximateArrivalOfLastRecord", millis(last.arrivedAt()))
        .put("batchSize", batch.size())
        .put("streamArn", events.streamArn());
    String payload = new String(events.of(batch.records()), StandardCharsets.UTF_8);
    return record.put("payload", payload);
  }

  private static String millis(Instant time) {
    return DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'")
        .format(time.truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC));
  }
}
