package io.trafficmirror.embedded.ec2;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** The filters of one request, all of which must match. */
record Filters<V>(List<Criterion<V>> criteria) {

  /** One filter, which matches if any attribute matches any value. */
  record Criterion<V>(
      String name, BiFunction<V, View, Collection<String>> attribute, ValuePattern wanted) {}

  boolean match(V value, View view) {
    for (Criterion<V> criterion : criteria) {
      boolean any = false;
      for (String text : criterion.attribute().apply(value, view)) {
        any |= criterion.wanted().matches(text);
      }
      if (!any) {
        return false;
      }
    }
    return true;
  }

  /** The values of a filter, if the request has it and none of its values has a wildcard. */
  Optional<Set<String>> listed(String name) {
    return criteria.stream()
        .filter(criterion -> criterion.name().equals(name))
        .flatMap(criterion -> criterion.wanted().listed().stream())
        .findFirst();
  }
}
