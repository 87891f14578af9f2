package io.trafficmirror.embedded;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The system clock, in real time. Thread-safe. */
public final class SystemClock implements SharedClock {

  private static final ThreadLocal<@Nullable Group> GROUP = new ThreadLocal<>();

  @Override
  public Instant instant() {
    return Instant.now();
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    check();
    if (duration.isPositive()) {
      try {
        Thread.sleep(duration);
      } finally {
        check();
      }
    }
  }

  @Override
  public <T> Optional<T> poll(BlockingQueue<T> queue, Duration atMost) throws InterruptedException {
    check();
    try {
      return Optional.ofNullable(queue.poll(atMost.toNanos(), TimeUnit.NANOSECONDS));
    } finally {
      check();
    }
  }

  @Override
  public void start(String name, Runnable task) {
    run(name, task, GROUP.get());
  }

  @Override
  public Killable fork(String name, Runnable task) {
    Group group = new Group(name);
    run(name, task, group);
    return group;
  }

  private static void run(String name, Runnable task, @Nullable Group group) {
    Thread.ofPlatform()
        .daemon()
        .name(name)
        .start(
            () -> {
              if (group == null) {
                task.run();
                return;
              }
              GROUP.set(group);
              group.threads.add(Thread.currentThread());
              try {
                task.run();
              } catch (ProcessKilled asPlanned) {
                // The process is gone; no other thread waits for this one.
              } finally {
                group.threads.remove(Thread.currentThread());
              }
            });
  }

  private static void check() {
    Group group = GROUP.get();
    if (group != null && group.killed) {
      throw new ProcessKilled(group.name);
    }
  }

  private static final class Group implements Killable {
    private final String name;
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private volatile boolean killed;

    Group(String name) {
      this.name = name;
    }

    @Override
    public void kill() {
      killed = true;
      threads.forEach(Thread::interrupt);
    }

    @Override
    public boolean isKilled() {
      return killed;
    }
  }
}
