package io.trafficmirror.run;

import java.time.Duration;

/**
 * The bounds of a backfill run.
 *
 * @param maxPages how many pages a run may have
 * @param maxTime how long a run may take
 * @param maxRestarts how often a run starts again because EC2 refused a token
 */
public record RunLimits(int maxPages, Duration maxTime, int maxRestarts) {

  /** What is used where nothing is set: 2,000 pages, 24 hours, 3 restarts. */
  public static RunLimits defaults() {
    return new RunLimits(2_000, Duration.ofHours(24), 3);
  }
}
