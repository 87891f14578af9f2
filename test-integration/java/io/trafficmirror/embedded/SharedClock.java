package io.trafficmirror.embedded;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;

/**
 * The clock that embedded AWS, the lanes of a mapping and the functions share. {@link SystemClock}
 * runs in real time; {@link VirtualClock} skips every wait. Thread-safe.
 */
public interface SharedClock extends InstantSource {

  /**
   * Waits.
   *
   * @param duration how long; zero and negative values return immediately
   * @throws InterruptedException if the thread is interrupted
   * @throws ProcessKilled if the thread's process was killed, even for a wait of zero
   */
  void sleep(Duration duration) throws InterruptedException;

  /**
   * Takes the next element of a queue.
   *
   * @param atMost how long to wait for it
   * @return empty after a timeout
   * @throws InterruptedException if the thread is interrupted
   * @throws ProcessKilled as for {@link #sleep}
   */
  <T> Optional<T> poll(BlockingQueue<T> queue, Duration atMost) throws InterruptedException;

  /** Runs a task in a new thread in the caller's process. */
  void start(String name, Runnable task);

  /** Runs a task in a new process, which can be killed together with all threads that it starts. */
  Killable fork(String name, Runnable task);

  /** An executor that starts a new thread for each task. */
  default Executor executor() {
    return task -> start("task", task);
  }

  /** A simulated process: a group of threads that can be killed together. */
  interface Killable {

    /**
     * Makes each of its threads throw {@link ProcessKilled} from its current or next wait. May be
     * repeated.
     */
    void kill();

    /** Whether it was killed. */
    boolean isKilled();
  }

  /** Thrown from the wait of a thread whose process was killed. */
  final class ProcessKilled extends Error {

    private static final long serialVersionUID = 1L;

    ProcessKilled(String process) {
      super("the process " + process + " was killed");
    }
  }
}
