package io.trafficmirror.soak;

import java.util.List;

/**
 * Whether a series of figures has stopped growing: the median of its last third is at most {@link
 * #MOST} times that of the third before, or a slack above it. The first third is for everything
 * that fills up once; medians pass over the peaks of batches under way.
 *
 * @param middle the median of the middle third
 * @param last the median of the last third
 * @param slack so much more is no growth
 */
record Flatness(long middle, long last, long slack) {

  static final double MOST = 1.05;

  /** Fewer are not worth a comparison. */
  static final int LEAST = 6;

  static Flatness of(List<Long> values, long slack) {
    if (values.size() < LEAST) {
      throw new IllegalArgumentException(
          "%d samples are too few: %d or more".formatted(values.size(), LEAST));
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
    return ratio() <= MOST || last - middle <= slack;
  }
}
