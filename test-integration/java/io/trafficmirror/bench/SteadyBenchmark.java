package io.trafficmirror.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The cost of a backfill run and of events in a fleet that is already mirrored. */
final class SteadyBenchmark implements Benchmark {

  private static final Duration STORM = Duration.ofSeconds(10);

  @Override
  public String name() {
    return "steady";
  }

  @Override
  public List<Figure> measure(boolean brief, long seed, Consumer<String> progress)
      throws Exception {
    List<Figure> figures = new ArrayList<>();
    for (int size : brief ? new int[] {100, 1_000} : new int[] {100, 1_000, 10_000}) {
      progress.accept("a run over %,d that are mirrored".formatted(size));
      BenchmarkSetup setup = BenchmarkSetup.accelerated(size, 0, seed);
      setup.fleet.mirrorAll();
      figures.addAll(run(setup, size));
      figures.addAll(events(setup, size));
    }
    return figures;
  }

  private List<Figure> run(BenchmarkSetup setup, int size) throws Exception {
    Instant start =
        setup.play(
            () -> {
              setup.world.start();
              Instant begin = setup.clock.instant();
              setup.world.backfill("run-2", BenchmarkSetup.PAGE);
              setup.world.awaitIdle(BenchmarkSetup.PATIENCE);
              return begin;
            });
    double calls = (double) setup.calls() / size;
    String what = "a run over %,d that are mirrored: ".formatted(size);
    return List.of(
        size < 1_000
            ? Figure.informational(name(), what + "calls per instance", calls, "")
            : Figure.atMost(name(), what + "calls per instance", calls, "", 0.03, 1),
        Figure.informational(name(), what + "calls", setup.calls(), ""),
        Figure.informational(
            name(), what + "time", BenchmarkSetup.seconds(start, setup.clock.instant()), "s"));
  }

  private List<Figure> events(BenchmarkSetup setup, int size) throws Exception {
    int before = setup.calls();
    int count = Math.min(1_000, size);
    setup.play(
        () -> {
          for (String id : setup.fleet.instances().subList(0, count)) {
            setup.world.announceLaunch(id);
            setup.clock.sleep(STORM.dividedBy(count));
          }
          setup.world.awaitIdle(BenchmarkSetup.PATIENCE);
          setup.world.stop();
          return true;
        });
    return List.of(
        Figure.informational(
            name(),
            "%,d events in 10 s about a fleet of %,d that is mirrored: calls per event"
                .formatted(count, size),
            (double) (setup.calls() - before) / count,
            ""));
  }
}
