package io.trafficmirror.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;

/**
 * Builds the event of a Kinesis batch as Lambda does.
 *
 * @param streamArn the stream
 * @param region the stream's AWS Region
 * @param account the stream's account
 */
public record KinesisEventJson(String streamArn, String region, String account) {

  /** Lambda quotas: the payload of an invocation has at most 6 MB. */
  static final int MAXIMUM_BYTES = 6 << 20;

  private static final ObjectMapper JSON = new ObjectMapper();

  /** An upper bound of a record's size in the event. */
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
