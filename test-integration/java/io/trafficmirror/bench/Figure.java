package io.trafficmirror.bench;

import java.util.Locale;
import java.util.Optional;

/**
 * One thing that was measured.
 *
 * @param benchmark which benchmark it belongs to
 * @param what what was measured, and on what
 * @param value how much it is
 * @param unit of the value; empty text for a plain number
 * @param bound what it has to be; empty where it only is to be seen
 */
record Figure(String benchmark, String what, double value, String unit, Optional<Bound> bound) {

  /**
   * What a figure has to be.
   *
   * @param limit the physical or agreed limit, in the figure's unit
   * @param most how often the limit the value may be at most; for {@code atLeast} at least
   * @param atLeast whether more is better
   */
  record Bound(double limit, double most, boolean atLeast) {}

  static Figure seen(String benchmark, String what, double value, String unit) {
    return new Figure(benchmark, what, value, unit, Optional.empty());
  }

  /** At most so many times the limit. */
  static Figure atMost(
      String benchmark, String what, double value, String unit, double limit, double times) {
    return new Figure(benchmark, what, value, unit, Optional.of(new Bound(limit, times, false)));
  }

  /** At least the limit. */
  static Figure atLeast(String benchmark, String what, double value, String unit, double limit) {
    return new Figure(benchmark, what, value, unit, Optional.of(new Bound(limit, 1, true)));
  }

  /** The value over the limit; for a limit of zero 0 where it is kept, else the value. */
  Optional<Double> ratio() {
    return bound.map(b -> b.limit() == 0 ? value : value / b.limit());
  }

  boolean isKept() {
    return bound
        .map(
            b ->
                b.atLeast()
                    ? value >= b.limit() * b.most() - 1e-9
                    : value <= b.limit() * b.most() + 1e-9)
        .orElse(true);
  }

  /** The bound in words: {@code <= 1.05 x 1,990}. */
  String boundInWords() {
    return bound
        .map(
            b -> {
              String times = b.most() == 1 ? "" : number(b.most()) + " x ";
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
