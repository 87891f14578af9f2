package io.trafficmirror.embedded;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalInt;

/** The read-only actions: descriptions, shard iterators, GetRecords. */
final class KinesisReads {

  /** Kinesis API, GetRecords: at most 10,000 records and 10 MiB a call. */
  private static final int MAXIMUM_RECORDS = 10_000;

  private static final int MAXIMUM_BYTES = 10 << 20;

  private final EmbeddedKinesis kinesis;
  private final InstantSource clock;

  KinesisReads(EmbeddedKinesis kinesis, InstantSource clock) {
    this.kinesis = kinesis;
    this.clock = clock;
  }

  ObjectNode describeSummary(JsonParameters parameters) {
    parameters.only("StreamName", "StreamARN");
    KinesisStream stream = kinesis.stream(parameters);
    ObjectNode answer = EmbeddedKinesis.empty();
    ObjectNode summary = answer.putObject("StreamDescriptionSummary");
    common(summary, stream, parameters.format());
    summary
        .put("OpenShardCount", stream.shards().stream().filter(s -> !s.isClosed()).count())
        .put("ConsumerCount", 0);
    return answer;
  }

  ObjectNode describe(JsonParameters parameters) {
    parameters.only("StreamName", "StreamARN", "Limit");
    KinesisStream stream = kinesis.stream(parameters);
    ObjectNode answer = EmbeddedKinesis.empty();
    ObjectNode description = answer.putObject("StreamDescription");
    common(description, stream, parameters.format());
    int limit = parameters.integer("Limit", 1, 10_000, 100);
    shards(description.putArray("Shards"), stream, limit);
    description.put("HasMoreShards", limit < stream.shards().size());
    return answer;
  }

  ObjectNode listShards(JsonParameters parameters) {
    parameters.only("StreamName", "StreamARN");
    KinesisStream stream = kinesis.stream(parameters);
    ObjectNode answer = EmbeddedKinesis.empty();
    shards(answer.putArray("Shards"), stream, stream.shards().size());
    return answer;
  }

  ObjectNode getShardIterator(JsonParameters parameters) {
    parameters.only(
        "StreamName",
        "StreamARN",
        "ShardId",
        "ShardIteratorType",
        "StartingSequenceNumber",
        "Timestamp");
    KinesisStream stream = kinesis.stream(parameters);
    String shardId = parameters.requiredText("ShardId");
    KinesisShard shard = stream.shard(shardId).orElseThrow(() -> noShard(stream, shardId));
    int position = position(shard, parameters);
    ObjectNode answer = EmbeddedKinesis.empty();
    answer.put("ShardIterator", token(stream, shard, position));
    return answer;
  }

  ObjectNode getRecords(JsonParameters parameters) {
    parameters.only("ShardIterator", "Limit", "StreamARN");
    Instant now = clock.instant();
    ShardIterator at = ShardIterator.read(parameters.requiredText("ShardIterator"), now);
    int limit = parameters.integer("Limit", 1, MAXIMUM_RECORDS, MAXIMUM_RECORDS);
    KinesisStream stream =
        kinesis.find(at.stream()).orElseThrow(() -> kinesis.notFound(at.stream()));
    KinesisShard shard =
        stream.shard(at.shardId()).orElseThrow(() -> noShard(stream, at.shardId()));
    ObjectNode answer = EmbeddedKinesis.empty();
    ArrayNode records = answer.putArray("Records");
    int bytes = 0;
    int position = at.position();
    for (StoredRecord record : shard.read(position, limit)) {
      bytes += record.data().length;
      if (bytes > MAXIMUM_BYTES) {
        break;
      }
      position++;
      ObjectNode entry = records.addObject();
      entry.put("SequenceNumber", record.sequenceNumber());
      entry.put("PartitionKey", record.partitionKey()).put("Data", record.data());
      entry.set("ApproximateArrivalTimestamp", parameters.format().time(record.arrivedAt()));
    }
    // The end of a closed shard has no next iterator (Kinesis API, GetRecords).
    if (!shard.isClosed() || position < shard.size()) {
      answer.put("NextShardIterator", token(stream, shard, position));
    }
    answer.put("MillisBehindLatest", behind(shard, position, now));
    return answer;
  }

