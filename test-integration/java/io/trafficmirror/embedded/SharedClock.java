package io.trafficmirror.embedded;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;

/**
 * The time that embedded AWS, the lanes of a mapping and the functions behind them share. Two live:
 * {@link SystemClock} takes as long as it takes, {@link VirtualClock} jumps over every wait. Safe
 * for use by several threads.
 */
public interface SharedClock extends InstantSource {

  /**
   * Waits.
   *
   * @param duration how long; zero and negative ones return at once
   * @throws InterruptedException where the thread is interrupted meanwhile
   * @throws ProcessKilled where the process that the thread belongs to was killed; a wait of zero
   *     asks for that as well
   */
  void sleep(Duration duration) throws InterruptedException;

  /**
   * Takes what comes next on a queue.
   *
   * @param atMost how long to wait for it
   * @return empty where nothing came in that time
   * @throws InterruptedException where the thread is interrupted meanwhile
   * @throws ProcessKilled as for {@link #sleep}
   */
  <T> Optional<T> poll(BlockingQueue<T> queue, Duration atMost) throws InterruptedException;

  /** Runs a task in a thread of its own, in the process of the thread that asks. */
  void start(String name, Runnable task);

  /** Runs a task in a process of its own, which can be killed with all threads that it starts. */
  Killable fork(String name, Runnable task);

  /** An executor that starts each task in a thread of its own. */
  default Executor executor() {
    return task -> start("task", task);
  }

  /** Threads that live and die together. */
  interface Killable {

    /**
     * Every thread of it gets {@link ProcessKilled} out of the wait that it is in, or out of its
     * next one. May be repeated.
     */
    void kill();

    /** Whether it was killed. */
    boolean isKilled();
  }

  /** What a thread of a killed process meets instead of the end of its wait. */
  final class ProcessKilled extends Error {

    private static final long serialVersionUID = 1L;

    ProcessKilled(String process) {
      super("the process " + process + " was killed");
    }
  }
}
