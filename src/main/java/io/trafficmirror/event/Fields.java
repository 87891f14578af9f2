package io.trafficmirror.event;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/**
 * The members of a JSON object, by what is wanted of them. A member that is null counts as missing:
 * AWS writes it that way. What an event cannot do without is asked for strictly; of the rest a
 * wrong type counts as missing, because the event is only a hint at the instance.
 *
 * @param path where the object is, for reasons; empty text for the event itself
 * @param members its members
 */
record Fields(String path, Map<String, Json> members) {

  /** No number that is asked for is longer; this keeps a hostile one cheap. */
  private static final int MAX_NUMBER_LENGTH = 32;

  private static final int MAX_EXCERPT = 40;

  /** Whether there is anything at this key. */
  boolean has(String key) {
    return value(key).isPresent();
  }

  /** The object at this key. */
  Fields object(String key) throws MalformedEventException {
    return optionalObject(key).orElseThrow(() -> misfit(key, "is missing"));
  }

  /** The object at this key, empty where it is missing; another type is an error. */
  Optional<Fields> optionalObject(String key) throws MalformedEventException {
    Optional<Json> value = value(key);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (value.get() instanceof Json.Obj object) {
      return Optional.of(new Fields(pathOf(key), object.members()));
    }
    throw misfit(key, "is not an object");
  }

  /** The object at this key, one without members where it is missing or of another type. */
  Fields anyObject(String key) {
    return new Fields(
        pathOf(key), members.get(key) instanceof Json.Obj object ? object.members() : Map.of());
  }

  /** The string at this key. */
  String text(String key) throws MalformedEventException {
    return optionalText(key).orElseThrow(() -> misfit(key, "is missing"));
  }

  /** The string at this key, empty where it is missing; another type is an error. */
  Optional<String> optionalText(String key) throws MalformedEventException {
    Optional<Json> value = value(key);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (value.get() instanceof Json.Text text) {
      return Optional.of(text.value());
    }
    throw misfit(key, "is not a string");
  }

  /** The string at this key, the empty text where it is missing or of another type. */
  String anyText(String key) {
    return members.get(key) instanceof Json.Text text ? text.value() : "";
  }

  /** The whole number at this key, {@code missing} where there is none. */
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
    throw misfit(key, "is not a whole number from %d to %d".formatted(min, max));
  }

  /** Whether the value at this key says true, as a boolean or as the string of that name. */
  boolean isTrue(String key) {
    return (members.get(key) instanceof Json.Bool bool && bool.value())
        || anyText(key).equals("true");
  }

  /** What is wrong with the value at this key. */
  MalformedEventException misfit(String key, String what) {
    return new MalformedEventException("%s %s.".formatted(pathOf(key), what));
  }

  /** What is wrong with the string at this key, with an excerpt of it. */
  MalformedEventException misfit(String key, String what, String found) {
    return misfit(key, "%s: '%s'".formatted(what, Excerpt.of(found, MAX_EXCERPT)));
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
