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
        BenchmarkSetup setup = BenchmarkSetup.accelerated(size, share, seed);
        Instant start = setup.clock.instant();
        PredecessorCalls predecessor = new PredecessorCalls(setup);
        setup.play(
            () -> {
              predecessor.backfill();
              return true;
            });
        figures.addAll(figures(setup, "backfill of " + what, size, start));
      }
    }
    int launches = brief ? 200 : 1_000;
    progress.accept("the predecessor's way with %,d launches".formatted(launches));
    figures.addAll(storm(launches, seed));
    return figures;
  }

  private List<Figure> storm(int launches, long seed) throws Exception {
    BenchmarkSetup setup = BenchmarkSetup.accelerated(launches, 0, seed);
    Instant start = setup.clock.instant();
    PredecessorCalls predecessor = new PredecessorCalls(setup);
    setup.play(
        () -> {
          for (String id : setup.fleet.instances()) {
            setup.clock.start("function", () -> predecessor.launched(id));
            setup.clock.sleep(STORM.dividedBy(launches));
          }
          setup.clock.sleep(Duration.ofMinutes(5));
          return true;
        });
    return figures(setup, "%,d launches in 10 s, alone: ".formatted(launches), launches, start);
  }

  private List<Figure> figures(BenchmarkSetup setup, String what, int size, Instant start) {
    int mirrored = setup.fleet.mirroredAt().size();
    return List.of(
        Figure.informational(name(), what + "coverage", 100.0 * mirrored / size, "%"),
        Figure.informational(
            name(),
            what + "time to the last session",
            setup.secondsUntilAllAreMirrored(start),
            "s"),
        Figure.informational(
            name(), what + "calls per session", (double) setup.calls() / Math.max(1, mirrored), ""),
        Figure.informational(
            name(), what + "calls throttled", 100.0 * setup.throttled() / setup.calls(), "%"));
  }
}
