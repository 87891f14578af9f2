package io.trafficmirror.harness;

import io.trafficmirror.embedded.LambdaFunction;
import io.trafficmirror.embedded.SharedClock;
import io.trafficmirror.lambda.StreamHandler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Supplier;

/**
 * The function's execution environments, as Lambda keeps them: one works on one batch at a time, a
 * free one is used again, else a new one is made. An invocation is a process of its own; when its
 * time is over, or when a test says so, it is killed, and its environment with it. Safe for use by
 * several threads.
 */
public final class Functions implements LambdaFunction {

  private final Supplier<Environment> newEnvironment;
  private final SharedClock clock;
  private final Duration coldStart;
  private final Random random;
  private final Deque<Environment> idle = new ArrayDeque<>();
  private final List<Invocation> underWay = new ArrayList<>();
  private Optional<Environment> spared = Optional.empty();
  private Instant sparedSince = Instant.MAX;
  private boolean sparing;
  private int environments;
  private int alive;
  private int killed;
  private int timeOuts;

  Functions(
      Supplier<Environment> newEnvironment, SharedClock clock, Duration coldStart, long seed) {
    this.newEnvironment = newEnvironment;
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
          .orElseGet(() -> ended(invocation, process, "Sandbox.Timedout"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ended(invocation, process, "interrupted");
    } finally {
      synchronized (this) {
        underWay.remove(invocation);
      }
    }
  }

  private void work(Invocation invocation, byte[] event, String requestId, Duration timeout) {
    Environment environment = take();
    invocation.environment = Optional.of(environment);
    Result result = environment.invoke(event, requestId, timeout);
    boolean dead = invocation.process.map(SharedClock.Killable::isKilled).orElse(false);
    if (dead) {
      end(environment);
    } else {
      give(environment);
      invocation.result.offer(result);
    }
  }

  private Environment take() {
    synchronized (this) {
      if (spared.isPresent() && idle.remove(spared.get())) {
        return spared.get();
      }
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
    Environment made = newEnvironment.get();
    synchronized (this) {
      alive++;
      if (sparing && spared.isEmpty()) {
        spared = Optional.of(made);
        sparedSince = clock.instant();
      }
    }
    return made;
  }

  private synchronized void end(Environment environment) {
    alive--;
    environment.close();
  }

  private synchronized void give(Environment environment) {
    idle.addFirst(environment);
  }

  private synchronized Result ended(
      Invocation invocation, SharedClock.Killable process, String why) {
    process.kill();
    timeOuts++;
    if (isSpared(invocation)) {
      spared = Optional.empty();
    }
    return new Result.Failed(why, "the invocation was ended");
  }

  /**
   * From now on one environment, the next that is made, is used whenever it is free and never
   * killed by {@link #killAny}: what grows with the age of an environment can be seen in it. When
   * its time is over in the middle of an invocation, the next one takes its place.
   */
  public synchronized void spareOne() {
    sparing = true;
  }

  /** Since when the spared environment has been there; {@link Instant#MAX} where there is none. */
  public synchronized Instant sparedSince() {
    return spared.isPresent() ? sparedSince : Instant.MAX;
  }

  /** The handler in the spared environment. */
  public synchronized Optional<StreamHandler> spared() {
    return spared.map(Environment::product);
  }

  private boolean isSpared(Invocation invocation) {
    return spared.isPresent() && spared.equals(invocation.environment);
  }

  /**
   * Kills one of the invocations under way, drawn from the seed, wherever it is.
   *
   * @return whether there was one
   */
  public synchronized boolean killAny() {
    List<Invocation> mortal = underWay.stream().filter(each -> !isSpared(each)).toList();
    if (mortal.isEmpty()) {
      return false;
    }
    kill(mortal.get(random.nextInt(mortal.size())));
    return true;
  }

  /** Kills all invocations under way, and forgets the idle environments. */
  public synchronized void killAll() {
    List.copyOf(underWay).forEach(this::kill);
    idle.forEach(this::end);
    idle.clear();
    spared = Optional.empty();
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

  /** How many environments are there, at work or idle. */
  public synchronized int alive() {
    return alive;
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
    private volatile Optional<Environment> environment = Optional.empty();
  }
}
