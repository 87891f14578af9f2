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
 * One thread a lane, so a shard has as many invocations at once as it has lanes, and one a shard
 * that asks for records. A lane without work looks again when it is signalled or after a moment
 * (the batching window may go by another clock than the threads), and a lane whose batch was given
 * back pauses before it tries again.
 */
final class LaneThreads implements AutoCloseable {

  private static final Duration OBSERVE_AGAIN = Duration.ofMillis(50);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);

  private final Polling polling;
  private final BiFunction<ShardLanes, Lane, EventSourceMapping.Step> step;
  private final Consumer<LaneThreads> beforeEachLook;
  private final List<Lane> lanes = new ArrayList<>();
  private final AtomicInteger alive = new AtomicInteger();
  private final List<SharedClock.Killable> processes = new ArrayList<>();
  private volatile boolean closed;

  LaneThreads(
      Polling polling,
      BiFunction<ShardLanes, Lane, EventSourceMapping.Step> step,
      Consumer<LaneThreads> beforeEachLook) {
    this.beforeEachLook = beforeEachLook;
    this.polling = polling;
    this.step = step;
  }

  /** Starts the threads of a shard. */
  synchronized void add(ShardLanes shard) {
    for (int i = 0; i < shard.lanes().size(); i++) {
      Lane lane = shard.lanes().get(i);
      lanes.add(lane);
      begin(shard.shardId() + " lane " + i, () -> run(shard, lane));
    }
    if (polling.interval().isPositive()) {
      begin(shard.shardId() + " poller", () -> ask(shard));
    }
  }

  private void begin(String name, Work work) {
    alive.incrementAndGet();
    processes.add(
        polling
            .clock()
            .fork(
                name,
                () -> {
                  try {
                    work.run();
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
      Instant end = clock.instant().plus(PATIENCE);
      while (alive.get() > 0 && clock.instant().isBefore(end)) {
        wakeAll();
        clock.sleep(BETWEEN_LOOKS);
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

  private void ask(ShardLanes shard) throws InterruptedException {
    while (!closed) {
      beforeEachLook.accept(this);
      if (shard.gather(polling.clock().instant())) {
        shard.lanes().forEach(Lane::signal);
      }
      polling.clock().sleep(polling.interval());
    }
  }

  private void run(ShardLanes shard, Lane lane) throws InterruptedException {
    Duration pause = FIRST_PAUSE;
    while (!closed) {
      if (!polling.interval().isPositive()) {
        beforeEachLook.accept(this);
      }
      switch (step.apply(shard, lane)) {
        case DONE -> pause = FIRST_PAUSE;
        case NOTHING_DUE -> {
          pause = FIRST_PAUSE;
          polling.clock().poll(lane.signals(), untilNextLook(lane));
        }
        case GIVEN_BACK -> {
          polling.clock().sleep(pause);
          Duration doubled = pause.multipliedBy(2);
          pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        }
      }
    }
  }

  private Duration untilNextLook(Lane lane) {
    if (!polling.interval().isPositive()) {
      return OBSERVE_AGAIN;
    }
    Optional<Duration> due = lane.untilDue(polling.clock().instant());
    return due.filter(Duration::isPositive).orElse(LONGEST_PAUSE);
  }

  private interface Work {
    void run() throws InterruptedException;
  }
}
