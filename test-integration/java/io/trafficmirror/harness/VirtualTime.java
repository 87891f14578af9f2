package io.trafficmirror.harness;

import io.trafficmirror.port.Time;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;

/** A clock that advances only when a thread sleeps on it. Safe for use by several threads. */
public final class VirtualTime implements Time, InstantSource {

  /** The start time of every test. */
  public static final Instant START = Instant.parse("2026-11-24T10:00:00Z");

  private final List<Duration> pauses = new ArrayList<>();
  private Instant now = START;

  @Override
  public synchronized Instant now() {
    return now;
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  @Override
  public synchronized void sleep(Duration duration) {
    if (duration.isPositive()) {
      pauses.add(duration);
      now = now.plus(duration);
    }
  }

  /** The positive durations slept so far, oldest first. */
  public synchronized List<Duration> pauses() {
    return List.copyOf(pauses);
  }

  /**
   * Waits for the next element without advancing the clock, because running tasks take no virtual
   * time.
   */
  @Override
  public <T> Optional<T> poll(BlockingQueue<T> queue, Duration atMost) throws InterruptedException {
    return Optional.of(queue.take());
  }
}
