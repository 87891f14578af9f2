package io.trafficmirror.embedded.ec2;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Finds the resources of a store by a key. It keeps every key that a resource ever had and looks up
 * the version in the store, so that it also works for the past.
 */
final class Index<V extends Stored> {

  private final Store<V> store;
  private final Function<V, Collection<String>> keys;
  private final Map<String, Set<String>> ids = new HashMap<>();
  private final Map<String, Set<String>> keysOf = new HashMap<>();

  Index(Store<V> store, Function<V, Collection<String>> keys) {
    this.store = store;
    this.keys = keys;
  }

  void add(V value) {
    for (String key : keys.apply(value)) {
      ids.computeIfAbsent(key, ignored -> new LinkedHashSet<>()).add(value.id());
      keysOf.computeIfAbsent(value.id(), ignored -> new LinkedHashSet<>()).add(key);
    }
  }

  void drop(String id) {
    Set<String> had = keysOf.remove(id);
    if (had != null) {
      for (String key : had) {
        ids.computeIfPresent(
            key, (ignored, left) -> left.remove(id) && left.isEmpty() ? null : left);
      }
    }
  }

  /** The resources with the key, in the order in which they first had it. */
  List<V> find(String key, View view) {
    List<V> found = new ArrayList<>();
    for (String id : ids.getOrDefault(key, Set.of())) {
      store.at(id, view).filter(value -> keys.apply(value).contains(key)).ifPresent(found::add);
    }
    return found;
  }
}
