package io.trafficmirror.embedded;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/**
 * One thread a lane, so a shard has as many invocations at once as it has lanes. Real time rules
 * here: a lane without work looks again when it is signalled or after a moment (the batching window
 * goes by another clock), and a lane whose batch was given back pauses before it tries again.
 */
final class LaneThreads implements AutoCloseable {

  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(10);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final List<Thread> threads = new ArrayList<>();
  private final List<Lane> lanes = new ArrayList<>();
  private volatile boolean closed;

  private LaneThreads() {}

  static LaneThreads start(
      List<ShardLanes> shards, BiFunction<ShardLanes, Lane, EventSourceMapping.Step> step) {
    LaneThreads started = new LaneThreads();
    for (ShardLanes shard : shards) {
      for (int i = 0; i < shard.lanes().size(); i++) {
        Lane lane = shard.lanes().get(i);
        started.lanes.add(lane);
        started.threads.add(
            Thread.ofPlatform()
                .daemon()
                .name(shard.shardId() + " lane " + i)
                .unstarted(() -> started.run(shard, lane, step)));
      }
    }
    started.threads.forEach(Thread::start);
    return started;
  }

  @Override
  public void close() {
    closed = true;
    lanes.forEach(lane -> lane.signals().release());
    Instant end = Instant.now().plus(PATIENCE);
    try {
      for (Thread thread : threads) {
        Duration left = Duration.between(Instant.now(), end);
        if (left.isNegative() || !thread.join(left)) {
          thread.interrupt();
        }
      }
    } catch (InterruptedException interrupted) {
      threads.forEach(Thread::interrupt);
      Thread.currentThread().interrupt();
    }
  }

  private void run(
      ShardLanes shard, Lane lane, BiFunction<ShardLanes, Lane, EventSourceMapping.Step> step) {
    Duration pause = FIRST_PAUSE;
    try {
      while (!closed) {
        switch (step.apply(shard, lane)) {
          case DONE -> pause = FIRST_PAUSE;
          case NOTHING_DUE -> {
            pause = FIRST_PAUSE;
            await(lane, LOOK_AGAIN);
          }
          case GIVEN_BACK -> {
            Thread.sleep(pause);
            Duration doubled = pause.multipliedBy(2);
            pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
          }
        }
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private static void await(Lane lane, Duration atMost) throws InterruptedException {
    if (lane.signals().tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      lane.signals().drainPermits();
    }
  }
}
