package io.trafficmirror.reconcile;

import java.time.Duration;
import java.time.Instant;

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
}
