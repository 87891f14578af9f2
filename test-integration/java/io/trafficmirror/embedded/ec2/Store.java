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
 * All resources of a kind, now and in the past. A lookup takes constant time; a scan from a
 * position costs only what it visits.
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

  /** Adds an index by another attribute than the id. */
  Index<V> indexBy(Function<V, Collection<String>> keys) {
    Index<V> index = new Index<>(this, keys);
    indexes.add(index);
    return index;
  }

  void put(V value, Instant at) {
    forgetExpired(at);
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

  /** The current number of resources. */
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

  /** The ids after a position in the order, or all; some may be of deleted resources. */
  Collection<String> idsAfter(Optional<OrderKey> place) {
    return place.map(after -> order.tailMap(after, false)).orElse(order).values();
  }

  /** All current resources, in the order of results. */
  List<V> all() {
    List<V> all = new ArrayList<>(size);
    order.values().forEach(id -> now(id).ifPresent(all::add));
    return all;
  }

  private void forgetExpired(Instant at) {
    while (!gone.isEmpty()
        && !at.equals(Instant.MIN)
        && gone.peek().at().isBefore(at.minus(History.HORIZON))) {
      forget(gone.remove().key());
    }
  }

  private void forget(OrderKey key) {
    // The seeding API may have created it again under the same id.
    if (now(key.id()).isEmpty() && histories.remove(key.id()) != null) {
      order.remove(key);
      indexes.forEach(index -> index.drop(key.id()));
    }
  }
}
