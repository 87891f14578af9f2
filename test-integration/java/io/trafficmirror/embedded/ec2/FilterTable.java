package io.trafficmirror.embedded.ec2;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * The filters of one Describe action. A documented filter that is missing here is unsupported; an
 * undocumented one is rejected as by AWS.
 */
final class FilterTable<V> {

  /** The maximum number of values in all filters of a request together (EC2 User Guide). */
  static final int MAXIMUM_VALUES = 200;

  private static final Set<String> DOCUMENTED = DataFiles.lines("documented-filters.txt");

  private final String action;
  private final Map<String, BiFunction<V, View, Collection<String>>> attributes =
      new LinkedHashMap<>();
  private Optional<Function<V, Map<String, String>>> tags = Optional.empty();
  private BooleanSupplier tagsWork = () -> true;

  FilterTable(String action) {
    this.action = action;
  }

  FilterTable<V> one(String name, Function<V, String> attribute) {
    attributes.put(name, (value, view) -> List.of(attribute.apply(value)));
    return this;
  }

  FilterTable<V> optional(String name, Function<V, Optional<String>> attribute) {
    attributes.put(name, (value, view) -> attribute.apply(value).map(List::of).orElse(List.of()));
    return this;
  }

  FilterTable<V> many(String name, BiFunction<V, View, Collection<String>> attribute) {
    attributes.put(name, attribute);
    return this;
  }

  /** Adds {@code tag:<key>} and {@code tag-key}. */
  FilterTable<V> tags(Function<V, Map<String, String>> of) {
    return tagsIf(() -> true, of);
  }

  FilterTable<V> tagsIf(BooleanSupplier work, Function<V, Map<String, String>> of) {
    tags = Optional.of(of);
    tagsWork = work;
    return this;
  }

  /** Parses the filters of a request. */
  Filters<V> compile(Parameters request) {
    List<Filters.Criterion<V>> criteria = new ArrayList<>();
    int values = 0;
    for (Parameters filter : request.structures("Filter")) {
      String name = filter.required("Name");
      List<String> wanted = filter.list("Value");
      values += wanted.size();
      if (values > MAXIMUM_VALUES) {
        throw new ApiException(
            "FilterLimitExceeded",
            "The maximum number of filter values specified on a single call is " + MAXIMUM_VALUES);
      }
      if (wanted.isEmpty()) {
        throw new ApiException(
            "InvalidParameterValue", "The filter '%s' has no values".formatted(name));
      }
      criteria.add(new Filters.Criterion<>(name, attribute(name), new ValuePattern(wanted)));
    }
    return new Filters<>(criteria);
  }

  private BiFunction<V, View, Collection<String>> attribute(String name) {
    BiFunction<V, View, Collection<String>> known = attributes.get(name);
    if (known != null) {
      return known;
    }
    if (tags.isPresent() && tagsWork.getAsBoolean()) {
      Function<V, Map<String, String>> of = tags.get();
      if (name.equals("tag-key")) {
        return (value, view) -> of.apply(value).keySet();
      }
      if (name.startsWith("tag:") && name.length() > 4) {
        String key = name.substring(4);
        return (value, view) -> Optional.ofNullable(of.apply(value).get(key)).stream().toList();
      }
    }
    String documented = name.startsWith("tag:") ? "tag:<key>" : name;
    if (DOCUMENTED.contains(action + " " + documented)) {
      throw new UnsupportedRequest("%s: filter %s".formatted(action, name));
    }
    throw new ApiException("InvalidParameterValue", "The filter '%s' is invalid".formatted(name));
  }
}
