package io.trafficmirror.soak;

import java.time.Duration;

/**
 * The options of a soak.
 *
 * @param minutes the duration on the virtual clock, at least {@link #MIN_MINUTES}
 * @param seed the random seed
 * @param meanLife the mean life of an instance, which determines the size of the fleet
 * @param betweenBackfills the time between the starts of backfill runs
 */
public record SoakOptions(int minutes, long seed, Duration meanLife, Duration betweenBackfills) {

  /** The minimum for a comparison of thirds. */
  public static final int MIN_MINUTES = 3;

  public static final int FULL_MINUTES = 60;

  /** For CI. */
  public static final int SHORT_MINUTES = 5;

  /** The minimum that Terraform accepts (backfill_interval_minutes). */
  private static final Duration SHORTEST_INTERVAL = Duration.ofMinutes(15);

  private static final Duration LONGEST_LIFE = Duration.ofMinutes(8);
  private static final Duration MIN_INTERVAL = Duration.ofSeconds(75);

  /**
   * The options for a duration. From 45 minutes on, the backfill interval is valid in Terraform;
   * shorter soaks have a smaller fleet and more runs.
   *
   * @throws IllegalArgumentException if there are too few minutes
   */
  public static SoakOptions of(int minutes, long seed) {
    if (minutes < MIN_MINUTES) {
      throw new IllegalArgumentException(
          "a soak takes " + MIN_MINUTES + " minutes or more, not " + minutes);
    }
    Duration all = Duration.ofMinutes(minutes);
    return new SoakOptions(
        minutes,
        seed,
        least(LONGEST_LIFE, all.dividedBy(4)),
        minutes >= 45 ? SHORTEST_INTERVAL : most(MIN_INTERVAL, all.dividedBy(4)));
  }

  private static Duration least(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private static Duration most(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }

  Duration duration() {
    return Duration.ofMinutes(minutes);
  }

  /** The size of the fleet when launches and terminations balance. */
  int fleet() {
    return (int) (meanLife.toSeconds() * FleetChurn.LAUNCHES_PER_SECOND);
  }
}
