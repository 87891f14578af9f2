package io.trafficmirror.policy;

import java.util.function.Function;

/** What a mapping holds under a key. */
sealed interface Found<T> {

  /**
   * A value of the right kind.
   *
   * @param at where the value starts
   */
  record Good<T>(T value, Position at) implements Found<T> {}

  /** A wrong one, about which everything was said. */
  record Bad<T>() implements Found<T> {}

  /** The template's placeholder, which counts as missing. */
  record Unfilled<T>(Position at) implements Found<T> {}

  /** Nothing. */
  record Absent<T>() implements Found<T> {}

  /** Whether somebody wrote a value, be it right or wrong. */
  default boolean isGiven() {
    return this instanceof Good || this instanceof Bad;
  }

  /** Goes on with a good value; everything else stays what it is. */
  default <R> Found<R> then(Function<Good<T>, Found<R>> next) {
    return switch (this) {
      case Good<T> good -> next.apply(good);
      case Bad<T> bad -> new Bad<>();
      case Unfilled<T> unfilled -> new Unfilled<>(unfilled.at());
      case Absent<T> absent -> new Absent<>();
    };
  }
}
