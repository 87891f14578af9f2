package io.trafficmirror.soak;

import java.time.Duration;

/**
 * One soak.
 *
 * @param minutes how long it goes on by the embedded clock, at least {@link #LEAST_MINUTES}
 * @param seed of everything that looks random
 * @param meanLife how long instances live, on average; the fleet is as large as that makes it
 * @param betweenBackfills how long after a run was started the next one is
 */
public record SoakOptions(int minutes, long seed, Duration meanLife, Duration betweenBackfills) {

  /** In less there is no third to compare with another. */
  public static final int LEAST_MINUTES = 3;

  /** What is asked for: an hour. */
  public static final int FULL_MINUTES = 60;

  /** For CI. */
  public static final int SHORT_MINUTES = 5;

  /** The shortest time between runs that Terraform takes (backfill_interval_minutes). */
  private static final Duration SHORTEST_INTERVAL = Duration.ofMinutes(15);

  private static final Duration LONGEST_LIFE = Duration.ofMinutes(8);
  private static final Duration LEAST_INTERVAL = Duration.ofSeconds(75);

  /**
   * The options that go with a length: from 45 minutes on as Terraform allows it; shorter ones have
   * a smaller fleet and more runs.
   *
   * @throws IllegalArgumentException where the minutes are too few
   */
  public static SoakOptions of(int minutes, long seed) {
    if (minutes < LEAST_MINUTES) {
      throw new IllegalArgumentException(
          "a soak takes " + LEAST_MINUTES + " minutes or more, not " + minutes);
    }
    Duration all = Duration.ofMinutes(minutes);
    return new SoakOptions(
        minutes,
        seed,
        least(LONGEST_LIFE, all.dividedBy(4)),
        minutes >= 45 ? SHORTEST_INTERVAL : most(LEAST_INTERVAL, all.dividedBy(4)));
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

  /** How many instances live when as many end as are launched. */
  int fleet() {
    return (int) (meanLife.toSeconds() * Life.LAUNCHES_PER_SECOND);
  }
}
