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
 * The records of one lane of a shard. It has at most one batch in flight, and returned batches
 * precede newer records. Thread-safe.
 */
final class Lane {

  private final MappingSettings settings;
  private final Deque<Batch> returned = new ArrayDeque<>();
  private final Deque<BufferedRecord> waiting = new ArrayDeque<>();
  private final BlockingQueue<Boolean> signals = new ArrayBlockingQueue<>(1);
  private boolean inFlight;

  Lane(MappingSettings settings) {
    this.settings = settings;
  }

  /** Wakes the lane's thread; repeated signals coalesce. */
  void signal() {
    signals.offer(true);
  }

  BlockingQueue<Boolean> signals() {
    return signals;
  }

  synchronized void add(StoredRecord record, Instant now) {
    waiting.add(new BufferedRecord(record, now));
  }

  /**
   * Takes the next batch if one is due; the lane is then busy until {@link #finish}.
   *
   * @param now determines whether the batching window is over; returned batches are due immediately
   */
  synchronized Optional<Batch> take(Instant now) {
    if (inFlight) {
      return Optional.empty();
    }
    Optional<Batch> next =
        returned.isEmpty() ? nextFresh(now) : Optional.of(returned.removeFirst());
    inFlight = next.isPresent();
    return next;
  }

  /**
   * Ends the delivery that {@link #take} began; {@code back} are the batches to retry, in order.
   */
  synchronized void finish(List<Batch> back) {
    back.reversed().forEach(returned::addFirst);
    inFlight = false;
  }

  synchronized boolean idle() {
    return !inFlight && returned.isEmpty() && waiting.isEmpty();
  }

  /** The time until the batching window of the waiting records is over; empty if there are none. */
  synchronized Optional<Duration> untilDue(Instant now) {
    return waiting.isEmpty()
        ? Optional.empty()
        : Optional.of(Duration.between(now, windowEnd())).map(Lane::notNegative);
  }

  private static Duration notNegative(Duration duration) {
    return duration.isNegative() ? Duration.ZERO : duration;
  }

  private Optional<Batch> nextFresh(Instant now) {
    int count = 0;
    int bytes = 0;
    boolean full = false;
    for (BufferedRecord each : waiting) {
      bytes += KinesisEventJson.size(each.record);
      full = count == settings.batchSize() || bytes > KinesisEventJson.MAXIMUM_BYTES - 64;
      if (full) {
        break;
      }
      count++;
    }
    full = full || count == settings.batchSize();
    if (count == 0 || (!full && now.isBefore(windowEnd()))) {
      return Optional.empty();
    }
    List<StoredRecord> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      records.add(waiting.removeFirst().record);
    }
    return Optional.of(Batch.fresh(records));
  }

  private Instant windowEnd() {
    return waiting.getFirst().at.plus(settings.batchingWindow());
  }

  private record BufferedRecord(StoredRecord record, Instant at) {}
}
