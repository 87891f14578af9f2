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
 * The function's execution environments, managed as in Lambda: an environment handles one batch at
 * a time, idle environments are reused, and more are created when needed. An invocation is a
 * simulated process; a timeout or a test can kill it together with its environment. Safe for use by
 * several threads.
 */
public final class Functions implements LambdaFunction {

  private final Supplier<Environment> newEnvironment;
  private final SharedClock clock;
  private final Duration coldStart;
  private final Random random;
  private final Deque<Environment> idle = new ArrayDeque<>();
  private final List<Invocation> running = new ArrayList<>();
  private Optional<Environment> protectedOne = Optional.empty();
  private Instant protectedSince = Instant.MAX;
  private boolean protecting;
  private int environments;
  private int liveEnvironments;
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
      running.add(invocation);
    }
    SharedClock.Killable process =
        clock.fork("function " + requestId, () -> work(invocation, event, requestId, timeout));
    invocation.process = Optional.of(process);
    try {
      return clock
          .poll(invocation.result, timeout)
          .orElseGet(() -> stop(invocation, process, "Sandbox.Timedout"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return stop(invocation, process, "interrupted");
    } finally {
      synchronized (this) {
        running.remove(invocation);
      }
    }
  }

  private void work(Invocation invocation, byte[] event, String requestId, Duration timeout) {
    Environment environment = acquire();
    invocation.environment = Optional.of(environment);
    Result result = environment.invoke(event, requestId, timeout);
    boolean dead = invocation.process.map(SharedClock.Killable::isKilled).orElse(false);
    if (dead) {
      end(environment);
    } else {
      release(environment);
      invocation.result.offer(result);
    }
  }

  private Environment acquire() {
    synchronized (this) {
      if (protectedOne.isPresent() && idle.remove(protectedOne.get())) {
        return protectedOne.get();
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
    Environment created = newEnvironment.get();
    synchronized (this) {
      liveEnvironments++;
      if (protecting && protectedOne.isEmpty()) {
        protectedOne = Optional.of(created);
        protectedSince = clock.instant();
      }
    }
    return created;
  }

  private synchronized void end(Environment environment) {
    liveEnvironments--;
    environment.close();
  }

  private synchronized void release(Environment environment) {
    idle.addFirst(environment);
  }

  private synchronized Result stop(
      Invocation invocation, SharedClock.Killable process, String errorType) {
    process.kill();
    timeOuts++;
    if (isProtected(invocation)) {
      protectedOne = Optional.empty();
    }
    return new Result.Failed(errorType, "the invocation was ended");
  }

  /**
   * Protects the next environment to be created: it is used whenever it is idle, and {@link
   * #killAny} never kills it. Long-lived environments can be tested this way. If an invocation in
   * it times out, the next new environment is protected instead.
   */
  public synchronized void protectNext() {
    protecting = true;
  }

  /** The creation time of the protected environment; {@link Instant#MAX} if there is none. */
  public synchronized Instant protectedSince() {
    return protectedOne.isPresent() ? protectedSince : Instant.MAX;
  }

  /** The handler in the protected environment; empty if there is none. */
  public synchronized Optional<StreamHandler> protectedHandler() {
    return protectedOne.map(Environment::product);
  }

  private boolean isProtected(Invocation invocation) {
    return protectedOne.isPresent() && protectedOne.equals(invocation.environment);
  }

  /**
   * Kills a randomly selected running invocation, at any point of its work.
   *
   * @return whether an invocation was killed
   */
  public synchronized boolean killAny() {
    List<Invocation> candidates = running.stream().filter(each -> !isProtected(each)).toList();
    if (candidates.isEmpty()) {
      return false;
    }
    kill(candidates.get(random.nextInt(candidates.size())));
    return true;
  }

  /** Kills all running invocations and closes the idle environments. */
  public synchronized void killAll() {
    List.copyOf(running).forEach(this::kill);
    idle.forEach(this::end);
    idle.clear();
    protectedOne = Optional.empty();
  }

  private void kill(Invocation invocation) {
    invocation.process.ifPresent(SharedClock.Killable::kill);
    invocation.result.offer(new Result.Failed("Runtime.ExitError", "the process was killed"));
    killed++;
  }

  /** The number of running invocations. */
  public synchronized int running() {
    return running.size();
  }

  /** The number of environments created so far. */
  public synchronized int environments() {
    return environments;
  }

  /** The number of existing environments, busy or idle. */
  public synchronized int liveEnvironments() {
    return liveEnvironments;
  }

  /** The number of invocations killed by tests. */
  public synchronized int killed() {
    return killed;
  }

  /** The number of invocations that timed out. */
  public synchronized int timeOuts() {
    return timeOuts;
  }

  private static final class Invocation {
    private final BlockingQueue<Result> result = new ArrayBlockingQueue<>(2);
    private volatile Optional<SharedClock.Killable> process = Optional.empty();
    private volatile Optional<Environment> environment = Optional.empty();
  }
}
