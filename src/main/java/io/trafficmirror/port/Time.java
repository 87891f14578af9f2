package io.trafficmirror.port;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The only clock of the program, so that tests and benchmarks can bring their own. Safe for use by
 * several threads.
 */
public interface Time {

  /** The time now. */
  Instant now();

  /**
   * Waits.
   *
   * @param duration how long; zero and negative ones return at once
   * @throws InterruptedException where the thread is interrupted meanwhile
   */
  void sleep(Duration duration) throws InterruptedException;

  /**
   * Takes what another thread puts on a queue next. This one waits as long as the machine's clock
   * says; a clock that goes otherwise brings its own.
   *
   * @param atMost how long to wait for it; zero and negative ones do not wait
   * @return empty where nothing came in that time
   * @throws InterruptedException where the thread is interrupted meanwhile
   */
  default <T> Optional<T> poll(BlockingQueue<T> queue, Duration atMost)
      throws InterruptedException {
    return Optional.ofNullable(queue.poll(atMost.toNanos(), TimeUnit.NANOSECONDS));
  }
}
