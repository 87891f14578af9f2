package io.trafficmirror.laws;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.embedded.Ec2Options;
import io.trafficmirror.embedded.MappingSettings;
import io.trafficmirror.embedded.Unverified;
import io.trafficmirror.harness.Fleet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * One random case: two to eight independent consumers process instances that share pools, some of
 * them the same instances, while reads are stale, calls fail and processes are killed.
 */
final class PoolInterleaving {

  private static final Duration LONGEST_LAG = Duration.ofSeconds(10);
  private static final Duration LONGEST_START = Duration.ofSeconds(20);
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(8);

  private final Random random;
  private final World world;
  private final Fleet<PoolSource> fleet;

  PoolInterleaving(long seed) {
    this(seed, Duration.ofDays(1));
  }

  PoolInterleaving(long seed, Duration clientTokenLife) {
    random = new Random(seed);
    List<Unverified> variants = Unverified.variants();
    Ec2Options options =
        Ec2Options.defaults()
            .withUnverified(variants.get(random.nextInt(variants.size())))
            .withTransitionTime(sometimes(LONGEST_START))
            .withWriteVisibilityDelay(sometimes(LONGEST_DELAY))
            .withClientTokenLife(clientTokenLife);
    world = new World(seed, options, MappingSettings.defaults(), 1, PoolSource.POLICY);
    fleet = PoolSource.random(world.aws.ec2(), random, 1 + random.nextInt(36));
    world.time.sleep(Duration.ofMinutes(1));
    Duration lag = sometimes(LONGEST_LAG);
    world.aws.ec2().readLag(random.nextBoolean() ? Duration.ZERO : lag, lag);
  }

  World world() {
    return world;
  }

  /** Runs the case and checks that all instances are mirrored without a surplus target. */
  void check() {
    check(0);
  }

  /** Like {@link #check()}, but allows this many surplus targets per pool. */
  void check(int spare) {
    PoolBystanders.Snapshot foreign = PoolBystanders.snapshot(world.aws.ec2());
    interleave();
    backfill();
    PoolState after = PoolState.of(world);
    after.assertAllMirrored(fleet);
    after.assertNothingIncomplete();
    assertLaunchedAsNeeded(after, spare);
    sweep();
    PoolState swept = PoolState.of(world);
    swept.assertAllMirrored(fleet);
    swept.assertNothingIncomplete();
    swept.assertNothingUnused();
    assertLaunchedAsNeeded(swept, spare);
    assertThat(PoolBystanders.snapshot(world.aws.ec2())).as("foreign resources").isEqualTo(foreign);
    DeliveryLawsTest.assertNothingUnsupported(world.aws);
  }

  private void assertLaunchedAsNeeded(PoolState state, int spare) {
    Map<String, Integer> needed = fleet.needed();
    if (spare == 0) {
      assertThat(state.launched()).as("target instances by pool").isEqualTo(needed);
    } else {
      needed.forEach(
          (pool, count) ->
              assertThat(state.launched().get(pool))
                  .as("target instances of %s", pool)
                  .isBetween(count, count + spare));
    }
  }

  private void interleave() {
    RandomFaults faultSource =
        new RandomFaults(world.aws.faults(), random, random.nextInt(7), 20 + random.nextInt(60));
    Consumers consumers = new Consumers(world, random, faultSource, true);
    int size = 2 + random.nextInt(7);
    int page = random.nextInt(3) == 0 ? random.nextInt(size) : -1;
    List<List<String>> shares = shares(size);
    for (int i = 0; i < size; i++) {
      List<String> share = shares.get(i);
      if (i == page) {
        consumers.add(() -> world.backfill("run-1", 200));
      } else if (!share.isEmpty()) {
        consumers.add(() -> share.forEach(world::launch));
      }
    }
    consumers.run();
  }

  /** Assigns each instance to one or more consumers. */
  private List<List<String>> shares(int size) {
    List<List<String>> shares = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      shares.add(new ArrayList<>());
    }
    int copies = random.nextInt(3);
    List<Fleet.Member<PoolSource>> members = new ArrayList<>(fleet.members());
    Collections.shuffle(members, random);
    for (Fleet.Member<PoolSource> member : members) {
      for (int copy = 0; copy <= copies; copy++) {
        shares.get(random.nextInt(size)).add(member.instance());
      }
    }
    return shares;
  }

  /** Covers instances whose retries are exhausted or that had no event. */
  private void backfill() {
    world.aws.faults().clear();
    runAlone(() -> world.backfill("run-2", 200));
  }

  private void sweep() {
    world.time.sleep(Duration.ofHours(2));
    runAlone(() -> world.sweep("sweep-1"));
  }

  /** Runs a single consumer without faults. */
  private void runAlone(Runnable puts) {
    Consumers consumers = new Consumers(world, random, (service, action) -> {}, false);
    consumers.add(puts);
    consumers.run();
  }

  private Duration sometimes(Duration longest) {
    return random.nextInt(4) == 0
        ? Duration.ZERO
        : Duration.ofMillis(random.nextInt((int) longest.toMillis() + 1));
  }
}
