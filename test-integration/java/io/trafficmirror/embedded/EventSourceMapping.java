package io.trafficmirror.embedded;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
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
  private final InstantSource clock;
  private final List<ShardLanes> shards;
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
    this.clock = aws.options().clock();
    this.shards =
        kinesis.required(streamName).shards().stream()
            .map(shard -> new ShardLanes(shard, settings))
            .toList();
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
    return shards.stream().allMatch(ShardLanes::idle);
  }

  /**
   * Runs in threads of its own, one a lane, until it is closed. A batch that was given back is
   * delivered again after a short pause that grows with each failure.
   *
   * @throws IllegalStateException where it was started before
   */
  public synchronized void start() {
    if (threads.isPresent()) {
      throw new IllegalStateException("The mapping was started before");
    }
    kinesis.onAppend(wake);
    threads = Optional.of(LaneThreads.start(shards, this::gatherAndStep));
  }

  /** Every invocation so far, in the order in which they ended. */
  public List<Delivered> deliveries() {
    return delivery.deliveries();
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
        shard.laneOf(record.partitionKey()).signals().release();
      }
    }
  }
}
