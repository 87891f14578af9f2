package io.trafficmirror.embedded;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * What one lane of a shard holds. It has one batch under way at a time, and what a batch gives back
 * goes before everything newer. Safe for use by several threads.
 */
final class Lane {

  private final MappingSettings settings;
  private final Deque<Batch> givenBack = new ArrayDeque<>();
  private final Deque<Gathered> waiting = new ArrayDeque<>();
  private final BlockingQueue<Boolean> signals = new ArrayBlockingQueue<>(1);
  private boolean underWay;

  Lane(MappingSettings settings) {
    this.settings = settings;
  }

  /** Tells whoever waits for work here that there may be some; once is as good as often. */
  void signal() {
    signals.offer(true);
  }

  BlockingQueue<Boolean> signals() {
    return signals;
  }

  synchronized void gather(StoredRecord record, Instant now) {
    waiting.add(new Gathered(record, now));
  }

  /**
   * Takes the next batch where one is due; the lane is then busy until {@link #finish}.
   *
   * @param now decides about the batching window; what was given back is due at once
   */
  synchronized Optional<Batch> take(Instant now) {
    if (underWay) {
      return Optional.empty();
    }
    Optional<Batch> next =
        givenBack.isEmpty() ? nextFresh(now) : Optional.of(givenBack.removeFirst());
    underWay = next.isPresent();
    return next;
  }

  /** Ends what {@link #take} began; {@code back} is what goes to the function again, in order. */
  synchronized void finish(List<Batch> back) {
    back.reversed().forEach(givenBack::addFirst);
    underWay = false;
  }

  synchronized boolean idle() {
    return !underWay && givenBack.isEmpty() && waiting.isEmpty();
  }

  /** How long until the batching window of what waits here is over; empty where nothing waits. */
  synchronized Optional<Duration> untilDue(Instant now) {
    return waiting.isEmpty()
        ? Optional.empty()
        : Optional.of(Duration.between(now, waitsUntil())).map(Lane::notNegative);
  }

  private static Duration notNegative(Duration duration) {
    return duration.isNegative() ? Duration.ZERO : duration;
  }

  private Optional<Batch> nextFresh(Instant now) {
    int count = 0;
    int bytes = 0;
    boolean full = false;
    for (Gathered each : waiting) {
      bytes += KinesisEventJson.size(each.record);
      full = count == settings.batchSize() || bytes > KinesisEventJson.MAXIMUM_BYTES - 64;
      if (full) {
        break;
      }
      count++;
    }
    full = full || count == settings.batchSize();
    if (count == 0 || (!full && now.isBefore(waitsUntil()))) {
      return Optional.empty();
    }
    List<StoredRecord> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      records.add(waiting.removeFirst().record);
    }
    return Optional.of(Batch.fresh(records));
  }

  private Instant waitsUntil() {
    return waiting.getFirst().at.plus(settings.batchingWindow());
  }

  private record Gathered(StoredRecord record, Instant at) {}
}
