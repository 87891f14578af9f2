package io.trafficmirror.embedded;

import java.time.Duration;

/**
 * By which clock a mapping runs in threads of its own, and how often it asks a shard for records.
 *
 * @param clock what its waits go by; the same that embedded AWS goes by, unless that one stands
 *     still
 * @param interval how often a shard is asked (Lambda developer guide, Kinesis: once a second); zero
 *     where a record is to be seen at once
 */
public record Polling(SharedClock clock, Duration interval) {

  /** The system's clock, and records are seen at once. */
  public static Polling atOnce() {
    return new Polling(new SystemClock(), Duration.ZERO);
  }

  /** As Lambda does it: once a second. */
  public static Polling asLambda(SharedClock clock) {
    return new Polling(clock, Duration.ofSeconds(1));
  }
}
