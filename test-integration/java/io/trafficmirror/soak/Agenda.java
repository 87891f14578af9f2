package io.trafficmirror.soak;

import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/** What is to happen later. For one thread. */
final class Agenda {

  private record Item(Instant at, long number, boolean begun, Runnable what) {}

  private final PriorityQueue<Item> items =
      new PriorityQueue<>(Comparator.comparing(Item::at).thenComparingLong(Item::number));
  private long last;

  /** Something new. */
  void plan(Instant at, Runnable what) {
    items.add(new Item(at, last++, false, what));
  }

  /** The end of something that has begun, which comes even when nothing new is to begin. */
  void finish(Instant at, Runnable what) {
    items.add(new Item(at, last++, true, what));
  }

  /** Does what is due. */
  void run(Instant now) {
    while (!items.isEmpty() && !items.element().at().isAfter(now)) {
      items.remove().what().run();
    }
  }

  /** Nothing new is to begin. */
  void beginNothing() {
    items.removeIf(item -> !item.begun());
  }

  boolean isEmpty() {
    return items.isEmpty();
  }
}
