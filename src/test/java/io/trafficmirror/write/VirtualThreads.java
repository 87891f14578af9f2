package io.trafficmirror.write;

import io.trafficmirror.harness.VirtualTime;
import io.trafficmirror.port.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;

/**
 * An executor with any number of simulated threads on a virtual clock. Each task takes the same
 * time and has its effect at the end of that time, while the code under test waits, so the order of
 * events is deterministic. Use it from one real thread only.
 */
final class VirtualThreads implements Executor, Time {

  private record Running(Runnable task, Instant endsAt) {}

  private final Duration latency;
  private final Queue<Running> running = new ArrayDeque<>();
  private final VirtualTime clock = new VirtualTime();
  private int maxConcurrent;

  VirtualThreads(Duration latency) {
    this.latency = latency;
  }

  /** The maximum number of tasks that ran at the same time. */
  int maxConcurrent() {
    return maxConcurrent;
  }

  /** The time since the start. */
  Duration elapsed() {
    return Duration.between(VirtualTime.START, now());
  }

  @Override
  public void execute(Runnable task) {
    running.add(new Running(task, now().plus(latency)));
    maxConcurrent = Math.max(maxConcurrent, running.size());
  }

  @Override
  public Instant now() {
    return clock.now();
  }

  @Override
  public void sleep(Duration duration) {
    Instant end = duration.isPositive() ? now().plus(duration) : now();
    while (endsUntil(end)) {
      endNext();
    }
    advanceTo(end);
  }

  @Override
  public <T> Optional<T> poll(BlockingQueue<T> queue, Duration atMost) {
    Instant end = atMost.isPositive() ? now().plus(atMost) : now();
    while (queue.isEmpty() && endsUntil(end)) {
      endNext();
    }
    if (queue.isEmpty()) {
      advanceTo(end);
    }
    return Optional.ofNullable(queue.poll());
  }

  private void advanceTo(Instant instant) {
    clock.sleep(Duration.between(now(), instant));
  }

  private boolean endsUntil(Instant end) {
    return !running.isEmpty() && !running.element().endsAt().isAfter(end);
  }

  private void endNext() {
    Running next = running.remove();
    advanceTo(next.endsAt());
    try {
      next.task().run();
    } catch (Error e) {
      // The error ends only the simulated thread.
    }
  }
}
