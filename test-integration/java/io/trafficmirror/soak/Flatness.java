package io.trafficmirror.soak;

import java.util.List;

/**
 * Checks that a series has stopped growing: the median of its last third is at most {@link
 * #MAX_RATIO} times that of the middle third, or exceeds it by at most the slack. The first third
 * allows caches to fill; medians ignore the peaks of batches in progress.
 *
 * @param middle the median of the middle third
 * @param last the median of the last third
 * @param slack an increase that does not count as growth
 */
record Flatness(long middle, long last, long slack) {

  static final double MAX_RATIO = 1.05;

  /** The minimum for a comparison. */
  static final int MIN_SAMPLES = 6;

  static Flatness of(List<Long> values, long slack) {
    if (values.size() < MIN_SAMPLES) {
      throw new IllegalArgumentException(
          "%d samples are too few: %d or more".formatted(values.size(), MIN_SAMPLES));
    }
    int third = values.size() / 3;
    int end = values.size();
    return new Flatness(
        median(values.subList(end - 2 * third, end - third)),
        median(values.subList(end - third, end)),
        slack);
  }

  private static long median(List<Long> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  double ratio() {
    return (double) last / middle;
  }

  boolean isFlat() {
    return ratio() <= MAX_RATIO || last - middle <= slack;
  }
}
