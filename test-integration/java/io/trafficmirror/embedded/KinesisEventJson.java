package io.trafficmirror.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;

/**
 * The event that Lambda makes of Kinesis records.
 *
 * @param streamArn the stream that they come from
 * @param region of the stream
 * @param account of the stream
 */
public record KinesisEventJson(String streamArn, String region, String account) {

  /** An invocation's event has at most 6 MiB, as the documentation of Lambda's quotas says. */
  static final int MAXIMUM_BYTES = 6 << 20;

  private static final ObjectMapper JSON = new ObjectMapper();

  /** No less than what a record takes in the event. */
  static int size(StoredRecord record) {
    int longestEscape = 6;
    return 1024 + longestEscape * record.partitionKey().length() + record.data().length / 3 * 4 + 4;
  }

  /** The event as JSON. */
  public byte[] of(List<StoredRecord> records) {
    ObjectNode event = JSON.createObjectNode();
    ArrayNode list = event.putArray("Records");
    for (StoredRecord record : records) {
      ObjectNode item = list.addObject();
      item.putObject("kinesis")
          .put("kinesisSchemaVersion", "1.0")
          .put("partitionKey", record.partitionKey())
          .put("sequenceNumber", record.sequenceNumber())
          .put("data", record.data())
          .put(
              "approximateArrivalTimestamp",
              BigDecimal.valueOf(record.arrivedAt().toEpochMilli(), 3));
      item.put("eventSource", "aws:kinesis")
          .put("eventVersion", "1.0")
          .put("eventID", record.shardId() + ":" + record.sequenceNumber())
          .put("eventName", "aws:kinesis:record")
          .put("invokeIdentityArn", "arn:aws:iam::" + account + ":role/traffic-mirror")
          .put("awsRegion", region)
          .put("eventSourceARN", streamArn);
    }
    try {
      return JSON.writeValueAsBytes(event);
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
