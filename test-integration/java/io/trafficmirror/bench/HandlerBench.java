package io.trafficmirror.bench;

import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What a record costs in the handler, with EC2 in memory. */
@Command(
    name = "handler",
    mixinStandardHelpOptions = true,
    description = {
      "Records per second and allocated bytes per record in the handler, by JMH, for batches of",
      "1 to 10,000 records about instances that need nothing, with EC2 in memory. A second is one",
      "of processor time of the whole process, collector and compiler included, so that neighbours",
      "on the machine do not count. And what a record costs in one batch of 10,000 over what it",
      "costs in a hundred of 100, the same records or such about 100 instances: in turns, in one",
      "process."
    })
final class HandlerBench implements Callable<Integer> {

  private static final String[] FEW = {"1/1", "100/100", "10000/10000"};

  /** As Lambda starts a function of 1 GB: one collector thread, most of it for the heap. */
  private static final List<String> JVM = List.of("-XX:+UseSerialGC", "-Xms768m", "-Xmx768m");

  private static final String ALLOCATED = "gc.alloc.rate.norm";

  @Option(
      names = "--short",
      description = "Three batches, each for some seconds: about a minute in all.")
  private boolean brief;

  @Option(names = "--json", description = "Only the result on standard output, as JSON.")
  private boolean json;

  private final PrintWriter out;
  private final PrintWriter err;

  HandlerBench(PrintWriter out, PrintWriter err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() throws RunnerException, IOException, InterruptedException {
    Path log = Bench.HOME.resolve(Path.of("target", "bench", "handler-jmh.log"));
    Files.createDirectories(log.toAbsolutePath().getParent());
    err.println("handler: JMH runs, and writes to " + log);
    List<HandlerResult.Row> rows =
        new Runner(options(log))
            .run().stream()
                .map(HandlerBench::row)
                .sorted(
                    Comparator.comparingInt(HandlerResult.Row::records)
                        .thenComparingInt(HandlerResult.Row::instances))
                .toList();
    err.println("handler: batches of 100 and of 10,000, in turns");
    Growth growth = brief ? Growth.measure(1, 15, JVM) : Growth.measure(3, 15, JVM);
    HandlerResult result = new HandlerResult(rows, growth);
    if (json) {
      out.println(new GsonBuilder().setPrettyPrinting().create().toJson(result.json()));
    } else {
      result.table().forEach(out::println);
    }
    return result.reached() ? Bench.REACHED : Bench.MISSED;
  }

  private Options options(Path log) {
    var options =
        new OptionsBuilder()
            .include("\\.%s\\.".formatted(HandlerBenchmark.class.getSimpleName()))
            .threads(1)
            .forks(brief ? 1 : 2)
            // The short form warms up as long: on a busy machine the compiler takes its time.
            .warmupIterations(5)
            .warmupTime(TimeValue.seconds(2))
            .measurementIterations(brief ? 3 : 5)
            .measurementTime(TimeValue.seconds(brief ? 1 : 2))
            .addProfiler(GCProfiler.class)
            .addProfiler(CpuProfiler.class)
            .jvmArgs(JVM.toArray(String[]::new))
            .shouldFailOnError(true)
            .output(log.toString());
    return brief ? options.param("batch", FEW).build() : options.build();
  }

  private static HandlerResult.Row row(RunResult result) {
    List<Integer> sizes =
        List.of(result.getParams().getParam("batch").split("/", 2)).stream()
            .map(Integer::valueOf)
            .toList();
    double records = sizes.getFirst();
    return new HandlerResult.Row(
        sizes.getFirst(),
        sizes.getLast(),
        secondary(result, CpuProfiler.NAME) / records,
        result.getPrimaryResult().getScore() / records,
        secondary(result, ALLOCATED) / records);
  }

  private static double secondary(RunResult result, String what) {
    for (String name : result.getSecondaryResults().keySet()) {
      if (name.endsWith(what)) {
        return result.getSecondaryResults().get(name).getScore();
      }
    }
    throw new IllegalStateException("JMH says nothing about " + what);
  }
}
