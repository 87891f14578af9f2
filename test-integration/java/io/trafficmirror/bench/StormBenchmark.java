package io.trafficmirror.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A burst of launches during a backfill. */
final class StormBenchmark implements Benchmark {

  /** The head start of the backfill, which is long enough to empty the token bucket. */
  private static final Duration HEAD_START = Duration.ofSeconds(60);

  private static final Duration STORM = Duration.ofSeconds(10);

  /**
   * The maximum number of concurrent writes per lane (default limits of the function), which can
   * complete in any order.
   */
  private static final int IN_FLIGHT = 4;

  @Override
  public String name() {
    return "storm";
  }

  @Override
  public List<Figure> measure(boolean brief, long seed, Consumer<String> progress)
      throws Exception {
    int fleet = brief ? 600 : 5_000;
    List<Figure> figures = new ArrayList<>();
    for (int launches : brief ? new int[] {200} : new int[] {100, 1_000}) {
      progress.accept("%,d launches during a backfill of %,d".formatted(launches, fleet));
      figures.addAll(storm(BenchmarkSetup.accelerated(fleet, 0, seed), launches));
    }
    return figures;
  }

  private List<Figure> storm(BenchmarkSetup setup, int count) throws Exception {
    Map<String, Instant> announced = new LinkedHashMap<>();
    int fleet = setup.fleet.instances().size();
    Instant start =
        setup.play(
            () -> {
              setup.world.start();
              setup.world.backfill("run-1", BenchmarkSetup.PAGE);
              setup.clock.sleep(HEAD_START);
              Instant begin = setup.clock.instant();
              for (int i = 0; i < count; i++) {
                String id = setup.fleet.add(1).getFirst();
                announced.put(id, setup.clock.instant());
                setup.world.announceLaunch(id);
                setup.clock.sleep(STORM.dividedBy(count));
              }
              setup.world.awaitIdle(BenchmarkSetup.PATIENCE);
              setup.world.stop();
              return begin;
            });
    Map<String, Instant> mirrored = setup.fleet.mirroredAt();
    List<Double> ages = new ArrayList<>();
    announced.forEach(
        (id, at) -> {
          if (mirrored.containsKey(id)) {
            ages.add(BenchmarkSetup.seconds(at, mirrored.getOrDefault(id, at)));
          }
        });
    Instant last =
        BenchmarkSetup.last(
            announced.keySet().stream().map(id -> mirrored.getOrDefault(id, start)).toList(),
            start);
    double meanwhile =
        mirrored.entrySet().stream()
            .filter(e -> !announced.containsKey(e.getKey()))
            .filter(e -> !e.getValue().isBefore(start) && !e.getValue().isAfter(last))
            .count();
    String what = "%,d launches in 10 s during a backfill of %,d: ".formatted(count, fleet);
    double seconds = BenchmarkSetup.seconds(start, last);
    double limit = setup.limitSeconds(count + meanwhile);
    Map<String, Instant> byLaunch = new LinkedHashMap<>(mirrored);
    byLaunch.keySet().retainAll(setup.fleet.mirroredBy("launch"));
    return List.of(
        Figure.atLeast(
            name(), what + "coverage", 100.0 * mirrored.size() / (fleet + count), "%", 100),
        Figure.atMost(name(), what + "sessions too many", setup.fleet.doubled(), "", 0, 1),
        Figure.informational(name(), what + "creates of the backfill meanwhile", meanwhile, ""),
        count < 1_000
            ? Figure.informational(name(), what + "last launch mirrored after", seconds, "s")
            : Figure.atMost(name(), what + "last launch mirrored after", seconds, "s", limit, 1.10),
        Figure.informational(
            name(), what + "age, median", BenchmarkSetup.percentile(ages, 50), "s"),
        Figure.informational(
            name(), what + "age, 99th percentile", BenchmarkSetup.percentile(ages, 99), "s"),
        Figure.atMost(
            name(),
            what + "later ones of its lane that overtook one, at most",
            overtaken(setup, announced, byLaunch),
            "",
            IN_FLIGHT,
            1),
        Figure.informational(
            name(), what + "calls throttled", 100.0 * setup.throttled() / setup.calls(), "%"),
        Figure.informational(name(), what + "speed-up", setup.speedUp(), "times"));
  }

  /**
   * The maximum number of later launches of the same lane that were mirrored before a launch.
   * Launches that a backfill page mirrored are excluded.
   */
  private static int overtaken(
      BenchmarkSetup setup, Map<String, Instant> announced, Map<String, Instant> mirrored) {
    Map<String, List<Instant>> laterOnes = new HashMap<>();
    int most = 0;
    for (String id : List.copyOf(announced.keySet()).reversed()) {
      if (mirrored.containsKey(id)) {
        Instant mine = mirrored.getOrDefault(id, Instant.MAX);
        List<Instant> later =
            laterOnes.computeIfAbsent(setup.world.mapping().laneOf(id), lane -> new ArrayList<>());
        most = Math.max(most, (int) later.stream().filter(mine::isAfter).count());
        later.add(mine);
      }
    }
    return most;
  }
}
