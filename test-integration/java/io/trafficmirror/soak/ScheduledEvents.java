package io.trafficmirror.soak;

import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Future events in order of time. Not thread-safe. */
final class ScheduledEvents {

  private record Item(Instant at, long number, boolean isCompletion, Runnable event) {}

  private final PriorityQueue<Item> items =
      new PriorityQueue<>(Comparator.comparing(Item::at).thenComparingLong(Item::number));
  private long last;

  /** Schedules the start of something new; {@link #cancelStarts} removes it. */
  void scheduleStart(Instant at, Runnable event) {
    items.add(new Item(at, last++, false, event));
  }

  /** Schedules the completion of something that has started; it is never cancelled. */
  void scheduleCompletion(Instant at, Runnable event) {
    items.add(new Item(at, last++, true, event));
  }

  /** Runs all events that are due. */
  void runDue(Instant now) {
    while (!items.isEmpty() && !items.element().at().isAfter(now)) {
      items.remove().event().run();
    }
  }

  /** Cancels all scheduled starts. */
  void cancelStarts() {
    items.removeIf(item -> !item.isCompletion());
  }

  boolean isEmpty() {
    return items.isEmpty();
  }
}
