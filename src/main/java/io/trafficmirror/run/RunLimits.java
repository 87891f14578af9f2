package io.trafficmirror.run;

import java.time.Duration;

/**
 * The limits of a backfill run.
 *
 * @param maxPages the maximum number of pages
 * @param maxTime the maximum duration
 * @param maxRestarts the maximum number of restarts after EC2 refused a page token
 */
public record RunLimits(int maxPages, Duration maxTime, int maxRestarts) {

  /** The defaults: 2,000 pages, 24 hours, 3 restarts. */
  public static RunLimits defaults() {
    return new RunLimits(2_000, Duration.ofHours(24), 3);
  }
}
