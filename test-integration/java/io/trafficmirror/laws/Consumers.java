package io.trafficmirror.laws;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.embedded.LambdaFunction;
import io.trafficmirror.embedded.MappingSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Concurrent consumers, each with one batch that is redelivered until it is complete. A redelivery
 * may go to a new environment with empty memory; after a kill it always does.
 */
final class Consumers {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final int MAXIMUM_DELIVERIES = 400;

  private final World world;
  private final Random random;
  private final Schedule.FaultSource faultSource;
  private final boolean mayBeKilled;
  private final List<byte[]> batches = new ArrayList<>();
  private final List<Throwable> failures = new ArrayList<>();

  Consumers(World world, Random random, Schedule.FaultSource faultSource, boolean mayBeKilled) {
    this.world = world;
    this.random = random;
    this.faultSource = faultSource;
    this.mayBeKilled = mayBeKilled;
    world.connect(
        MappingSettings.defaults().withBatchSize(1_000).withParallelizationFactor(1),
        (event, id, timeout) -> {
          batches.add(event);
          return new LambdaFunction.Result.Returned("{}".getBytes(StandardCharsets.UTF_8));
        });
  }

  /** Adds a consumer whose batch consists of the records that the puts write to the stream. */
  void add(Runnable puts) {
    int before = batches.size();
    puts.run();
    world.mapping().runOnce();
    assertThat(batches.size() - before).as("batches from the puts").isEqualTo(1);
  }

  /** Runs until every batch is complete, including the next pages that the batches put. */
  void run() {
    while (!batches.isEmpty()) {
      workConcurrently();
      world.mapping().runOnce();
    }
  }

  private void workConcurrently() {
    List<byte[]> now = List.copyOf(batches);
    batches.clear();
    Schedule schedule = new Schedule(world.time, random, faultSource, now.size());
    world.aws.onCall(schedule);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < now.size(); i++) {
      int number = i;
      threads.add(Thread.ofVirtual().start(() -> consume(schedule, number, now.get(number))));
    }
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("unexpected interrupt", e);
    }
    if (!failures.isEmpty()) {
      throw new AssertionError("a consumer failed", failures.getFirst());
    }
  }

  // Passes any failure of the thread to the caller.
  @SuppressWarnings("CatchingUnchecked")
  private void consume(Schedule schedule, int number, byte[] batch) {
    schedule.enter(number);
    try {
      deliver(schedule, batch);
    } catch (Throwable failure) {
      synchronized (failures) {
        failures.add(failure);
      }
    } finally {
      schedule.leave();
    }
  }

  private void deliver(Schedule schedule, byte[] batch) {
    Optional<LambdaFunction> environment = Optional.empty();
    Optional<byte[]> rest = Optional.of(batch);
    for (int delivery = 0; rest.isPresent(); delivery++) {
      assertThat(delivery).as("deliveries of a batch").isLessThan(MAXIMUM_DELIVERIES);
      schedule.begin(mayBeKilled && delivery < 5 && random.nextInt(3) == 0);
      byte[] event = rest.get();
      try {
        LambdaFunction function = environment.orElseGet(() -> world.lightEnvironment(schedule));
        LambdaFunction.Result result = function.invoke(event, "request", TIMEOUT);
        rest = schedule.isKilled() ? rest : Redelivery.rest(event, result);
        environment = random.nextInt(3) == 0 ? Optional.empty() : Optional.of(function);
      } catch (Schedule.Killed duringStart) {
        environment = Optional.empty();
      }
      environment = schedule.isKilled() ? Optional.empty() : environment;
      if (rest.isPresent()) {
        schedule.begin(false);
        schedule.sleep(Duration.ofSeconds(1));
      }
    }
  }
}
