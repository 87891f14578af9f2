package io.trafficmirror.embedded.ec2;

import io.trafficmirror.embedded.HttpCall;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The parameters of a Query request, or of one structure in it ({@code Filter.2.}). Lists are
 * numbered from 1; gaps are allowed.
 */
final class Parameters {

  private final Map<String, String> values;
  private final String prefix;

  private Parameters(Map<String, String> values, String prefix) {
    this.values = values;
    this.prefix = prefix;
  }

  /**
   * Parses the query string and the form body.
   *
   * @throws ApiException if the encoding is malformed or a name is repeated
   */
  static Parameters of(HttpCall call) {
    Map<String, String> values = new LinkedHashMap<>();
    decode(call.query(), values);
    decode(new String(call.body(), StandardCharsets.UTF_8), values);
    return new Parameters(values, "");
  }

  private static void decode(String encoded, Map<String, String> into) {
    for (String pair : encoded.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      try {
        name = URLDecoder.decode(name, StandardCharsets.UTF_8);
        if (into.put(name, URLDecoder.decode(value, StandardCharsets.UTF_8)) != null) {
          throw new ApiException(
              "MalformedQueryString", "The parameter %s comes twice".formatted(name));
        }
      } catch (IllegalArgumentException broken) {
        throw new ApiException("MalformedQueryString", "The query string is malformed");
      }
    }
  }

  Set<String> names() {
    return values.keySet();
  }

  /** The value, which may be empty. */
  Optional<String> text(String name) {
    return Optional.ofNullable(values.get(prefix + name));
  }

  /** The value, or an error if it is missing or empty. */
  String required(String name) {
    return text(name)
        .filter(value -> !value.isEmpty())
        .orElseThrow(() -> ApiException.missing(prefix + name));
  }

  Optional<Integer> integer(String name) {
    return text(name)
        .map(
            value -> {
              try {
                return Integer.valueOf(value);
              } catch (NumberFormatException notANumber) {
                throw ApiException.invalidValue(value, prefix + name);
              }
            });
  }

  int requiredInteger(String name) {
    return integer(name).orElseThrow(() -> ApiException.missing(prefix + name));
  }

  boolean flag(String name, boolean absent) {
    return text(name)
        .map(
            value ->
                switch (value) {
                  case "true" -> true;
                  case "false" -> false;
                  default -> throw ApiException.invalidValue(value, prefix + name);
                })
        .orElse(absent);
  }

  /** One of these values; by default the first. */
  String oneOf(String name, List<String> values) {
    String value = text(name).orElse(values.getFirst());
    if (!values.contains(value)) {
      throw ApiException.invalidValue(value, prefix + name);
    }
    return value;
  }

  /** The values of {@code name.1}, {@code name.2} and so on, by their numbers. */
  List<String> list(String name) {
    SortedMap<Integer, String> byNumber = new TreeMap<>();
    String start = prefix + name + ".";
    values.forEach(
        (key, value) -> {
          if (key.startsWith(start)) {
            number(key, start.length(), key.length()).ifPresent(n -> byNumber.put(n, value));
          }
        });
    return new ArrayList<>(byNumber.values());
  }

  /** The structures {@code name.1.}, {@code name.2.} and so on, by their numbers. */
  List<Parameters> structures(String name) {
    SortedMap<Integer, Map<String, String>> byNumber = new TreeMap<>();
    String start = prefix + name + ".";
    values.forEach(
        (key, value) -> {
          int dot = key.startsWith(start) ? key.indexOf('.', start.length()) : -1;
          if (dot > 0) {
            number(key, start.length(), dot)
                .ifPresent(
                    n ->
                        byNumber
                            .computeIfAbsent(n, ignored -> new LinkedHashMap<>())
                            .put(key, value));
          }
        });
    List<Parameters> all = new ArrayList<>();
    byNumber.forEach((number, own) -> all.add(new Parameters(own, start + number + ".")));
    return all;
  }

  private static Optional<Integer> number(String key, int from, int to) {
    String digits = key.substring(from, to);
    return digits.matches("[1-9][0-9]{0,4}")
        ? Optional.of(Integer.valueOf(digits))
        : Optional.empty();
  }

  /** The request in a canonical form, without the given and the common parameters. */
  String canonical(Set<String> without) {
    StringBuilder all = new StringBuilder();
    new TreeMap<>(values)
        .forEach(
            (name, value) -> {
              if (!without.contains(name) && !CommonParameters.isCommon(name)) {
                all.append(name.length()).append(':').append(name);
                all.append(value.length()).append(':').append(value);
              }
            });
    return all.toString();
  }
}
