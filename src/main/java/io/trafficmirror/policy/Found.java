package io.trafficmirror.policy;

import java.util.function.Function;

/** The value of a key in a mapping, as far as it could be read. */
sealed interface Found<T> {

  /**
   * A valid value.
   *
   * @param at where the value starts
   */
  record Good<T>(T value, Position at) implements Found<T> {}

  /** An invalid value; its problems have been reported. */
  record Bad<T>() implements Found<T> {}

  /** The template's placeholder, which counts as a missing value. */
  record Unfilled<T>(Position at) implements Found<T> {}

  /** The key is missing. */
  record Absent<T>() implements Found<T> {}

  /** Whether the file has a value, valid or not. */
  default boolean isGiven() {
    return this instanceof Good || this instanceof Bad;
  }

  /** Applies the function to a good value; returns anything else unchanged. */
  default <R> Found<R> then(Function<Good<T>, Found<R>> next) {
    return switch (this) {
      case Good<T> good -> next.apply(good);
      case Bad<T> bad -> new Bad<>();
      case Unfilled<T> unfilled -> new Unfilled<>(unfilled.at());
      case Absent<T> absent -> new Absent<>();
    };
  }
}
