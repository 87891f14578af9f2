package io.trafficmirror.aws;

import java.util.Optional;
import java.util.function.Supplier;

/** A value that is created once, on first use. Thread-safe. */
final class Lazy<T> {
  private final Supplier<T> supplier;
  private Optional<T> made = Optional.empty();

  Lazy(Supplier<T> supplier) {
    this.supplier = supplier;
  }

  /**
   * Returns the value and creates it if necessary; an exception from its creation is thrown, and a
   * later call tries again.
   */
  synchronized T get() {
    T value = made.orElseGet(supplier);
    made = Optional.of(value);
    return value;
  }

  /** Discards the value and returns it if it existed; the next {@link #get} creates a new one. */
  synchronized Optional<T> forget() {
    Optional<T> before = made;
    made = Optional.empty();
    return before;
  }
}
