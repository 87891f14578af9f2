package io.trafficmirror.policy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The keys of one mapping, checked against the keys allowed there.
 *
 * <p>An unknown key is reported once. Its value is then read as the value of the closest known key,
 * so that a misspelling neither hides an error in the value nor causes a second error ("missing").
 * If a key is repeated, the first value is used; the others are reported without being read.
 */
final class Fields {
  /** The template's placeholder for a value that the user must fill in. */
  static final String PLACEHOLDER = "<INSERT_VALUE>";

  private final String place;
  private final Position at;
  private final Problems problems;
  private final Map<String, Field> fields = new HashMap<>();
  private boolean complete;

  private record Field(Position keyAt, Node value) {}

  private Fields(String place, Node.Pairs pairs, Problems problems) {
    this.place = place;
    this.at = pairs.at();
    this.problems = problems;
    this.complete = pairs.complete();
  }

  /**
   * Indexes the keys of a mapping and reports unknown and repeated ones.
   *
   * @param place the mapping's name, as the start of a message, for example {@code this entry}
   */
  static Fields of(String place, Node.Pairs pairs, List<String> known, Problems problems) {
    Fields fields = new Fields(place, pairs, problems);
    Map<String, Field> misspelt = new HashMap<>();
    for (Node.Pair pair : pairs.pairs()) {
      switch (pair.key()) {
        case Node.Text key when known.contains(key.text()) -> fields.put(key, pair.value());
        case Node.Text key ->
            fields
                .unknown(key, known)
                .forEach(meant -> misspelt.putIfAbsent(meant, new Field(key.at(), pair.value())));
        case Node.Reported key -> fields.complete = false;
        case Node.Items key -> fields.rejectKey(key);
        case Node.Pairs key -> fields.rejectKey(key);
      }
    }
    misspelt.forEach(fields.fields::putIfAbsent);
    return fields;
  }

  Position at() {
    return at;
  }

  /** A scalar as text; a list, a mapping or a missing value is reported. */
  Found<String> text(String key, String expected) {
    Field field = fields.get(key);
    if (field == null) {
      return complete ? new Found.Absent<>() : new Found.Bad<>();
    }
    return switch (field.value) {
      case Node.Reported value -> new Found.Bad<>();
      case Node.Text value when value.isNull() -> noValue(key, field, expected);
      case Node.Text value when value.text().equals(PLACEHOLDER) ->
          new Found.Unfilled<>(value.at());
      case Node.Text value -> new Found.Good<>(value.text(), value.at());
      case Node.Items value -> wrong(value, "'%s' is a list; expected %s", key, expected);
      case Node.Pairs value -> wrong(value, "'%s' is a mapping; expected %s", key, expected);
    };
  }

  /** Like {@link #text}, but also reports a value in quotes. */
  Found<String> plainText(String key, String expected) {
    Field field = fields.get(key);
    return field != null
            && field.value instanceof Node.Text value
            && !value.plain()
            && !value.text().equals(PLACEHOLDER)
        ? wrong(value, "'%s' is in quotes; expected %s", key, expected)
        : text(key, expected);
  }

  /** An id of the given kind; anything else is reported. */
  Found<String> id(String key, Id kind) {
    return text(key, kind.expected())
        .then(
            good ->
                kind.accepts(good.value())
                    ? good
                    : bad(
                        good.at(),
                        "'%s' is %s; expected %s"
                            .formatted(key, Words.quoted(good.value()), kind.expected())));
  }

  /** A list with at least one item; anything else is reported. */
  Found<List<Node>> list(String key, String expected) {
    Field field = fields.get(key);
    if (field == null) {
      return complete ? new Found.Absent<>() : new Found.Bad<>();
    }
    return switch (field.value) {
      case Node.Reported value -> new Found.Bad<>();
      case Node.Text value when value.isNull() -> noValue(key, field, expected);
      case Node.Text value when value.text().equals(PLACEHOLDER) ->
          new Found.Unfilled<>(value.at());
      case Node.Text value -> wrong(value, "'%s' is a single value; expected %s", key, expected);
      case Node.Items value when value.items().isEmpty() ->
          wrong(value, "'%s' is an empty list; expected %s", key, expected);
      case Node.Items value -> new Found.Good<>(value.items(), value.at());
      case Node.Pairs value -> wrong(value, "'%s' is a mapping; expected %s", key, expected);
    };
  }

  /** Whether the mapping has the key or a misspelling of it. */
  boolean has(String key) {
    return fields.containsKey(key);
  }

  /** The position of the key, or of the mapping if it lacks the key. */
  Position keyAt(String key) {
    Field field = fields.get(key);
    return field == null ? at : field.keyAt;
  }

  /** Reports a required key that is missing or still has the placeholder. */
  <T> Found<T> required(Found<T> found, String key, String expected) {
    return switch (found) {
      case Found.Good<T> good -> good;
      case Found.Bad<T> bad -> bad;
      case Found.Unfilled<T> unfilled -> bad(unfilled.at(), fillIn(key, expected));
      case Found.Absent<T> absent ->
          bad(at, "%s has no '%s'; expected %s".formatted(place, key, expected));
    };
  }

  /** The message about a placeholder that was not filled in. */
  static String fillIn(String key, String expected) {
    return "'%s' is still %s; fill in %s".formatted(key, PLACEHOLDER, expected);
  }

  private void put(Node.Text key, Node value) {
    Field first = fields.putIfAbsent(key.text(), new Field(key.at(), value));
    if (first != null) {
      problems.error(
          key.at(),
          "%s has '%s' twice, first on line %d; keep only one"
              .formatted(place, key.text(), first.keyAt.line()));
    }
  }

  /** Reports an unknown key and returns the known key that was probably meant, if any. */
  private Set<String> unknown(Node.Text key, List<String> known) {
    Set<String> meant = new TreeSet<>();
    Keys.nearest(key.text(), known).ifPresent(meant::add);
    String hint =
        meant.isEmpty()
            ? "known keys: " + String.join(", ", known)
            : "did you mean '%s'?".formatted(meant.iterator().next());
    problems.error(
        key.at(), "%s has the unknown key %s; %s".formatted(place, Words.quoted(key.text()), hint));
    return meant;
  }

  private void rejectKey(Node key) {
    problems.error(
        key.at(), "%s has a list or mapping as a key; expected a plain word".formatted(place));
  }

  private <T> Found<T> noValue(String key, Field field, String expected) {
    return bad(field.keyAt, "'%s' has no value; expected %s".formatted(key, expected));
  }

  private <T> Found<T> wrong(Node value, String what, String key, String expected) {
    return bad(value.at(), what.formatted(key, expected));
  }

  private <T> Found<T> bad(Position where, String what) {
    problems.error(where, what);
    return new Found.Bad<>();
  }
}
