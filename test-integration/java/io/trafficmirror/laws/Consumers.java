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
 * Several consumers at once, each with a batch that is delivered until it is done. Each delivery
 * may meet a new environment, that knows nothing; a killed one always does.
 */
final class Consumers {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final int MAXIMUM_DELIVERIES = 400;

  private final World world;
  private final Random random;
  private final Schedule.Weather weather;
  private final boolean mayDie;
  private final List<byte[]> batches = new ArrayList<>();
  private final List<Throwable> failures = new ArrayList<>();

  Consumers(World world, Random random, Schedule.Weather weather, boolean mayDie) {
    this.world = world;
    this.random = random;
    this.weather = weather;
    this.mayDie = mayDie;
    world.connect(
        MappingSettings.defaults().withBatchSize(1_000).withParallelizationFactor(1),
        (event, id, timeout) -> {
          batches.add(event);
          return new LambdaFunction.Result.Returned("{}".getBytes(StandardCharsets.UTF_8));
        });
  }

  /** What the puts make of the stream is one consumer's batch. */
  void add(Runnable puts) {
    int before = batches.size();
    puts.run();
    world.mapping().runOnce();
    assertThat(batches.size() - before).as("batches made of the puts").isEqualTo(1);
  }

  /** Works until every batch is done, and with what comes of it: the next pages of a run. */
  void work() {
    while (!batches.isEmpty()) {
      workAtOnce();
      world.mapping().runOnce();
    }
  }

  private void workAtOnce() {
    List<byte[]> now = List.copyOf(batches);
    batches.clear();
    Schedule schedule = new Schedule(world.time, random, weather, now.size());
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
      throw new IllegalStateException("nobody interrupts this thread", e);
    }
    if (!failures.isEmpty()) {
      throw new AssertionError("a consumer ended in an error", failures.getFirst());
    }
  }

  // Whatever goes wrong in a thread is told by the one that waits for it.
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
      schedule.begin(mayDie && delivery < 5 && random.nextInt(3) == 0);
      byte[] event = rest.get();
      try {
        LambdaFunction function = environment.orElseGet(() -> world.lightEnvironment(schedule));
        LambdaFunction.Result result = function.invoke(event, "request", TIMEOUT);
        rest = schedule.isDead() ? rest : Redelivery.rest(event, result);
        environment = random.nextInt(3) == 0 ? Optional.empty() : Optional.of(function);
      } catch (Schedule.Killed whileItStarts) {
        environment = Optional.empty();
      }
      environment = schedule.isDead() ? Optional.empty() : environment;
      if (rest.isPresent()) {
        schedule.begin(false);
        schedule.sleep(Duration.ofSeconds(1));
      }
    }
  }
}
