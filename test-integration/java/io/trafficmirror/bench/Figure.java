package io.trafficmirror.bench;

import java.util.Locale;
import java.util.Optional;

/**
 * A measured value.
 *
 * @param benchmark the name of the benchmark
 * @param what the measured quantity and its conditions
 * @param value the value
 * @param unit the unit of the value; empty for a plain number
 * @param bound the bound; empty if the figure is informational
 */
record Figure(String benchmark, String what, double value, String unit, Optional<Bound> bound) {

  /**
   * The bound of a figure.
   *
   * @param limit the physical or agreed limit, in the unit of the figure
   * @param factor the factor of the limit up to which the value may go; for {@code atLeast}, below
   *     which it may not fall
   * @param atLeast whether this is a lower bound
   */
  record Bound(double limit, double factor, boolean atLeast) {}

  static Figure informational(String benchmark, String what, double value, String unit) {
    return new Figure(benchmark, what, value, unit, Optional.empty());
  }

  /** A figure that must be at most this number of times the limit. */
  static Figure atMost(
      String benchmark, String what, double value, String unit, double limit, double times) {
    return new Figure(benchmark, what, value, unit, Optional.of(new Bound(limit, times, false)));
  }

  /** A figure that must be at least the limit. */
  static Figure atLeast(String benchmark, String what, double value, String unit, double limit) {
    return new Figure(benchmark, what, value, unit, Optional.of(new Bound(limit, 1, true)));
  }

  /**
   * The ratio of the value to the limit; for a limit of zero, the value itself. Empty without a
   * bound.
   */
  Optional<Double> ratio() {
    return bound.map(b -> b.limit() == 0 ? value : value / b.limit());
  }

  boolean isKept() {
    return bound
        .map(
            b ->
                b.atLeast()
                    ? value >= b.limit() * b.factor() - 1e-9
                    : value <= b.limit() * b.factor() + 1e-9)
        .orElse(true);
  }

  /** The bound as text, such as {@code <= 1.05 x 1,990}. */
  String boundText() {
    return bound
        .map(
            b -> {
              String times = b.factor() == 1 ? "" : number(b.factor()) + " x ";
              return (b.atLeast() ? ">= " : "<= ") + times + number(b.limit());
            })
        .orElse("");
  }

  static String number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e12) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    return Math.abs(value) >= 100
        ? String.format(Locale.ROOT, "%,.1f", value)
        : String.format(Locale.ROOT, "%.3f", value);
  }
}
