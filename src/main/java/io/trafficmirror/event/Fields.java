package io.trafficmirror.event;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/**
 * Typed access to the members of a JSON object. A null member counts as missing, because AWS writes
 * missing values as null. The strict accessors throw for required members. The lenient ones ({@code
 * any…}) treat a wrong type as missing, because an event only names an instance to reconcile.
 *
 * @param path the object's path, for error messages; an empty string for the event itself
 * @param members its members
 */
record Fields(String path, Map<String, Json> members) {

  /** Longer than any valid number; parsing a longer, hostile one would be expensive. */
  private static final int MAX_NUMBER_LENGTH = 32;

  private static final int MAX_EXCERPT = 40;

  /** Whether this key has a value. */
  boolean has(String key) {
    return value(key).isPresent();
  }

  /** The object under this key; missing or of another type is an error. */
  Fields object(String key) throws MalformedEventException {
    return optionalObject(key).orElseThrow(() -> invalid(key, "is missing"));
  }

  /** The object under this key, or empty if missing; another type is an error. */
  Optional<Fields> optionalObject(String key) throws MalformedEventException {
    Optional<Json> value = value(key);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (value.get() instanceof Json.Obj object) {
      return Optional.of(new Fields(pathOf(key), object.members()));
    }
    throw invalid(key, "is not an object");
  }

  /** The object under this key, or an empty object if it is missing or of another type. */
  Fields anyObject(String key) {
    return new Fields(
        pathOf(key), members.get(key) instanceof Json.Obj object ? object.members() : Map.of());
  }

  /** The string under this key; missing or of another type is an error. */
  String text(String key) throws MalformedEventException {
    return optionalText(key).orElseThrow(() -> invalid(key, "is missing"));
  }

  /** The string under this key, or empty if missing; another type is an error. */
  Optional<String> optionalText(String key) throws MalformedEventException {
    Optional<Json> value = value(key);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (value.get() instanceof Json.Text text) {
      return Optional.of(text.value());
    }
    throw invalid(key, "is not a string");
  }

  /** The string under this key, or an empty string if it is missing or of another type. */
  String anyText(String key) {
    return members.get(key) instanceof Json.Text text ? text.value() : "";
  }

  /** The integer under this key, or {@code missing} if the key has no value. */
  int integer(String key, int missing, int min, int max) throws MalformedEventException {
    Optional<Json> value = value(key);
    if (value.isEmpty()) {
      return missing;
    }
    if (value.get() instanceof Json.Num number) {
      Optional<Integer> whole = whole(number.literal());
      if (whole.isPresent() && whole.get() >= min && whole.get() <= max) {
        return whole.get();
      }
    }
    throw invalid(key, "is not a whole number from %d to %d".formatted(min, max));
  }

  /** Whether the value under this key is {@code true} or the string {@code "true"}. */
  boolean isTrue(String key) {
    return (members.get(key) instanceof Json.Bool bool && bool.value())
        || anyText(key).equals("true");
  }

  /** An exception that reports a problem with the value under this key. */
  MalformedEventException invalid(String key, String problem) {
    return new MalformedEventException("%s %s.".formatted(pathOf(key), problem));
  }

  /** An exception that reports a problem with the string under this key and quotes an excerpt. */
  MalformedEventException invalid(String key, String problem, String found) {
    return invalid(key, "%s: '%s'".formatted(problem, Excerpt.of(found, MAX_EXCERPT)));
  }

  private Optional<Json> value(String key) {
    return Optional.ofNullable(members.get(key)).filter(value -> !(value instanceof Json.Null));
  }

  private String pathOf(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private static Optional<Integer> whole(String literal) {
    if (literal.length() > MAX_NUMBER_LENGTH) {
      return Optional.empty();
    }
    try {
      return Optional.of(new BigDecimal(literal).intValueExact());
    } catch (NumberFormatException | ArithmeticException e) {
      return Optional.empty();
    }
  }
}
