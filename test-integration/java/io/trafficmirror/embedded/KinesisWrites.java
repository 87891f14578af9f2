package io.trafficmirror.embedded;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * PutRecord and PutRecords, with AWS's documented limits: 1 MiB a record (a stream's higher limit
 * is not supported), 500 records and 10 MiB a call of PutRecords.
 */
final class KinesisWrites {

  private static final int MAXIMUM_RECORD_BYTES = 1 << 20;
  private static final int MAXIMUM_CALL_BYTES = 10 << 20;
  private static final int MAXIMUM_ENTRIES = 500;

  private final EmbeddedKinesis kinesis;
  private final Deque<String> injectedErrors = new ArrayDeque<>();

  KinesisWrites(EmbeddedKinesis kinesis) {
    this.kinesis = kinesis;
  }

  void refuseEntries(int times, String code) {
    synchronized (injectedErrors) {
      for (int i = 0; i < times; i++) {
        injectedErrors.add(code);
      }
    }
  }

  ObjectNode putRecord(JsonParameters parameters) {
    parameters.only("StreamName", "StreamARN", "Data", "PartitionKey", "ExplicitHashKey");
    KinesisStream stream = kinesis.stream(parameters);
    StoredRecord record = append(entry(parameters, stream));
    ObjectNode answer = EmbeddedKinesis.empty();
    answer.put("ShardId", record.shardId()).put("SequenceNumber", record.sequenceNumber());
    return answer;
  }

  /** All entries are checked before any is put, so a partial failure is always an injected one. */
  ObjectNode putRecords(JsonParameters parameters) {
    parameters.only("StreamName", "StreamARN", "Records");
    KinesisStream stream = kinesis.stream(parameters);
    List<JsonParameters> given = parameters.objects("Records");
    if (given.isEmpty() || given.size() > MAXIMUM_ENTRIES) {
      throw JsonParameters.invalid(
          "Value at 'records' must have 1 to " + MAXIMUM_ENTRIES + " entries, not " + given.size());
    }
    List<Entry> entries = new ArrayList<>();
    for (JsonParameters each : given) {
      entries.add(entry(each.only("Data", "PartitionKey", "ExplicitHashKey"), stream));
    }
    if (entries.stream().mapToInt(Entry::size).sum() > MAXIMUM_CALL_BYTES) {
      throw new ServiceException(
          400, "InvalidArgumentException", "Records size exceeds 10 MB limit");
    }
    ObjectNode answer = EmbeddedKinesis.empty();
    ArrayNode results = answer.putArray("Records");
    int failed = 0;
    for (Entry entry : entries) {
      failed += put(entry, results.addObject()) ? 0 : 1;
    }
    answer.put("FailedRecordCount", failed);
    return answer;
  }

  private boolean put(Entry entry, ObjectNode result) {
    String error;
    synchronized (injectedErrors) {
      error = injectedErrors.isEmpty() ? "" : injectedErrors.remove();
    }
    if (!error.isEmpty()) {
      result.put("ErrorCode", error).put("ErrorMessage", "Refused by a fault rule: " + error);
      return false;
    }
    StoredRecord record = append(entry);
    result.put("SequenceNumber", record.sequenceNumber()).put("ShardId", record.shardId());
    return true;
  }

  private StoredRecord append(Entry entry) {
    return kinesis.append(entry.shard, entry.partitionKey, entry.data);
  }

  private static Entry entry(JsonParameters parameters, KinesisStream stream) {
    String key = parameters.requiredText("PartitionKey");
    if (key.isEmpty() || key.length() > 256) {
      throw JsonParameters.invalid("Value at 'partitionKey' must have 1 to 256 characters");
    }
    byte[] data = parameters.requiredBytes("Data");
    Optional<BigInteger> hash = parameters.text("ExplicitHashKey").map(KinesisWrites::hash);
    Entry entry = new Entry(stream.shardOf(key, hash), key, data);
    if (entry.size() > MAXIMUM_RECORD_BYTES) {
      throw JsonParameters.invalid("Value at 'data' must have at most 1048576 bytes with its key");
    }
    return entry;
  }

  private static BigInteger hash(String text) {
    if (!text.matches("0|[1-9]\\d{0,38}") || new BigInteger(text).bitLength() > 128) {
      throw new ServiceException(
          400, "InvalidArgumentException", "Invalid ExplicitHashKey. '" + text + "'");
    }
    return new BigInteger(text);
  }

  private record Entry(KinesisShard shard, String partitionKey, byte[] data) {
    int size() {
      return data.length + partitionKey.getBytes(StandardCharsets.UTF_8).length;
    }
  }
}
