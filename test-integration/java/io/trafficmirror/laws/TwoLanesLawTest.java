package io.trafficmirror.laws;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.embedded.LambdaFunction;
import io.trafficmirror.embedded.MappingSettings;
import io.trafficmirror.embedded.Unverified;
import io.trafficmirror.harness.Concurrent;
import io.trafficmirror.harness.Events;
import io.trafficmirror.harness.Fleet;
import io.trafficmirror.harness.Seeds;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * The same instances in two lanes at once, on a backfill page and as launches, in two independent
 * environments, with stale reads. The seed determines the order of the calls.
 */
@Concurrent
class TwoLanesLawTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Duration LONGEST_LAG = Duration.ofSeconds(10);

  @Seeds(sample = 60, all = 250)
  void createsOneSessionForAnInstanceInTwoLanesAtOnce(long seed) throws Exception {
    Random random = new Random(seed);
    List<Unverified> variants = Unverified.variants();
    MappingSettings settings = MappingSettings.defaults();
    World world =
        new World(seed, variants.get(random.nextInt(variants.size())), settings, 1, Source.POLICY);
    Fleet<Source> fleet = Source.random(world.aws.ec2(), random, 1 + random.nextInt(8));
    world.time.sleep(LONGEST_LAG);
    world.aws.ec2().readLag(Duration.ofMillis(random.nextInt((int) LONGEST_LAG.toMillis())));
    fleet
        .members()
        .forEach(m -> world.put("launches", Events.launched(m.instance(), world.time.now())));
    world.backfill("run-1", 200);
    List<byte[]> batches = batchesOf(world, settings);
    assertThat(batches).as("the page and the launches are in different lanes").hasSize(2);

    for (byte[] returned : invokeConcurrently(world, batches, random)) {
      deliverUntilDone(world, returned);
    }

    world.closeEnvironments();
    fleet.assertMirrored();
    assertThat(world.failureObjects()).isEmpty();
    DeliveryLawsTest.assertNothingUnsupported(world.aws);
  }

  /** The events that Lambda would pass to the function, one batch per lane. */
  private static List<byte[]> batchesOf(World world, MappingSettings settings) {
    List<byte[]> batches = new ArrayList<>();
    world.connect(
        settings,
        (event, id, timeout) -> {
          batches.add(event);
          return new LambdaFunction.Result.Returned("{}".getBytes(StandardCharsets.UTF_8));
        });
    world.mapping().runOnce();
    return batches;
  }

  /**
   * Invokes the function concurrently with each batch; returns the records that Lambda would
   * redeliver.
   */
  private static List<byte[]> invokeConcurrently(World world, List<byte[]> batches, Random random)
      throws InterruptedException {
    RandomCallOrder turns = new RandomCallOrder(random, batches.size());
    List<byte[]> returned = Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads = new ArrayList<>();
    for (byte[] batch : batches) {
      LambdaFunction environment = world.environment();
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    turns.enter();
                    Redelivery.rest(batch, environment.invoke(batch, "request", TIMEOUT))
                        .ifPresent(returned::add);
                    turns.leave();
                  }));
    }
    world.aws.onCall(turns);
    turns.start();
    for (Thread thread : threads) {
      thread.join();
    }
    return returned;
  }

  private static void deliverUntilDone(World world, byte[] batch) throws InterruptedException {
    LambdaFunction environment = world.environment();
    Optional<byte[]> rest = Optional.of(batch);
    for (int delivery = 0; rest.isPresent(); delivery++) {
      assertThat(delivery).as("redeliveries").isLessThan(300);
      world.time.sleep(Duration.ofSeconds(1));
      rest = Redelivery.rest(rest.get(), environment.invoke(rest.get(), "request", TIMEOUT));
    }
  }
}
