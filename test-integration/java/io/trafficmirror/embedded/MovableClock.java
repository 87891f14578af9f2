package io.trafficmirror.embedded;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is moved. Thread-safe. */
public final class MovableClock implements InstantSource {

  private Instant now;

  /** Starts at a moment. */
  public MovableClock(Instant start) {
    now = start;
  }

  /** Starts at noon of the first day of 2026, UTC. */
  public static MovableClock atNoon() {
    return new MovableClock(Instant.parse("2026-01-01T12:00:00Z"));
  }

  /** Moves the clock forwards, or backwards. */
  public synchronized void move(Duration by) {
    now = now.plus(by);
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }
}
