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
      Stage stage = Stage.accelerated(size, 0, seed);
      stage.fleet.mirrorAll();
      figures.addAll(run(stage, size));
      figures.addAll(events(stage, size));
    }
    return figures;
  }

  private List<Figure> run(Stage stage, int size) throws Exception {
    Instant start =
        stage.play(
            () -> {
              stage.world.start();
              Instant begin = stage.clock.instant();
              stage.world.backfill("run-2", Stage.PAGE);
              stage.world.awaitRest(Stage.PATIENCE);
              return begin;
            });
    double calls = (double) stage.calls() / size;
    String what = "a run over %,d that are mirrored: ".formatted(size);
    return List.of(
        size < 1_000
            ? Figure.informational(name(), what + "calls per instance", calls, "")
            : Figure.atMost(name(), what + "calls per instance", calls, "", 0.03, 1),
        Figure.informational(name(), what + "calls", stage.calls(), ""),
        Figure.informational(
            name(), what + "time", Stage.seconds(start, stage.clock.instant()), "s"));
  }

  private List<Figure> events(Stage stage, int size) throws Exception {
    int before = stage.calls();
    int count = Math.min(1_000, size);
    stage.play(
        () -> {
          for (String id : stage.fleet.instances().subList(0, count)) {
            stage.world.announceLaunch(id);
            stage.clock.sleep(STORM.dividedBy(count));
          }
          stage.world.awaitRest(Stage.PATIENCE);
          stage.world.stop();
          return true;
        });
    return List.of(
        Figure.informational(
            name(),
            "%,d events in 10 s about a fleet of %,d that is mirrored: calls per event"
                .formatted(count, size),
            (double) (stage.calls() - before) / count,
            ""));
  }
}
