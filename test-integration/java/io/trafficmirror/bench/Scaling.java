package io.trafficmirror.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The growth of figures with the size of the fleet: the ratio between the largest and the smallest
 * fleet.
 */
final class Scaling {

  private static final String NAME = "scaling";

  /**
   * Matches a figure about a fleet. Groups: the prefix, the size, the conditions and the quantity.
   */
  private static final Pattern SIZED =
      Pattern.compile(
          "((?:backfill of |a run over )?)([0-9,]+)"
              + "( alone| beside a neighbour that takes half| that are mirrored)"
              + ": (time.*|calls per .*)");

  private Scaling() {}

  /** A figure for each quantity that was measured with several sizes. */
  static List<Figure> of(List<Figure> figures) {
    List<Figure> growth = new ArrayList<>();
    List<String> done = new ArrayList<>();
    for (Figure smallest : figures) {
      Matcher first = SIZED.matcher(smallest.what());
      if (!first.matches() || done.contains(key(smallest, first))) {
        continue;
      }
      done.add(key(smallest, first));
      Optional<Figure> largest =
          figures.reversed().stream()
              .filter(each -> matches(each, key(smallest, first)))
              .findFirst();
      if (largest.isPresent() && !largest.get().what().equals(smallest.what())) {
        Matcher last = SIZED.matcher(largest.get().what());
        String to = last.matches() ? last.group(2) : "";
        growth.add(
            Figure.informational(
                NAME,
                "%s, %s%s: %s, from %s to %s"
                    .formatted(
                        smallest.benchmark(),
                        first.group(1),
                        first.group(3).strip(),
                        first.group(4),
                        first.group(2),
                        to),
                largest.get().value() / smallest.value(),
                "times"));
      }
    }
    return growth;
  }

  private static boolean matches(Figure figure, String key) {
    Matcher matcher = SIZED.matcher(figure.what());
    return matcher.matches() && key(figure, matcher).equals(key);
  }

  private static String key(Figure figure, Matcher sized) {
    return String.join("|", figure.benchmark(), sized.group(1), sized.group(3), sized.group(4));
  }
}
