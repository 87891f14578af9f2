package io.trafficmirror.port;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The program's only clock, which tests and benchmarks replace. Safe for use by several threads.
 */
public interface Time {

  /** The current time. */
  Instant now();

  /**
   * Sleeps.
   *
   * @param duration the time to sleep; returns at once if it is zero or negative
   * @throws InterruptedException if the thread is interrupted
   */
  void sleep(Duration duration) throws InterruptedException;

  /**
   * Takes the next element from a queue that another thread fills. This default implementation
   * waits in real time; a virtual clock overrides it.
   *
   * @param atMost the maximum time to wait; does not wait if it is zero or negative
   * @return the element; empty if none arrived in that time
   * @throws InterruptedException if the thread is interrupted
   */
  default <T> Optional<T> poll(BlockingQueue<T> queue, Duration atMost)
      throws InterruptedException {
    return Optional.ofNullable(queue.poll(atMost.toNanos(), TimeUnit.NANOSECONDS));
  }
}
