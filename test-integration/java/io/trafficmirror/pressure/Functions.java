package io.trafficmirror.pressure;

import io.trafficmirror.embedded.HandlerFunction;
import io.trafficmirror.embedded.LambdaFunction;
import io.trafficmirror.embedded.SharedClock;
import io.trafficmirror.lambda.Host;
import io.trafficmirror.lambda.StreamHandler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * The function's execution environments, as Lambda keeps them: one works on one batch at a time, a
 * free one is used again, else a new one is made. An invocation is a process of its own; when its
 * time is over, or when a test says so, it is killed, and its environment with it. Safe for use by
 * several threads.
 */
public final class Functions implements LambdaFunction {

  private final Host host;
  private final SharedClock clock;
  private final Duration coldStart;
  private final Random random;
  private final Deque<HandlerFunction> idle = new ArrayDeque<>();
  private final List<Invocation> underWay = new ArrayList<>();
  private int environments;
  private int killed;
  private int timeOuts;

  Functions(Host host, SharedClock clock, Duration coldStart, long seed) {
    this.host = host;
    this.clock = clock;
    this.coldStart = coldStart;
    this.random = new Random(seed);
  }

  @Override
  public Result invoke(byte[] event, String requestId, Duration timeout) {
    Invocation invocation = new Invocation();
    synchronized (this) {
      underWay.add(invocation);
    }
    SharedClock.Killable process =
        clock.fork("function " + requestId, () -> work(invocation, event, requestId, timeout));
    invocation.process = Optional.of(process);
    try {
      return clock
          .poll(invocation.result, timeout)
          .orElseGet(() -> ended(process, "Sandbox.Timedout"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ended(process, "interrupted");
    } finally {
      synchronized (this) {
        underWay.remove(invocation);
      }
    }
  }

  private void work(Invocation invocation, byte[] event, String requestId, Duration timeout) {
    HandlerFunction environment = take();
    Result result = environment.invoke(event, requestId, timeout);
    boolean dead = invocation.process.map(SharedClock.Killable::isKilled).orElse(false);
    if (!dead) {
      give(environment);
      invocation.result.offer(result);
    }
  }

  private HandlerFunction take() {
    synchronized (this) {
      if (!idle.isEmpty()) {
        return idle.removeFirst();
      }
      environments++;
    }
    try {
      clock.sleep(coldStart);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new HandlerFunction(new StreamHandler(host), clock);
  }

  private synchronized void give(HandlerFunction environment) {
    idle.addFirst(environment);
  }

  private synchronized Result ended(SharedClock.Killable process, String why) {
    process.kill();
    timeOuts++;
    return new Result.Failed(why, "the invocation was ended");
  }

  /**
   * Kills one of the invocations under way, drawn from the seed, wherever it is.
   *
   * @return whether there was one
   */
  public synchronized boolean killAny() {
    if (underWay.isEmpty()) {
      return false;
    }
    kill(underWay.get(random.nextInt(underWay.size())));
    return true;
  }

  /** Kills all invocations under way, and forgets the idle environments. */
  public synchronized void killAll() {
    List.copyOf(underWay).forEach(this::kill);
    idle.clear();
  }

  private void kill(Invocation invocation) {
    invocation.process.ifPresent(SharedClock.Killable::kill);
    invocation.result.offer(new Result.Failed("Runtime.ExitError", "the process was killed"));
    killed++;
  }

  /** How many invocations are under way. */
  public synchronized int underWay() {
    return underWay.size();
  }

  /** How many environments were made. */
  public synchronized int environments() {
    return environments;
  }

  /** How many invocations were killed by a test. */
  public synchronized int killed() {
    return killed;
  }

  /** How many invocations ended because their time was over. */
  public synchronized int timeOuts() {
    return timeOuts;
  }

  private static final class Invocation {
    private final BlockingQueue<Result> result = new ArrayBlockingQueue<>(2);
    private volatile Optional<SharedClock.Killable> process = Optional.empty();
  }
}
