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
      figures.addAll(findings(Stage.accelerated(fleet, 0, seed), inside));
    }
    return figures;
  }

  private List<Figure> findings(Stage stage, boolean inside) throws Exception {
    int fleet = stage.fleet.instances().size();
    // In sequence, with an uneven interval, for as long as the backfill certainly runs.
    int count = (int) (0.8 * stage.limitSeconds(fleet) / 21.7);
    String lane = stage.world.mapping().laneOf(stage.world.backfillKey());
    Map<String, Instant> announced = new LinkedHashMap<>();
    Instant last =
        stage.play(
            () -> {
              stage.world.start();
              stage.world.backfill("run-1", Stage.PAGE);
              for (int i = 0; i < count; i++) {
                stage.clock.sleep(Duration.ofMillis(21_700));
                String id =
                    stage.fleet.addWhere(
                        each -> stage.world.mapping().laneOf(each).equals(lane) == inside);
                announced.put(id, stage.clock.instant());
                stage.world.announceFinding(id);
              }
              Instant end = stage.clock.instant();
              stage.world.awaitRest(Stage.PATIENCE);
              stage.world.stop();
              return end;
            });
    Map<String, Instant> mirrored = stage.fleet.mirroredAt();
    List<Double> ages = new ArrayList<>();
    announced.forEach(
        (id, at) -> ages.add(Stage.seconds(at, mirrored.getOrDefault(id, Instant.MAX))));
    long after = mirrored.values().stream().filter(at -> at.isAfter(last)).count();
    double limit = MAX_AGE_SECONDS + (inside ? longestPage(stage) : 0);
    String what =
        "%d single findings %s the page's lane of a backfill of %,d: "
            .formatted(count, inside ? "inside" : "outside", fleet);
    return List.of(
        Figure.atLeast(
            name(), what + "coverage", 100.0 * mirrored.size() / (fleet + count), "%", 100),
        Figure.informational(name(), what + "age, median", Stage.percentile(ages, 50), "s"),
        Figure.atMost(name(), what + "age, oldest", Stage.percentile(ages, 100), "s", limit, 1),
        Figure.atLeast(
            name(), what + "sessions that the backfill made afterwards", (double) after, "", 1));
  }

  /** The longest time between two successive page records. */
  private static double longestPage(Stage stage) {
    String key = stage.world.backfillKey();
    List<Instant> pages =
        stage.world.records().stream()
            .filter(record -> record.partitionKey().equals(key))
            .map(StoredRecord::arrivedAt)
            .toList();
    double longest = 0;
    for (int i = 1; i < pages.size(); i++) {
      longest = Math.max(longest, Stage.seconds(pages.get(i - 1), pages.get(i)));
    }
    return longest;
  }
}
