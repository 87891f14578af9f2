package io.trafficmirror.embedded;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * One thread per lane, so that a shard has as many concurrent invocations as lanes, and one per
 * shard that polls for records. An idle lane wakes up on a signal or after a short interval,
 * because the batching window may use a different clock from the threads. After a returned batch
 * the lane pauses before it retries.
 */
final class LaneThreads implements AutoCloseable {

  private static final Duration WINDOW_CHECK_INTERVAL = Duration.ofMillis(50);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
  private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration SHUTDOWN_CHECK_INTERVAL = Duration.ofMillis(5);

  private final Polling polling;
  private final BiFunction<ShardLanes, Lane, EventSourceMapping.DeliveryResult> delivery;
  private final Consumer<LaneThreads> beforeEachPoll;
  private final List<Lane> lanes = new ArrayList<>();
  private final AtomicInteger alive = new AtomicInteger();
  private final List<SharedClock.Killable> processes = new ArrayList<>();
  private volatile boolean closed;

  LaneThreads(
      Polling polling,
      BiFunction<ShardLanes, Lane, EventSourceMapping.DeliveryResult> delivery,
      Consumer<LaneThreads> beforeEachPoll) {
    this.beforeEachPoll = beforeEachPoll;
    this.polling = polling;
    this.delivery = delivery;
  }

  /** Starts the threads of a shard. */
  synchronized void add(ShardLanes shard) {
    for (int i = 0; i < shard.lanes().size(); i++) {
      Lane lane = shard.lanes().get(i);
      lanes.add(lane);
      fork(shard.shardId() + " lane " + i, () -> run(shard, lane));
    }
    if (polling.interval().isPositive()) {
      fork(shard.shardId() + " poller", () -> poll(shard));
    }
  }

  private void fork(String name, Task task) {
    alive.incrementAndGet();
    processes.add(
        polling
            .clock()
            .fork(
                name,
                () -> {
                  try {
                    task.run();
                  } catch (InterruptedException closing) {
                    Thread.currentThread().interrupt();
                  } finally {
                    alive.decrementAndGet();
                  }
                }));
  }

  @Override
  public void close() {
    closed = true;
    SharedClock clock = polling.clock();
    try {
      Instant end = clock.instant().plus(SHUTDOWN_TIMEOUT);
      while (alive.get() > 0 && clock.instant().isBefore(end)) {
        wakeAll();
        clock.sleep(SHUTDOWN_CHECK_INTERVAL);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      killAll();
    }
  }

  private synchronized void wakeAll() {
    lanes.forEach(Lane::signal);
  }

  private synchronized void killAll() {
    processes.forEach(SharedClock.Killable::kill);
  }

  private void poll(ShardLanes shard) throws InterruptedException {
    while (!closed) {
      beforeEachPoll.accept(this);
      if (shard.readNew(polling.clock().instant())) {
        shard.lanes().forEach(Lane::signal);
      }
      polling.clock().sleep(polling.interval());
    }
  }

  private void run(ShardLanes shard, Lane lane) throws InterruptedException {
    Duration pause = FIRST_PAUSE;
    while (!closed) {
      if (!polling.interval().isPositive()) {
        beforeEachPoll.accept(this);
      }
      switch (delivery.apply(shard, lane)) {
        case SUCCEEDED -> pause = FIRST_PAUSE;
        case NOTHING_DUE -> {
          pause = FIRST_PAUSE;
          polling.clock().poll(lane.signals(), untilNextPoll(lane));
        }
        case RETRY -> {
          polling.clock().sleep(pause);
          Duration doubled = pause.multipliedBy(2);
          pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        }
      }
    }
  }

  private Duration untilNextPoll(Lane lane) {
    if (!polling.interval().isPositive()) {
      return WINDOW_CHECK_INTERVAL;
    }
    Optional<Duration> due = lane.untilDue(polling.clock().instant());
    return due.filter(Duration::isPositive).orElse(LONGEST_PAUSE);
  }

  private interface Task {
    void run() throws InterruptedException;
  }
}
