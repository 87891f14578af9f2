package io.trafficmirror.embedded;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * A clock that skips waits. Only one of its threads runs at a time. When that thread waits, the
 * thread that is due next continues, and the clock jumps to its due time. An hour therefore takes
 * only as long as its work, and the same seed gives the same run, thread by thread, whatever the
 * load of the machine.
 *
 * <p>Threads use it within {@link #run} only, and may wait for each other only through this clock:
 * any other wait (for a lock that a sleeping thread holds, or for a socket) is a deadlock. They
 * therefore call embedded AWS through {@link EmbeddedAws#inProcessHttpClient}. Any thread may read
 * the time.
 */
public final class VirtualClock implements SharedClock, AutoCloseable {

  private static final ThreadLocal<@Nullable Participant> CURRENT = new ThreadLocal<>();

  private final ExecutorService threads =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("virtual-", 0).factory());
  private final PriorityQueue<Waiting> waiting =
      new PriorityQueue<>(
          Comparator.comparing((Waiting w) -> w.due).thenComparingLong(w -> w.number));
  private final List<Waiting> onQueues = new ArrayList<>();
  private final List<Throwable> failures = new ArrayList<>();
  private volatile Instant now;
  private boolean running;
  private volatile boolean closed;
  private long lastNumber;

  /** Starts at a moment. */
  public VirtualClock(Instant start) {
    now = start;
  }

  /** Starts at ten o'clock of a day in November 2026, UTC. */
  public VirtualClock() {
    this(Instant.parse("2026-11-24T10:00:00Z"));
  }

  @Override
  public Instant instant() {
    return now;
  }

  /**
   * Ends every thread that still waits on this clock, as if its process were killed. The clock
   * cannot run again. May be repeated.
   *
   * @throws IllegalStateException if the clock is running
   */
  @Override
  public synchronized void close() {
    if (running) {
      throw new IllegalStateException("the clock is running");
    }
    closed = true;
    waiting.forEach(each -> each.gate.release());
    waiting.clear();
    onQueues.clear();
    threads.shutdown();
  }

  /**
   * Runs the body in the calling thread, as the first thread of this clock. When it ends, the
   * waiting threads stay suspended.
   *
   * @throws IllegalStateException if another thread failed with an unexpected exception
   */
  public <T> T run(Callable<T> body) throws Exception {
    synchronized (this) {
      if (running || closed) {
        throw new IllegalStateException(
            closed ? "the clock is closed" : "the clock is already running");
      }
      running = true;
    }
    CURRENT.set(new Participant("main", Optional.empty()));
    try {
      T result = body.call();
      synchronized (this) {
        if (!failures.isEmpty()) {
          throw new IllegalStateException("a thread failed", failures.getFirst());
        }
      }
      return result;
    } finally {
      CURRENT.remove();
      synchronized (this) {
        running = false;
      }
    }
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    Participant caller = current();
    check(caller);
    if (duration.isPositive()) {
      await(caller, duration, Optional.empty());
    }
  }

  @Override
  public <T> Optional<T> poll(BlockingQueue<T> queue, Duration atMost) throws InterruptedException {
    Participant caller = current();
    check(caller);
    if (queue.isEmpty() && atMost.isPositive()) {
      await(caller, atMost, Optional.of(queue));
    }
    return Optional.ofNullable(queue.poll());
  }

  @Override
  public void start(String name, Runnable task) {
    launch(new Participant(name, current().group), task);
  }

  @Override
  public Killable fork(String name, Runnable task) {
    Group group = new Group(name);
    launch(new Participant(name, Optional.of(group)), task);
    return group;
  }

  private void launch(Participant participant, Runnable task) {
    Waiting turn = enqueue(participant, Duration.ZERO, Optional.empty());
    boolean launched = false;
    try {
      threads.execute(() -> runThread(participant, turn, task));
      launched = true;
    } finally {
      if (!launched) {
        // The machine is out of threads. A turn without a thread would block all others.
        withdraw(turn);
      }
    }
  }

  private synchronized void withdraw(Waiting turn) {
    waiting.remove(turn);
  }

  /** Runs a thread, which passes on the turn even if its task fails. */
  @SuppressWarnings("CatchingUnchecked")
  private void runThread(Participant participant, Waiting turn, Runnable task) {
    CURRENT.set(participant);
    turn.gate.acquireUninterruptibly();
    try {
      check(participant);
      task.run();
    } catch (ProcessKilled asPlanned) {
      // The process is gone; no other thread waits for this one.
    } catch (Throwable failure) {
      synchronized (this) {
        failures.add(failure);
      }
    } finally {
      CURRENT.remove();
      next();
    }
  }

  private void await(Participant caller, Duration atMost, Optional<BlockingQueue<?>> queue)
      throws InterruptedException {
    Waiting turn = enqueue(caller, atMost, queue);
    next();
    turn.gate.acquireUninterruptibly();
    check(caller);
    if (Thread.interrupted()) {
      throw new InterruptedException("while waiting on the virtual clock");
    }
  }

  private synchronized Waiting enqueue(
      Participant participant, Duration atMost, Optional<BlockingQueue<?>> queue) {
    Waiting turn = new Waiting(participant, now.plus(atMost), lastNumber++, queue);
    waiting.add(turn);
    if (queue.isPresent()) {
      onQueues.add(turn);
    }
    return turn;
  }

  /** Passes the turn to the next thread; the caller has just started to wait, or ends. */
  private synchronized void next() {
    @Nullable Waiting chosen = null;
    for (Waiting each : onQueues) {
      if (!each.queue.orElseThrow().isEmpty()) {
        chosen = each;
        break;
      }
    }
    if (chosen == null) {
      chosen = waiting.peek();
    }
    if (chosen != null) {
      waiting.remove(chosen);
      if (chosen.queue.isPresent()) {
        onQueues.remove(chosen);
      }
      if (chosen.queue.map(BlockingQueue::isEmpty).orElse(true) && chosen.due.isAfter(now)) {
        now = chosen.due;
      }
      chosen.gate.release();
    }
  }

  private static Participant current() {
    Participant caller = CURRENT.get();
    if (caller == null) {
      throw new IllegalStateException(
          "thread " + Thread.currentThread().getName() + " does not belong to this clock");
    }
    return caller;
  }

  private synchronized void wakeAll(Group group) {
    List<Waiting> members =
        waiting.stream().filter(w -> w.participant.group.equals(Optional.of(group))).toList();
    for (Waiting each : members) {
      waiting.remove(each);
      each.due = now;
      waiting.add(each);
    }
  }

  private void check(Participant participant) {
    Optional<Group> group = participant.group;
    if (closed || group.map(each -> each.killed).orElse(false)) {
      throw new ProcessKilled(group.map(each -> each.name).orElse(participant.name));
    }
  }

  private record Participant(String name, Optional<Group> group) {}

  private static final class Waiting {
    private final Participant participant;
    private final long number;
    private final Optional<BlockingQueue<?>> queue;
    private final Semaphore gate = new Semaphore(0);
    private Instant due;

    Waiting(Participant participant, Instant due, long number, Optional<BlockingQueue<?>> queue) {
      this.participant = participant;
      this.due = due;
      this.number = number;
      this.queue = queue;
    }
  }

  private final class Group implements Killable {
    private final String name;
    private volatile boolean killed;

    Group(String name) {
      this.name = name;
    }

    @Override
    public void kill() {
      killed = true;
      wakeAll(this);
    }

    @Override
    public boolean isKilled() {
      return killed;
    }
  }
}
