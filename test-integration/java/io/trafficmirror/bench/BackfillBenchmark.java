package io.trafficmirror.bench;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Backfills of an unmirrored fleet at the documented EC2 rate, alone and with a neighbour that uses
 * the same API quota.
 */
final class BackfillBenchmark implements Benchmark {

  private static final int TWIN = 1_000;

  @Override
  public String name() {
    return "backfill";
  }

  @Override
  public List<Figure> measure(boolean brief, long seed, Consumer<String> progress)
      throws Exception {
    List<Figure> figures = new ArrayList<>();
    for (double share : new double[] {0, 0.5}) {
      for (int size : brief ? new int[] {100, 1_000} : new int[] {100, 1_000, 5_000, 10_000}) {
        progress.accept("backfill of %,d%s".formatted(size, beside(share)));
        figures.addAll(backfill(BenchmarkSetup.accelerated(size, share, seed), size));
      }
    }
    if (!brief) {
      // Runs last, when all classes are loaded, because virtual time excludes class loading.
      progress.accept("backfill of 1,000 in real time, about 190 s");
      double real = seconds(TWIN, seed);
      double jumped = of(figures, TWIN, "time to full coverage");
      figures.add(
          Figure.informational(
              name(), "1,000 alone in real time: time to full coverage", real, "s"));
      figures.add(
          Figure.atMost(
              name(),
              "1,000 alone: difference of the run in virtual time",
              100 * Math.abs(real - jumped) / real,
              "%",
              5,
              1));
    }
    return figures;
  }

  private static double seconds(int size, long seed) throws Exception {
    BenchmarkSetup setup = BenchmarkSetup.unaccelerated(size, 0, seed);
    Instant start = play(setup);
    return setup.secondsUntilAllAreMirrored(start);
  }

  private static Instant play(BenchmarkSetup setup) throws Exception {
    return setup.play(
        () -> {
          setup.world.start();
          Instant start = setup.clock.instant();
          setup.world.backfill("run-1", BenchmarkSetup.PAGE);
          setup.world.awaitIdle(BenchmarkSetup.PATIENCE);
          setup.world.stop();
          return start;
        });
  }

  private List<Figure> backfill(BenchmarkSetup setup, int size) throws Exception {
    Instant start = play(setup);
    double speedUp = setup.speedUp();
    int mirrored = setup.fleet.mirroredAt().size();
    String what = what(size, setup.share);
    List<Figure> figures = new ArrayList<>();
    figures.add(Figure.atLeast(name(), what + "coverage", 100.0 * mirrored / size, "%", 100));
    figures.add(Figure.atMost(name(), what + "sessions too many", setup.fleet.doubled(), "", 0, 1));
    double seconds = setup.secondsUntilAllAreMirrored(start);
    double limit = setup.limitSeconds(size);
    // Small fleets are not bounded: the batching window and the calls dominate.
    figures.add(
        size < 1_000
            ? Figure.informational(name(), what + "time to full coverage", seconds, "s")
            : Figure.atMost(
                name(),
                what + "time to full coverage",
                seconds,
                "s",
                limit,
                setup.share > 0 ? 1.10 : 1.05));
    figures.add(
        size < 1_000
            ? Figure.informational(
                name(), what + "calls per session", (double) setup.calls() / mirrored, "")
            : Figure.atMost(
                name(),
                what + "calls per session",
                (double) setup.calls() / mirrored,
                "",
                1.05,
                1));
    setup
        .callsByAction()
        .forEach(
            (action, calls) ->
                figures.add(
                    Figure.informational(
                        name(), what + action + " per session", (double) calls / mirrored, "")));
    double throttled = 100.0 * setup.throttled() / setup.calls();
    figures.add(
        setup.share > 0 || size < 1_000
            ? Figure.informational(name(), what + "calls throttled", throttled, "%")
            : Figure.atMost(name(), what + "calls throttled", throttled, "%", 2, 1));
    figures.add(Figure.informational(name(), what + "speed-up", speedUp, "times"));
    return figures;
  }

  private static double of(List<Figure> figures, int size, String figure) {
    return figures.stream()
        .filter(each -> each.what().equals(what(size, 0) + figure))
        .findFirst()
        .orElseThrow()
        .value();
  }

  private static String what(int size, double share) {
    return "%,d%s: ".formatted(size, beside(share));
  }

  private static String beside(double share) {
    return share > 0 ? " beside a neighbour that takes half" : " alone";
  }
}
