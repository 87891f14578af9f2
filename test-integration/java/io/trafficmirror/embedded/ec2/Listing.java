package io.trafficmirror.embedded.ec2;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The common part of the Describe actions: explicit ids, filters, paging.
 *
 * <p>A filter with ids and without wildcards looks up only these resources instead of scanning the
 * store.
 */
final class Listing<V extends Stored> {

  /** A page, and the token of the next page if there is one. */
  record Page<V>(List<V> items, Optional<String> nextToken) {}

  /**
   * The limits of MaxResults.
   *
   * @param absent the default; empty for no limit
   */
  record Bounds(int minimum, int maximum, Optional<Integer> absent) {}

  private final World world;
  private final String action;
  private final Store<V> store;
  private final FilterTable<V> filters;
  private final Bounds bounds;
  private final Function<List<String>, ApiException> unknown;
  private final Map<String, BiFunction<String, View, Collection<V>>> indexes =
      new LinkedHashMap<>();
  private BiPredicate<V, View> visible = (value, view) -> true;

  Listing(
      World world,
      String action,
      Store<V> store,
      FilterTable<V> filters,
      Bounds bounds,
      Function<List<String>, ApiException> unknown) {
    this.world = world;
    this.action = action;
    this.store = store;
    this.filters = filters;
    this.bounds = bounds;
    this.unknown = unknown;
  }

  /** Declares a filter by the resources' own ids. */
  Listing<V> indexedById(String filter) {
    return indexed(filter, (id, view) -> store.at(id, view).stream().toList());
  }

  /** Declares a filter whose values have an index. */
  Listing<V> indexed(String filter, BiFunction<String, View, Collection<V>> lookup) {
    indexes.put(filter, lookup);
    return this;
  }

  /** Restricts the results. */
  Listing<V> visible(BiPredicate<V, View> condition) {
    visible = condition;
    return this;
  }

  /**
   * The requested page.
   *
   * @param ids the explicit ids, empty if there are none
   */
  Page<V> page(Parameters request, List<String> ids, View view) {
    Optional<Integer> size = size(request);
    Filters<V> wanted = filters.compile(request);
    String scope = action + PageTokens.digest(request.canonical(Set.of("MaxResults", "NextToken")));
    Optional<OrderKey> after =
        request.text("NextToken").map(token -> world.tokens().read(scope, token, world.now()));
    if (size.isPresent() && world.drawEmptyPage()) {
      OrderKey same = after.orElse(OrderKey.START);
      return new Page<>(List.of(), Optional.of(world.tokens().issue(scope, same, world.now())));
    }
    List<V> items = new ArrayList<>();
    Optional<OrderKey> next = walk(candidates(ids, wanted, after, view), wanted, size, view, items);
    return new Page<>(items, next.map(place -> world.tokens().issue(scope, place, world.now())));
  }

  private Optional<Integer> size(Parameters request) {
    Optional<Integer> requested = request.integer("MaxResults");
    requested.ifPresent(
        size -> {
          if (size < bounds.minimum() || size > bounds.maximum()) {
            throw new ApiException(
                "InvalidParameterValue",
                "Value ( %d ) for parameter maxResults is invalid. Expecting a value %s than %d."
                    .formatted(
                        size,
                        size < bounds.minimum() ? "greater" : "less",
                        size < bounds.minimum() ? bounds.minimum() : bounds.maximum()));
          }
        });
    return requested.or(bounds::absent);
  }

  /** Fills the page and returns the position of the next one, if there is one. */
  private Optional<OrderKey> walk(
      Iterator<V> candidates, Filters<V> wanted, Optional<Integer> size, View view, List<V> items) {
    boolean countsScanned = world.unverified().filtersAfterPaging();
    int scanned = 0;
    Optional<V> last = Optional.empty();
    while (candidates.hasNext()) {
      V candidate = candidates.next();
      boolean full = size.isPresent() && (countsScanned ? scanned : items.size()) >= size.get();
      boolean matches = (!full || !countsScanned) && wanted.match(candidate, view);
      if (full && (countsScanned || matches)) {
        return last.map(store::orderOf);
      }
      scanned++;
      if (matches) {
        items.add(candidate);
      }
      if (matches || countsScanned) {
        last = Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  private Iterator<V> candidates(
      List<String> ids, Filters<V> wanted, Optional<OrderKey> after, View view) {
    if (!ids.isEmpty()) {
      return inOrder(named(ids, view), after, view).iterator();
    }
    for (Map.Entry<String, BiFunction<String, View, Collection<V>>> index : indexes.entrySet()) {
      Optional<Set<String>> listed = wanted.listed(index.getKey());
      if (listed.isPresent()) {
        return inOrder(
                listed.get().stream()
                    .flatMap(value -> index.getValue().apply(value, view).stream()),
                after,
                view)
            .iterator();
      }
    }
    Stream<V> all = store.idsAfter(after).stream().flatMap(id -> store.at(id, view).stream());
    return all.filter(value -> visible.test(value, view)).iterator();
  }

  private Stream<V> named(List<String> ids, View view) {
    List<V> found = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (String id : ids) {
      store
          .at(id, view)
          .filter(value -> visible.test(value, view))
          .ifPresentOrElse(found::add, () -> missing.add(id));
    }
    if (!missing.isEmpty()) {
      throw unknown.apply(missing);
    }
    return found.stream();
  }

  private Collection<V> inOrder(Stream<V> values, Optional<OrderKey> after, View view) {
    NavigableMap<OrderKey, V> sorted = new TreeMap<>();
    values
        .filter(value -> visible.test(value, view))
        .forEach(value -> sorted.put(store.orderOf(value), value));
    return after.map(place -> sorted.tailMap(place, false)).orElse(sorted).values();
  }
}
