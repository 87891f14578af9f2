package io.trafficmirror.embedded;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Lambda's contract for a function on a Kinesis stream, from the start of the stream: order by
 * partition key, batches, partial answers, bisecting, ages and attempts, and a failure bucket.
 *
 * <p>A shard has as many lanes as the parallelisation factor says. A record's lane is decided by
 * its partition key, a lane has one batch under way at a time, and what a batch gives back is
 * delivered again before anything newer of its lane.
 *
 * <p>It either runs in the caller's thread, step by step ({@link #runOnce}, {@link #drain}), or in
 * threads of its own ({@link #start}). Safe for use by several threads.
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
   * Connects a function to a stream; nothing is read yet.
   *
   * @throws IllegalArgumentException where there is no such stream
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
   * Reads every shard and invokes the function once for each lane whose batch is due, shard by
   * shard and lane by lane, in the caller's thread. What was given back is due at once.
   *
   * @return how many invocations there were
   * @throws IllegalStateException after {@link #start}
   */
  public int runOnce() {
    if (started()) {
      throw new IllegalStateException("The mapping runs in threads of its own");
    }
    findShards();
    shards.forEach(shard -> shard.gather(clock.instant()));
    int invocations = 0;
    for (ShardLanes shard : shards) {
      for (Lane lane : shard.lanes()) {
        invocations += step(lane) == Step.NOTHING_DUE ? 0 : 1;
      }
    }
    return invocations;
  }

  /**
   * Runs until nothing is due any more. Records that wait for the batching window are left.
   *
   * @param maximumInvocations how many invocations are enough
   * @return how many there were
   * @throws AssertionError where more than the maximum happened
   */
  public int drain(int maximumInvocations) {
    int sum = 0;
    int round = runOnce();
    while (round > 0) {
      sum += round;
      if (sum > maximumInvocations) {
        throw new AssertionError(
            "After " + sum + " invocations there is still work; the last ones: " + lastOnes());
      }
      round = runOnce();
    }
    return sum;
  }

  /** Whether nothing is unread, waiting, under way or given back. */
  public boolean idle() {
    int there = kinesis.find(streamName).map(stream -> stream.shards().size()).orElse(0);
    return there <= shards.size() && shards.stream().allMatch(ShardLanes::idle);
  }

  /**
   * Runs in threads of its own, one a lane, until it is closed. A batch that was given back is
   * delivered again after a short pause that grows with each failure.
   *
   * @throws IllegalStateException where it was started before
   */
  public void start() {
    start(Polling.atOnce());
  }

  /** The same by another clock, or as slowly as Lambda asks a shard for records. */
  public synchronized void start(Polling polling) {
    if (threads.isPresent()) {
      throw new IllegalStateException("The mapping was started before");
    }
    LaneThreads started =
        new LaneThreads(
            polling,
            polling.interval().isPositive() ? this::stepOnly : this::gatherAndStep,
            this::startNewShards);
    shards.forEach(started::add);
    kinesis.onAppend(wake);
    threads = Optional.of(started);
  }

  /** Every invocation so far, or since they were taken, in the order in which they ended. */
  public List<Delivered> deliveries() {
    return delivery.deliveries();
  }

  /** What {@link #deliveries} answers, which then begins anew: a long run counts as it goes. */
  public List<Delivered> takeDeliveries() {
    return delivery.takeDeliveries();
  }

  /** The shard and lane that a partition key belongs to, as one name. */
  public String laneOf(String partitionKey) {
    String shardId = kinesis.required(streamName).shardOf(partitionKey, Optional.empty()).id();
    return shards.stream()
        .filter(shard -> shard.shardId().equals(shardId))
        .map(shard -> shardId + " lane " + shard.lanes().indexOf(shard.laneOf(partitionKey)))
        .findFirst()
        .orElseThrow();
  }

  /** How many records were given up, for their age or after too many attempts. */
  public int dropped() {
    return delivery.dropped();
  }

  /** How many of the records given up could not be put into the failure bucket, hence are gone. */
  public int destinationDeliveryFailures() {
    return delivery.undelivered();
  }

  /** Ends the threads; waits for invocations under way for a while, then interrupts them. */
  @Override
  public synchronized void close() {
    kinesis.forget(wake);
    threads.ifPresent(LaneThreads::close);
  }

  /** What a step came to. */
  enum Step {
    NOTHING_DUE,
    DONE,
    GIVEN_BACK
  }

  private synchronized boolean started() {
    return threads.isPresent();
  }

  /**
   * Takes up the shards of the stream that are new, each once those that it was made from are done:
   * so the order of a key is kept.
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

  private Step stepOnly(ShardLanes shard, Lane lane) {
    return step(lane);
  }

  private Step gatherAndStep(ShardLanes shard, Lane lane) {
    shard.gather(clock.instant());
    return step(lane);
  }

  /** Delivers the lane's next batch; one that is too old as a whole makes way for the next. */
  private Step step(Lane lane) {
    Optional<Batch> next = lane.take(clock.instant());
    while (next.isPresent()) {
      List<Batch> back = List.of(next.get());
      try {
        Batch young = delivery.withoutOldOnes(next.get());
        back = young.size() == 0 ? List.of() : delivery.deliver(young);
        if (young.size() > 0) {
          return back.isEmpty() ? Step.DONE : Step.GIVEN_BACK;
        }
      } finally {
        lane.finish(back);
      }
      next = lane.take(clock.instant());
    }
    return Step.NOTHING_DUE;
  }

  private List<Delivered> lastOnes() {
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
