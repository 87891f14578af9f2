package io.trafficmirror.embedded;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Lambda's event source mapping between a Kinesis stream, read from TRIM_HORIZON, and a function:
 * order by partition key, batches, partial batch responses, bisecting, maximum age and retries, and
 * a failure bucket.
 *
 * <p>A shard has as many lanes as the parallelization factor. The partition key determines a
 * record's lane. A lane has at most one batch in flight, and returned records are delivered again
 * before newer records of the lane.
 *
 * <p>It runs either step by step in the caller's thread ({@link #runOnce}, {@link #drain}) or in
 * its own threads ({@link #start}). Thread-safe.
 */
public final class EventSourceMapping implements AutoCloseable {

  private final EmbeddedKinesis kinesis;
  private final String streamName;
  private final InstantSource clock;
  private final MappingSettings settings;
  private final List<ShardLanes> shards = new CopyOnWriteArrayList<>();
  private final BatchDelivery delivery;
  private final Consumer<StoredRecord> wake = this::wake;
  private Optional<LaneThreads> threads = Optional.empty();

  /**
   * Connects a function to a stream without reading it.
   *
   * @throws IllegalArgumentException if the stream does not exist
   */
  public EventSourceMapping(
      EmbeddedAws aws, String streamName, MappingSettings settings, LambdaFunction function) {
    this.kinesis = aws.kinesis();
    this.streamName = streamName;
    this.clock = aws.options().clock();
    this.settings = settings;
    kinesis.required(streamName);
    findShards();
    this.delivery = new BatchDelivery(aws, streamName, settings, function);
  }

  /**
   * Reads every shard and invokes the function once for each lane with a due batch, shard by shard
   * and lane by lane, in the caller's thread. Returned records are due immediately.
   *
   * @return the number of invocations
   * @throws IllegalStateException after {@link #start}
   */
  public int runOnce() {
    if (started()) {
      throw new IllegalStateException("The mapping runs in its own threads");
    }
    findShards();
    shards.forEach(shard -> shard.readNew(clock.instant()));
    int invocations = 0;
    for (ShardLanes shard : shards) {
      for (Lane lane : shard.lanes()) {
        invocations += deliverNext(lane) == DeliveryResult.NOTHING_DUE ? 0 : 1;
      }
    }
    return invocations;
  }

  /**
   * Runs until no batch is due. Records that wait for the batching window are left.
   *
   * @param maximumInvocations the maximum number of invocations
   * @return the number of invocations
   * @throws AssertionError if the maximum is exceeded
   */
  public int drain(int maximumInvocations) {
    int sum = 0;
    int round = runOnce();
    while (round > 0) {
      sum += round;
      if (sum > maximumInvocations) {
        throw new AssertionError(
            "After "
                + sum
                + " invocations, batches are still due; the last ones: "
                + lastDeliveries());
      }
      round = runOnce();
    }
    return sum;
  }

  /** Whether no record is unread, waiting, in flight or returned. */
  public boolean idle() {
    int existing = kinesis.find(streamName).map(stream -> stream.shards().size()).orElse(0);
    return existing <= shards.size() && shards.stream().allMatch(ShardLanes::idle);
  }

  /**
   * Runs in its own threads, one per lane, until closed. A returned batch is delivered again after
   * a short pause that grows with each failure.
   *
   * @throws IllegalStateException if it was already started
   */
  public void start() {
    start(Polling.atOnce());
  }

  /** Like {@link #start()}, with a different clock or Lambda's polling interval. */
  public synchronized void start(Polling polling) {
    if (threads.isPresent()) {
      throw new IllegalStateException("The mapping is already started");
    }
    LaneThreads started =
        new LaneThreads(
            polling,
            polling.interval().isPositive() ? this::deliverOnly : this::readAndDeliver,
            this::startNewShards);
    shards.forEach(started::add);
    kinesis.onAppend(wake);
    threads = Optional.of(started);
  }

  /**
   * Every invocation so far, or since the last {@link #takeDeliveries}, in the order of completion.
   */
  public List<Delivered> deliveries() {
    return delivery.deliveries();
  }

  /** Returns {@link #deliveries} and clears them, for long runs. */
  public List<Delivered> takeDeliveries() {
    return delivery.takeDeliveries();
  }

  /** The shard and lane of a partition key, as one name. */
  public String laneOf(String partitionKey) {
    String shardId = kinesis.required(streamName).shardOf(partitionKey, Optional.empty()).id();
    return shards.stream()
        .filter(shard -> shard.shardId().equals(shardId))
        .map(shard -> shardId + " lane " + shard.lanes().indexOf(shard.laneOf(partitionKey)))
        .findFirst()
        .orElseThrow();
  }

  /** The number of records that were discarded because of their age or their number of retries. */
  public int dropped() {
    return delivery.dropped();
  }

  /**
   * The number of discarded records that are lost because they could not be written to the failure
   * bucket.
   */
  public int destinationDeliveryFailures() {
    return delivery.undelivered();
  }

  /** Stops the threads. Waits for invocations in flight for a while, then interrupts them. */
  @Override
  public synchronized void close() {
    kinesis.forget(wake);
    threads.ifPresent(LaneThreads::close);
  }

  enum DeliveryResult {
    NOTHING_DUE,
    SUCCEEDED,
    RETRY
  }

  private synchronized boolean started() {
    return threads.isPresent();
  }

  /**
   * Starts reading new shards, each once its parent shards are processed, which keeps the order of
   * a key.
   */
  private List<ShardLanes> findShards() {
    synchronized (shards) {
      List<ShardLanes> found = new ArrayList<>();
      for (KinesisShard shard :
          kinesis.find(streamName).map(KinesisStream::shards).orElse(List.of())) {
        boolean known = shards.stream().anyMatch(each -> each.shardId().equals(shard.id()));
        if (!known && shard.parents().stream().allMatch(this::isFinished)) {
          ShardLanes lanes = new ShardLanes(shard, settings);
          shards.add(lanes);
          found.add(lanes);
        }
      }
      return found;
    }
  }

  private boolean isFinished(String shardId) {
    return shards.stream().anyMatch(shard -> shard.shardId().equals(shardId) && shard.finished());
  }

  private void startNewShards(LaneThreads running) {
    findShards().forEach(running::add);
  }

  private DeliveryResult deliverOnly(ShardLanes shard, Lane lane) {
    return deliverNext(lane);
  }

  private DeliveryResult readAndDeliver(ShardLanes shard, Lane lane) {
    shard.readNew(clock.instant());
    return deliverNext(lane);
  }

  /** Delivers the lane's next batch, skipping batches that are too old as a whole. */
  private DeliveryResult deliverNext(Lane lane) {
    Optional<Batch> next = lane.take(clock.instant());
    while (next.isPresent()) {
      List<Batch> back = List.of(next.get());
      try {
        Batch fresh = delivery.discardExpired(next.get());
        back = fresh.size() == 0 ? List.of() : delivery.deliver(fresh);
        if (fresh.size() > 0) {
          return back.isEmpty() ? DeliveryResult.SUCCEEDED : DeliveryResult.RETRY;
        }
      } finally {
        lane.finish(back);
      }
      next = lane.take(clock.instant());
    }
    return DeliveryResult.NOTHING_DUE;
  }

  private List<Delivered> lastDeliveries() {
    List<Delivered> all = deliveries();
    return all.subList(Math.max(0, all.size() - 3), all.size());
  }

  private void wake(StoredRecord record) {
    for (ShardLanes shard : shards) {
      if (shard.shardId().equals(record.shardId())) {
        shard.laneOf(record.partitionKey()).signal();
      }
    }
  }
}
