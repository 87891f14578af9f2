package io.trafficmirror.embedded;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
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
  private final MappingSettings settings;
  private final LambdaFunction function;
  private final List<ShardLanes> shards;
  private final KinesisEventJson events;
  private final Optional<FailureDestination> destination;
  private final Random random;
  private final List<Delivered> deliveries = new ArrayList<>();
  private final AtomicInteger dropped = new AtomicInteger();
  private final AtomicInteger undelivered = new AtomicInteger();
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
    this.settings = settings;
    this.function = function;
    this.random = new Random(aws.options().seed() ^ streamName.hashCode());
    this.events = new KinesisEventJson(kinesis.streamArn(streamName), aws.region(), aws.account());
    this.shards =
        kinesis.required(streamName).shards().stream()
            .map(shard -> new ShardLanes(shard, settings))
            .toList();
    UUID id = nextId();
    this.destination =
        settings.failureBucket().map(it -> new FailureDestination(aws.s3(), it, id, events));
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
    synchronized (deliveries) {
      return List.copyOf(deliveries);
    }
  }

  /** How many records were given up, for their age or after too many attempts. */
  public int dropped() {
    return dropped.get();
  }

  /** How many of the records given up could not be put into the failure bucket, hence are gone. */
  public int destinationDeliveryFailures() {
    return undelivered.get();
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
        Batch young = withoutOldOnes(next.get());
        back = young.size() == 0 ? List.of() : deliver(young);
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

  private Batch withoutOldOnes(Batch batch) {
    int old = batch.arrivedBefore(clock.instant().minus(settings.maximumRecordAge()));
    if (old > 0) {
      giveUp(batch.part(0, old), FailureDestination.TOO_OLD);
    }
    return batch.part(old, batch.size());
  }

  /** Invokes the function once; returns what has to go to it again, in order. */
  private List<Batch> deliver(Batch batch) {
    BatchAnswer answer = invoke(batch);
    note(batch, answer);
    return switch (answer) {
      case BatchAnswer.Done done -> List.of();
      case BatchAnswer.From from -> partly(batch, from.position());
      case BatchAnswer.Errored errored -> failed(batch);
    };
  }

  @SuppressWarnings("CatchingUnchecked")
  private BatchAnswer invoke(Batch batch) {
    Instant start = clock.instant();
    LambdaFunction.Result result;
    try {
      result =
          function.invoke(
              events.of(batch.records()), nextId().toString(), settings.functionTimeout());
    } catch (Throwable thrown) {
      result = new LambdaFunction.Result.Failed(thrown.getClass().getName(), thrown.toString());
    }
    if (Duration.between(start, clock.instant()).compareTo(settings.functionTimeout()) > 0) {
      return new BatchAnswer.Errored("Sandbox.Timedout");
    }
    return switch (result) {
      case LambdaFunction.Result.Failed failed -> new BatchAnswer.Errored(failed.errorType());
      case LambdaFunction.Result.Returned returned ->
          settings.reportBatchItemFailures()
              ? BatchAnswer.read(returned.json(), batch)
              : new BatchAnswer.Done();
    };
  }

  /**
   * Everything before the position is done. With bisecting on, cutting there is a split, and splits
   * do not use up retries; an answer that gives the whole batch back always does.
   */
  private List<Batch> partly(Batch batch, int position) {
    boolean split = settings.bisectOnError() && position > 0;
    Batch rest = batch.part(position, batch.size()).returned(!split, false);
    return unlessExhausted(rest);
  }

  private List<Batch> failed(Batch batch) {
    if (settings.bisectOnError() && batch.size() > 1) {
      Batch whole = batch.returned(false, true);
      int middle = (batch.size() + 1) / 2;
      return List.of(whole.part(0, middle), whole.part(middle, batch.size()));
    }
    return unlessExhausted(batch.returned(true, true));
  }

  private List<Batch> unlessExhausted(Batch batch) {
    int most = settings.maximumRetryAttempts();
    if (most >= 0 && batch.failures() > most) {
      giveUp(batch, FailureDestination.RETRIES_EXHAUSTED);
      return List.of();
    }
    return List.of(batch);
  }

  private void giveUp(Batch batch, String condition) {
    boolean kept =
        destination.isEmpty()
            || destination.get().keep(batch, condition, nextId(), clock.instant());
    if (!kept) {
      undelivered.addAndGet(batch.size());
    }
    dropped.addAndGet(batch.size());
  }

  private void note(Batch batch, BatchAnswer answer) {
    String outcome =
        switch (answer) {
          case BatchAnswer.Done done -> "ok";
          case BatchAnswer.From from -> "from " + batch.sequenceNumbers().get(from.position());
          case BatchAnswer.Errored errored -> "failed " + errored.type();
        };
    String shardId = batch.records().getFirst().shardId();
    synchronized (deliveries) {
      deliveries.add(new Delivered(shardId, batch.sequenceNumbers(), outcome));
    }
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

  private UUID nextId() {
    synchronized (random) {
      return new UUID(random.nextLong(), random.nextLong());
    }
  }
}
