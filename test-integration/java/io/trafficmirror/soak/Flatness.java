package io.trafficmirror.soak;

import java.util.List;

/**
 * Whether a series of figures has stopped growing: the mean of its last third is at most {@link
 * #MOST} times that of the third before. The first third is for everything that fills up once.
 *
 * @param middle the mean of the middle third
 * @param last the mean of the last third
 */
record Flatness(double middle, double last) {

  static final double MOST = 1.05;

  /** Fewer are not worth a comparison. */
  static final int LEAST = 6;

  static Flatness of(List<Long> values) {
    if (values.size() < LEAST) {
      throw new IllegalArgumentException(
          "%d samples are too few: %d or more".formatted(values.size(), LEAST));
    }
    int third = values.size() / 3;
    int end = values.size();
    return new Flatness(
        mean(values.subList(end - 2 * third, end - third)), mean(values.subList(end - third, end)));
  }

  private static double mean(List<Long> values) {
    return values.stream().mapToLong(Long::longValue).average().orElseThrow();
  }

  double ratio() {
    return last / middle;
  }

  boolean isFlat() {
    return ratio() <= MOST;
  }
}
