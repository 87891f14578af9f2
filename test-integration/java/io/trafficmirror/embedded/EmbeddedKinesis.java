package io.trafficmirror.embedded;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Embedded Kinesis Data Streams, in AWS JSON 1.1 and CBOR. A stream is active immediately, and
 * records stay until {@link #forgetBefore}. {@link Faults} and {@link #refuseEntries} simulate
 * throughput limits. Thread-safe.
 */
public final class EmbeddedKinesis implements AwsService {

  private final EmbeddedOptions options;
  private final Consumer<String> unsupported;
  private final Random random;
  private final Map<String, KinesisStream> streams = new ConcurrentHashMap<>();
  private final List<Consumer<StoredRecord>> listeners = new CopyOnWriteArrayList<>();
  private final KinesisReads reads;
  private final KinesisWrites writes;

  EmbeddedKinesis(EmbeddedOptions options, Consumer<String> unsupported) {
    this.options = options;
    this.unsupported = unsupported;
    this.random = new Random(options.seed());
    this.reads = new KinesisReads(this, options.clock());
    this.writes = new KinesisWrites(this);
  }

  /**
   * Creates a stream, which is active immediately.
   *
   * @param shards 1 to 1,000
   * @throws IllegalArgumentException if the name is taken
   */
  public void createStream(String name, int shards) {
    if (!make(name, shards, false)) {
      throw new IllegalArgumentException("Stream " + name + " already exists");
    }
  }

  /** The ARN of a stream of this name, whether it exists or not. */
  public String streamArn(String name) {
    return "arn:aws:kinesis:" + options.region() + ":" + options.account() + ":stream/" + name;
  }

  /**
   * All records of a stream, shard by shard, in order within each shard.
   *
   * @throws IllegalArgumentException if the stream does not exist
   */
  public List<StoredRecord> records(String stream) {
    List<StoredRecord> all = new ArrayList<>();
    for (KinesisShard shard : required(stream).shards()) {
      all.addAll(shard.read(0, Integer.MAX_VALUE / 2));
    }
    return all;
  }

  /**
   * The number of records ever put on a stream, including expired ones.
   *
   * @throws IllegalArgumentException if the stream does not exist
   */
  public int count(String stream) {
    return required(stream).shards().stream().mapToInt(KinesisShard::size).sum();
  }

  /**
   * Removes the records that arrived before a moment, as a stream does after the retention period.
   *
   * @throws IllegalArgumentException if the stream does not exist
   */
  public void forgetBefore(String stream, Instant moment) {
    required(stream).shards().forEach(shard -> shard.forgetBefore(moment));
  }

  /**
   * Puts one record without an API call, so without hook and faults.
   *
   * @return its sequence number
   * @throws IllegalArgumentException if the stream does not exist
   */
  public String put(String stream, String partitionKey, byte[] data) {
    return append(required(stream), partitionKey, data).sequenceNumber();
  }

  /** The ids of the stream's open shards, by their hash key ranges. */
  public List<String> openShards(String stream) {
    return required(stream).shards().stream()
        .filter(shard -> !shard.isClosed())
        .sorted(Comparator.comparing(KinesisShard::firstHash))
        .map(KinesisShard::id)
        .toList();
  }

  /**
   * Splits a shard in the middle, immediately.
   *
   * @throws IllegalArgumentException if there is no such open shard
   */
  public void splitShard(String stream, String shardId) {
    synchronized (random) {
      required(stream).split(shardId, random);
    }
  }

  /**
   * Merges two adjacent shards, immediately.
   *
   * @throws IllegalArgumentException if they are not open or not adjacent
   */
  public void mergeShards(String stream, String shardId, String otherId) {
    synchronized (random) {
      required(stream).merge(shardId, otherId, random);
    }
  }

  /**
   * Rejects the next entries of PutRecords individually, in a response with HTTP status 200.
   *
   * @param times the number of entries
   * @param code for example {@code ProvisionedThroughputExceededException}
   */
  public void refuseEntries(int times, String code) {
    writes.refuseEntries(times, code);
  }

  @Override
  public String signingName() {
    return "kinesis";
  }

  @Override
  public String action(HttpCall call) {
    return JsonFormat.action(call);
  }

  @Override
  public HttpReply handle(HttpCall call) {
    return JsonFormat.serve(
        call, signingName(), unsupported, parameters -> answer(action(call), parameters));
  }

  @Override
  public HttpReply error(HttpCall call, int status, String code, String message) {
    return JsonFormat.error(call, status, code, message);
  }

  private ObjectNode answer(String action, JsonParameters parameters) {
    return switch (action) {
      case "CreateStream" -> create(parameters);
      case "DeleteStream" -> delete(parameters);
      case "DescribeStreamSummary" -> reads.describeSummary(parameters);
      case "DescribeStream" -> reads.describe(parameters);
      case "ListShards" -> reads.listShards(parameters);
      case "GetShardIterator" -> reads.getShardIterator(parameters);
      case "GetRecords" -> reads.getRecords(parameters);
      case "PutRecord" -> writes.putRecord(parameters);
      case "PutRecords" -> writes.putRecords(parameters);
      default -> throw ServiceException.unsupported("the action");
    };
  }

  /** An on-demand stream starts with four shards (Kinesis API, CreateStream). */
  private ObjectNode create(JsonParameters parameters) {
    parameters.only("StreamName", "ShardCount", "StreamModeDetails");
    String name = parameters.requiredText("StreamName");
    if (!name.matches("[a-zA-Z0-9_.-]{1,128}")) {
      throw JsonParameters.invalid("Value '" + name + "' at 'streamName' is not a stream name");
    }
    String mode =
        parameters
            .object("StreamModeDetails")
            .map(details -> details.only("StreamMode").requiredText("StreamMode"))
            .orElse("PROVISIONED");
    boolean onDemand = mode.equals("ON_DEMAND");
    if (!onDemand && !mode.equals("PROVISIONED")) {
      throw JsonParameters.invalid("Value '" + mode + "' at 'streamMode' is not a stream mode");
    }
    int shards = parameters.integer("ShardCount", 1, 1000, onDemand ? 4 : 0);
    if (shards == 0) {
      throw JsonParameters.invalid("ShardCount must be given for a provisioned stream");
    }
    if (!make(name, shards, onDemand)) {
      throw new ServiceException(
          400, "ResourceInUseException", "Stream " + name + " already exists.");
    }
    return empty();
  }

  private ObjectNode delete(JsonParameters parameters) {
    parameters.only("StreamName", "StreamARN", "EnforceConsumerDeletion");
    streams.remove(stream(parameters).name());
    return empty();
  }

  private boolean make(String name, int count, boolean onDemand) {
    Instant now = options.clock().instant();
    synchronized (random) {
      KinesisStream stream =
          KinesisStream.create(name, streamArn(name), onDemand, now, count, random);
      return streams.putIfAbsent(name, stream) == null;
    }
  }

  /** The stream that a call refers to by name or ARN. */
  KinesisStream stream(JsonParameters parameters) {
    Optional<String> arn = parameters.text("StreamARN");
    String name =
        arn.map(text -> text.substring(text.indexOf('/') + 1))
            .orElseGet(() -> parameters.requiredText("StreamName"));
    return find(name)
        .filter(stream -> arn.isEmpty() || stream.arn().equals(arn.get()))
        .orElseThrow(() -> notFound(arn.orElse(name)));
  }

  ServiceException notFound(String name) {
    return new ServiceException(
        400,
        "ResourceNotFoundException",
        "Stream " + name + " under account " + options.account() + " not found.");
  }

  Optional<KinesisStream> find(String name) {
    return Optional.ofNullable(streams.get(name));
  }

  KinesisStream required(String name) {
    return find(name)
        .orElseThrow(() -> new IllegalArgumentException("Stream " + name + " does not exist"));
  }

  StoredRecord append(KinesisStream stream, String partitionKey, byte[] data) {
    return append(stream.shardOf(partitionKey, Optional.empty()), partitionKey, data);
  }

  StoredRecord append(KinesisShard shard, String partitionKey, byte[] data) {
    StoredRecord record = shard.append(partitionKey, data, options.clock().instant());
    listeners.forEach(listener -> listener.accept(record));
    return record;
  }

  /** Calls {@code listener} with each new record of every stream; it must return quickly. */
  void onAppend(Consumer<StoredRecord> listener) {
    listeners.add(listener);
  }

  void forget(Consumer<StoredRecord> listener) {
    listeners.remove(listener);
  }

  static ObjectNode empty() {
    return JsonNodeFactory.instance.objectNode();
  }
}
