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
 * A clock that jumps. Of the threads that live by it one runs at a time; when that one waits, the
 * next one in order of time goes on, and the time is then what it waited for. So an hour takes as
 * long as its work, and the same seed gives the same run, thread by thread: nothing depends on how
 * busy the machine is.
 *
 * <p>Threads live by it between {@link #play} and its end. They may wait for each other by this
 * clock only; a wait that it does not know of (a lock that a sleeping thread holds, a socket) stops
 * everything. Calls to embedded AWS therefore go through {@link EmbeddedAws#inProcessHttpClient}.
 * Anybody may read the time.
 */
public final class VirtualClock implements SharedClock, AutoCloseable {

  private static final ThreadLocal<@Nullable Participant> CURRENT = new ThreadLocal<>();

  private final ExecutorService threads =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("virtual-", 0).factory());
  private final PriorityQueue<Waiting> waiting =
      new PriorityQueue<>(
          Comparator.comparing((Waiting w) -> w.due).thenComparingLong(w -> w.number));
  private final List<Waiting> onQueues = new ArrayList<>();
  private final List<Throwable> defects = new ArrayList<>();
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
   * Ends every thread that lives by this clock and still waits, as if its process were killed;
   * nobody can play by it afterwards. May be repeated.
   *
   * @throws IllegalStateException where somebody plays
   */
  @Override
  public synchronized void close() {
    if (running) {
      throw new IllegalStateException("somebody plays by this clock");
    }
    closed = true;
    waiting.forEach(each -> each.gate.release());
    waiting.clear();
    onQueues.clear();
    threads.shutdown();
  }

  /**
   * Runs the body, in the calling thread, as the first of the threads that live by this clock. When
   * it ends, those that wait stay where they are.
   *
   * @throws IllegalStateException where one of the other threads died of a defect
   */
  public <T> T play(Callable<T> body) throws Exception {
    synchronized (this) {
      if (running || closed) {
        throw new IllegalStateException(
            closed ? "the clock is closed" : "somebody plays by this clock already");
      }
      running = true;
    }
    CURRENT.set(new Participant("main", Optional.empty()));
    try {
      T result = body.call();
      synchronized (this) {
        if (!defects.isEmpty()) {
          throw new IllegalStateException("a thread died of a defect", defects.getFirst());
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
    Participant me = me();
    check(me);
    if (duration.isPositive()) {
      await(me, duration, Optional.empty());
    }
  }

  @Override
  public <T> Optional<T> poll(BlockingQueue<T> queue, Duration atMost) throws InterruptedException {
    Participant me = me();
    check(me);
    if (queue.isEmpty() && atMost.isPositive()) {
      await(me, atMost, Optional.of(queue));
    }
    return Optional.ofNullable(queue.poll());
  }

  @Override
  public void start(String name, Runnable task) {
    launch(new Participant(name, me().group), task);
  }

  @Override
  public Killable fork(String name, Runnable task) {
    Group group = new Group(name);
    launch(new Participant(name, Optional.of(group)), task);
    return group;
  }

  private void launch(Participant participant, Runnable task) {
    Waiting turn = enlist(participant, Duration.ZERO, Optional.empty());
    boolean launched = false;
    try {
      threads.execute(() -> live(participant, turn, task));
      launched = true;
    } finally {
      if (!launched) {
        // A machine without threads to spare: a turn that nobody takes would stop everything.
        withdraw(turn);
      }
    }
  }

  private synchronized void withdraw(Waiting turn) {
    waiting.remove(turn);
  }

  /** The life of a thread; an error of it must not take the turn with it. */
  @SuppressWarnings("CatchingUnchecked")
  private void live(Participant participant, Waiting turn, Runnable task) {
    CURRENT.set(participant);
    turn.gate.acquireUninterruptibly();
    try {
      check(participant);
      task.run();
    } catch (ProcessKilled asPlanned) {
      // The process is gone; nobody waits for this thread.
    } catch (Throwable defect) {
      synchronized (this) {
        defects.add(defect);
      }
    } finally {
      CURRENT.remove();
      next();
    }
  }

  private void await(Participant me, Duration atMost, Optional<BlockingQueue<?>> queue)
      throws InterruptedException {
    Waiting turn = enlist(me, atMost, queue);
    next();
    turn.gate.acquireUninterruptibly();
    check(me);
    if (Thread.interrupted()) {
      throw new InterruptedException("while waiting by the virtual clock");
    }
  }

  private synchronized Waiting enlist(
      Participant participant, Duration atMost, Optional<BlockingQueue<?>> queue) {
    Waiting turn = new Waiting(participant, now.plus(atMost), lastNumber++, queue);
    waiting.add(turn);
    if (queue.isPresent()) {
      onQueues.add(turn);
    }
    return turn;
  }

  /** The turn goes to whoever is next; whoever calls this has just begun to wait, or ends. */
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

  private static Participant me() {
    Participant me = CURRENT.get();
    if (me == null) {
      throw new IllegalStateException(
          "thread " + Thread.currentThread().getName() + " does not live by this clock");
    }
    return me;
  }

  private synchronized void hurry(Group group) {
    List<Waiting> theirs =
        waiting.stream().filter(w -> w.participant.group.equals(Optional.of(group))).toList();
    for (Waiting each : theirs) {
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
      hurry(this);
    }

    @Override
    public boolean isKilled() {
      return killed;
    }
  }
}