  private static long behind(KinesisShard shard, int position, Instant now) {
    List<StoredRecord> next = shard.read(position, 1);
    return next.isEmpty()
        ? 0
        : Math.max(0, Duration.between(next.getFirst().arrivedAt(), now).toMillis());
  }

  private static int position(KinesisShard shard, JsonParameters parameters) {
    String type = parameters.requiredText("ShardIteratorType");
    return switch (type) {
      case "TRIM_HORIZON" -> 0;
      case "LATEST" -> shard.size();
      case "AT_SEQUENCE_NUMBER" -> numbered(shard, parameters);
      case "AFTER_SEQUENCE_NUMBER" -> after(shard, parameters);
      case "AT_TIMESTAMP" ->
          shard.positionFrom(
              parameters
                  .time("Timestamp")
                  .orElseThrow(() -> argument("Must specify timestamp for AT_TIMESTAMP")));
      default -> throw JsonParameters.invalid("Value '" + type + "' at 'shardIteratorType'");
    };
  }

  private static int after(KinesisShard shard, JsonParameters parameters) {
    int position = numbered(shard, parameters);
    String number = parameters.requiredText("StartingSequenceNumber");
    return number.equals(shard.startingSequenceNumber()) ? position : position + 1;
  }

  private static int numbered(KinesisShard shard, JsonParameters parameters) {
    String number =
        parameters
            .text("StartingSequenceNumber")
            .orElseThrow(() -> argument("Must specify startingSequenceNumber"));
    OptionalInt position = shard.positionOf(number);
    return position.orElseThrow(
        () -> argument("StartingSequenceNumber " + number + " is invalid in " + shard.id()));
  }

  private String token(KinesisStream stream, KinesisShard shard, int position) {
    return new ShardIterator(stream.name(), shard.id(), position, clock.instant()).token();
  }

  private static void common(ObjectNode description, KinesisStream stream, JsonFormat format) {
    description.put("StreamName", stream.name()).put("StreamARN", stream.arn());
    description.put("StreamStatus", "ACTIVE").put("RetentionPeriodHours", 24);
    description.put("EncryptionType", "NONE");
    description
        .putObject("StreamModeDetails")
        .put("StreamMode", stream.onDemand() ? "ON_DEMAND" : "PROVISIONED");
    description.set("StreamCreationTimestamp", format.time(stream.createdAt()));
    description.putArray("EnhancedMonitoring").addObject().putArray("ShardLevelMetrics");
  }

  private static void shards(ArrayNode array, KinesisStream stream, int limit) {
    for (KinesisShard shard : stream.shards().stream().limit(limit).toList()) {
      ObjectNode node = array.addObject().put("ShardId", shard.id());
      node.putObject("HashKeyRange")
          .put("StartingHashKey", shard.firstHash().toString())
          .put("EndingHashKey", shard.lastHash().toString());
      ObjectNode numbers = node.putObject("SequenceNumberRange");
      numbers.put("StartingSequenceNumber", shard.startingSequenceNumber());
      if (shard.isClosed()) {
        numbers.put("EndingSequenceNumber", shard.lastSequenceNumber());
      }
      shard.parents().stream().limit(1).forEach(id -> node.put("ParentShardId", id));
      shard.parents().stream().skip(1).forEach(id -> node.put("AdjacentParentShardId", id));
    }
  }

  private static ServiceException noShard(KinesisStream stream, String shardId) {
    return new ServiceException(
        400,
        "ResourceNotFoundException",
        "Shard " + shardId + " in stream " + stream.name() + " does not exist");
  }

  private static ServiceException argument(String message) {
    return new ServiceException(400, "InvalidArgumentException", message);
  }
}
