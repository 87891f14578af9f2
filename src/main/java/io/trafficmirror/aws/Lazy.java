package io.trafficmirror.aws;

import java.util.Optional;
import java.util.function.Supplier;

/** Something that is made when it is first asked for, once. Safe for use by several threads. */
final class Lazy<T> {
  private final Supplier<T> maker;
  private Optional<T> made = Optional.empty();

  Lazy(Supplier<T> maker) {
    this.maker = maker;
  }

  /** What was made; a failure to make it is thrown, and may be repeated. */
  synchronized T get() {
    T value = made.orElseGet(maker);
    made = Optional.of(value);
    return value;
  }

  /** What was made, if it was, which is forgotten: the next one who asks gets a new one. */
  synchronized Optional<T> forget() {
    Optional<T> before = made;
    made = Optional.empty();
    return before;
  }
}
