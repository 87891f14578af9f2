package io.trafficmirror.embedded;

import java.time.Duration;

/**
 * How a started mapping polls.
 *
 * @param clock the clock of its waits; the same as embedded AWS's, unless that one stands still
 * @param interval the interval between polls of a shard (Lambda developer guide, Kinesis: once a
 *     second); zero to read each record immediately
 */
public record Polling(SharedClock clock, Duration interval) {

  /** The system clock; records are read immediately. */
  public static Polling atOnce() {
    return new Polling(new SystemClock(), Duration.ZERO);
  }

  /** Lambda's interval: once a second. */
  public static Polling asLambda(SharedClock clock) {
    return new Polling(clock, Duration.ofSeconds(1));
  }
}
