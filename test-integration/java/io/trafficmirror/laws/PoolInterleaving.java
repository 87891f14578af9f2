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
 * One case: two to eight consumers who know nothing of each other look at instances that share
 * pools, some at the same ones, while reads are stale, calls fail and processes die.
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

  /** Plays it and holds it to what must be: not one target too many. */
  void check() {
    check(0);
  }

  /** The same where a launch may have been forgotten: so many more a pool at most. */
  void check(int spare) {
    PoolBystanders.Seen foreign = PoolBystanders.see(world.aws.ec2());
    interleave();
    lookAgainAtWhatWasLeft();
    PoolState after = PoolState.of(world);
    after.everybodyIsMirrored(fleet);
    after.nothingIsHalfMade();
    assertAsNeeded(after, spare);
    sweep();
    PoolState swept = PoolState.of(world);
    swept.everybodyIsMirrored(fleet);
    swept.nothingIsHalfMade();
    swept.nothingIsUnused();
    assertAsNeeded(swept, spare);
    assertThat(PoolBystanders.see(world.aws.ec2())).as("what is foreign").isEqualTo(foreign);
    DeliveryLawsTest.assertNothingUnsupported(world.aws);
  }

  private void assertAsNeeded(PoolState state, int spare) {
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
    FaultyWeather weather =
        new FaultyWeather(world.aws.faults(), random, random.nextInt(7), 20 + random.nextInt(60));
    Consumers consumers = new Consumers(world, random, weather, true);
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
    consumers.work();
  }

  /** Each instance goes to one consumer, and some to more. */
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

  /** Whoever was given up on for the time being, or never asked for, is found by the next run. */
  private void lookAgainAtWhatWasLeft() {
    world.aws.faults().clear();
    calmly(() -> world.backfill("run-2", 200));
  }

  private void sweep() {
    world.time.sleep(Duration.ofHours(2));
    calmly(() -> world.sweep("sweep-1"));
  }

  /** One consumer alone, without faults. */
  private void calmly(Runnable puts) {
    Consumers consumers = new Consumers(world, random, (service, action) -> {}, false);
    consumers.add(puts);
    consumers.work();
  }

  private Duration sometimes(Duration longest) {
    return random.nextInt(4) == 0
        ? Duration.ZERO
        : Duration.ofMillis(random.nextInt((int) longest.toMillis() + 1));
  }
}
