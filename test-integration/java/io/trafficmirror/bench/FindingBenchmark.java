package io.trafficmirror.bench;

import io.trafficmirror.embedded.StoredRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Single findings during a backfill, in the shard lane of the backfill and in other lanes. */
final class FindingBenchmark implements Benchmark {

  private static final double MAX_AGE_SECONDS = 5;

  @Override
  public String name() {
    return "finding";
  }

  @Override
  public List<Figure> measure(boolean brief, long seed, Consumer<String> progress)
      throws Exception {
    int fleet = brief ? 1_000 : 5_000;
    List<Figure> figures = new ArrayList<>();
    for (boolean inside : new boolean[] {false, true}) {
      progress.accept("findings %s the page's lane".formatted(inside ? "inside" : "outside"));
      figures.addAll(findings(BenchmarkSetup.accelerated(fleet, 0, seed), inside));
    }
    return figures;
  }

  private List<Figure> findings(BenchmarkSetup setup, boolean inside) throws Exception {
    int fleet = setup.fleet.instances().size();
    // In sequence, with an uneven interval, for as long as the backfill certainly runs.
    int count = (int) (0.8 * setup.limitSeconds(fleet) / 21.7);
    String lane = setup.world.mapping().laneOf(setup.world.backfillKey());
    Map<String, Instant> announced = new LinkedHashMap<>();
    Instant last =
        setup.play(
            () -> {
              setup.world.start();
              setup.world.backfill("run-1", BenchmarkSetup.PAGE);
              for (int i = 0; i < count; i++) {
                setup.clock.sleep(Duration.ofMillis(21_700));
                String id =
                    setup.fleet.addWhere(
                        each -> setup.world.mapping().laneOf(each).equals(lane) == inside);
                announced.put(id, setup.clock.instant());
                setup.world.announceFinding(id);
              }
              Instant end = setup.clock.instant();
              setup.world.awaitIdle(BenchmarkSetup.PATIENCE);
              setup.world.stop();
              return end;
            });
    Map<String, Instant> mirrored = setup.fleet.mirroredAt();
    List<Double> ages = new ArrayList<>();
    announced.forEach(
        (id, at) -> ages.add(BenchmarkSetup.seconds(at, mirrored.getOrDefault(id, Instant.MAX))));
    long after = mirrored.values().stream().filter(at -> at.isAfter(last)).count();
    double limit = MAX_AGE_SECONDS + (inside ? longestPage(setup) : 0);
    String what =
        "%d single findings %s the page's lane of a backfill of %,d: "
            .formatted(count, inside ? "inside" : "outside", fleet);
    return List.of(
        Figure.atLeast(
            name(), what + "coverage", 100.0 * mirrored.size() / (fleet + count), "%", 100),
        Figure.informational(
            name(), what + "age, median", BenchmarkSetup.percentile(ages, 50), "s"),
        Figure.atMost(
            name(), what + "age, oldest", BenchmarkSetup.percentile(ages, 100), "s", limit, 1),
        Figure.atLeast(
            name(), what + "sessions that the backfill made afterwards", (double) after, "", 1));
  }

  /** The longest time between two successive page records. */
  private static double longestPage(BenchmarkSetup setup) {
    String key = setup.world.backfillKey();
    List<Instant> pages =
        setup.world.records().stream()
            .filter(record -> record.partitionKey().equals(key))
            .map(StoredRecord::arrivedAt)
            .toList();
    double longest = 0;
    for (int i = 1; i < pages.size(); i++) {
      longest = Math.max(longest, BenchmarkSetup.seconds(pages.get(i - 1), pages.get(i)));
    }
    return longest;
  }
}
