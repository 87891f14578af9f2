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

/**
 * Invokes the function for a batch and applies the mapping's settings to the outcome. Thread-safe.
 */
final class BatchDelivery {

  private final MappingSettings settings;
  private final LambdaFunction function;
  private final InstantSource clock;
  private final KinesisEventJson events;
  private final Optional<FailureDestination> destination;
  private final Random random;
  private final List<Delivered> deliveries = new ArrayList<>();
  private final AtomicInteger dropped = new AtomicInteger();
  private final AtomicInteger undelivered = new AtomicInteger();

  BatchDelivery(
      EmbeddedAws aws, String streamName, MappingSettings settings, LambdaFunction function) {
    this.settings = settings;
    this.function = function;
    this.clock = aws.options().clock();
    this.random = new Random(aws.options().seed() ^ streamName.hashCode());
    this.events =
        new KinesisEventJson(aws.kinesis().streamArn(streamName), aws.region(), aws.account());
    UUID id = nextId();
    this.destination =
        settings.failureBucket().map(it -> new FailureDestination(aws.s3(), it, id, events));
  }

  List<Delivered> deliveries() {
    synchronized (deliveries) {
      return List.copyOf(deliveries);
    }
  }

  List<Delivered> takeDeliveries() {
    synchronized (deliveries) {
      List<Delivered> taken = List.copyOf(deliveries);
      deliveries.clear();
      return taken;
    }
  }

  int dropped() {
    return dropped.get();
  }

  int undelivered() {
    return undelivered.get();
  }

  /**
   * Discards the records that exceed the maximum age and returns the rest, which may be an empty
   * batch.
   */
  Batch discardExpired(Batch batch) {
    int old = batch.arrivedBefore(clock.instant().minus(settings.maximumRecordAge()));
    if (old > 0) {
      discard(batch.part(0, old), FailureDestination.TOO_OLD);
    }
    return batch.part(old, batch.size());
  }

  /** Invokes the function once and returns the batches to retry, in order. */
  List<Batch> deliver(Batch batch) {
    BatchAnswer answer = invoke(batch);
    record(batch, answer);
    return switch (answer) {
      case BatchAnswer.Done done -> List.of();
      case BatchAnswer.From from -> partiallyFailed(batch, from.position());
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
   * The records before the position are processed. If bisecting is on, this cut counts as a split,
   * which does not use up a retry; a response that returns the whole batch always does.
   */
  private List<Batch> partiallyFailed(Batch batch, int position) {
    boolean split = settings.bisectOnError() && position > 0;
    Batch rest = batch.part(position, batch.size()).returned(!split, false);
    return retryUnlessExhausted(rest);
  }

  private List<Batch> failed(Batch batch) {
    if (settings.bisectOnError() && batch.size() > 1) {
      Batch whole = batch.returned(false, true);
      int middle = (batch.size() + 1) / 2;
      return List.of(whole.part(0, middle), whole.part(middle, batch.size()));
    }
    return retryUnlessExhausted(batch.returned(true, true));
  }

  private List<Batch> retryUnlessExhausted(Batch batch) {
    int most = settings.maximumRetryAttempts();
    if (most >= 0 && batch.failures() > most) {
      discard(batch, FailureDestination.RETRIES_EXHAUSTED);
      return List.of();
    }
    return List.of(batch);
  }

  private void discard(Batch batch, String condition) {
    boolean stored =
        destination.isEmpty()
            || destination.get().store(batch, condition, nextId(), clock.instant());
    if (!stored) {
      undelivered.addAndGet(batch.size());
    }
    dropped.addAndGet(batch.size());
  }

  private void record(Batch batch, BatchAnswer answer) {
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

  private UUID nextId() {
    synchronized (random) {
      return new UUID(random.nextLong(), random.nextLong());
    }
  }
}
