package io.trafficmirror.embedded.ec2;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * All things of a kind, as they are and as they were. Looking one up is a hash lookup; walking on
 * from a place in the order costs what is walked over.
 */
final class Store<V extends Stored> {

  private record Gone(OrderKey key, Instant at) {}

  private final long seed;
  private final Map<String, History<V>> histories = new HashMap<>();
  private final NavigableMap<OrderKey, String> order = new TreeMap<>();
  private final List<Index<V>> indexes = new ArrayList<>();
  private final Deque<Gone> gone = new ArrayDeque<>();
  private int size;

  Store(long seed) {
    this.seed = seed;
  }

  /** A way to find things by something else than their id. */
  Index<V> indexBy(Function<V, Collection<String>> keys) {
    Index<V> index = new Index<>(this, keys);
    indexes.add(index);
    return index;
  }

  void put(V value, Instant at) {
    forgetLongGone(at);
    History<V> history = histories.computeIfAbsent(value.id(), id -> new History<>());
    if (history.now().isEmpty()) {
      size++;
    }
    history.put(at, Optional.of(value));
    order.put(orderOf(value), value.id());
    indexes.forEach(index -> index.add(value));
  }

  void remove(String id, Instant at) {
    History<V> history = histories.get(id);
    if (history != null) {
      history
          .now()
          .ifPresent(
              last -> {
                size--;
                history.put(at, Optional.empty());
                gone.add(new Gone(orderOf(last), at));
              });
    }
  }

  /** How many there are now. */
  int size() {
    return size;
  }

  Optional<V> now(String id) {
    History<V> history = histories.get(id);
    return history == null ? Optional.empty() : history.now();
  }

  Optional<V> at(String id, View view) {
    History<V> history = histories.get(id);
    return history == null ? Optional.empty() : history.at(view);
  }

  OrderKey orderOf(V value) {
    return OrderKey.of(value, seed);
  }

  /** The ids behind a place in the order, or all; some may be of things that are not there. */
  Collection<String> idsAfter(Optional<OrderKey> place) {
    return place.map(after -> order.tailMap(after, false)).orElse(order).values();
  }

  /** Everything that is there now, in the order of answers. */
  List<V> all() {
    List<V> all = new ArrayList<>(size);
    order.values().forEach(id -> now(id).ifPresent(all::add));
    return all;
  }

  private void forgetLongGone(Instant at) {
    while (!gone.isEmpty()
        && !at.equals(Instant.MIN)
        && gone.peek().at().isBefore(at.minus(History.HORIZON))) {
      forget(gone.remove().key());
    }
  }

  private void forget(OrderKey key) {
    // It may have been made again under the same id, by the seeding API.
    if (now(key.id()).isEmpty() && histories.remove(key.id()) != null) {
      order.remove(key);
      indexes.forEach(index -> index.drop(key.id()));
    }
  }
}
