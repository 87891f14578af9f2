package io.trafficmirror.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The call pattern of the predecessor, for comparison: on the same embedded AWS, with the same
 * token buckets and latencies.
 */
final class PredecessorBenchmark implements Benchmark {

  private static final Duration STORM = Duration.ofSeconds(10);

  @Override
  public String name() {
    return "predecessor";
  }

  @Override
  public List<Figure> measure(boolean brief, long seed, Consumer<String> progress)
      throws Exception {
    List<Figure> figures = new ArrayList<>();
    for (double share : new double[] {0, 0.5}) {
      for (int size : brief ? new int[] {100, 1_000} : new int[] {100, 1_000, 10_000}) {
        String what =
            "%,d%s: ".formatted(size, share > 0 ? " beside a neighbour that takes half" : " alone");
        progress.accept("the predecessor's backfill of " + what);
        Stage stage = Stage.accelerated(size, share, seed);
        Instant start = stage.clock.instant();
        PredecessorsWay way = new PredecessorsWay(stage);
        stage.play(
            () -> {
              way.backfill();
              return true;
            });
        figures.addAll(figures(stage, "backfill of " + what, size, start));
      }
    }
    int launches = brief ? 200 : 1_000;
    progress.accept("the predecessor's way with %,d launches".formatted(launches));
    figures.addAll(storm(launches, seed));
    return figures;
  }

  private List<Figure> storm(int launches, long seed) throws Exception {
    Stage stage = Stage.accelerated(launches, 0, seed);
    Instant start = stage.clock.instant();
    PredecessorsWay way = new PredecessorsWay(stage);
    stage.play(
        () -> {
          for (String id : stage.fleet.instances()) {
            stage.clock.start("function", () -> way.launched(id));
            stage.clock.sleep(STORM.dividedBy(launches));
          }
          stage.clock.sleep(Duration.ofMinutes(5));
          return true;
        });
    return figures(stage, "%,d launches in 10 s, alone: ".formatted(launches), launches, start);
  }

  private List<Figure> figures(Stage stage, String what, int size, Instant start) {
    int mirrored = stage.fleet.mirroredAt().size();
    return List.of(
        Figure.informational(name(), what + "coverage", 100.0 * mirrored / size, "%"),
        Figure.informational(
            name(),
            what + "time to the last session",
            stage.secondsUntilAllAreMirrored(start),
            "s"),
        Figure.informational(
            name(), what + "calls per session", (double) stage.calls() / Math.max(1, mirrored), ""),
        Figure.informational(
            name(), what + "calls throttled", 100.0 * stage.throttled() / stage.calls(), "%"));
  }
}
