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

/** Measures the cost of a record in the handler, with an in-memory EC2. */
@Command(
    name = "handler",
    mixinStandardHelpOptions = true,
    description = {
      "Measures records per second and allocated bytes per record in the handler with JMH, for",
      "batches of 1 to 10,000 records about mirrored instances, with an in-memory EC2. A second is",
      "one second of processor time of the process, including garbage collection and compilation,",
      "so that load on the machine does not matter. Also measures, in one process, the cost of a",
      "record in one batch of 10,000 relative to its cost in 100 batches of 100: for the same",
      "records, and for records about only 100 instances."
    })
final class HandlerBench implements Callable<Integer> {

  private static final String[] SHORT_FORM_BATCHES = {"1/1", "100/100", "10000/10000"};

  /** Like Lambda with 1 GB of memory: serial collector, and most of the memory as heap. */
  private static final List<String> JVM = List.of("-XX:+UseSerialGC", "-Xms768m", "-Xmx768m");

  private static final String ALLOCATED_BYTES = "gc.alloc.rate.norm";

  @Option(
      names = "--short",
      description = "The short form: three batches of a few seconds each, about a minute in total.")
  private boolean brief;

  @Option(names = "--json", description = "Prints the result as JSON.")
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
    err.println("handler: running JMH, log in " + log);
    List<HandlerResult.Row> rows =
        new Runner(options(log))
            .run().stream()
                .map(HandlerBench::row)
                .sorted(
                    Comparator.comparingInt(HandlerResult.Row::records)
                        .thenComparingInt(HandlerResult.Row::instances))
                .toList();
    err.println("handler: alternating batches of 100 and 10,000");
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
            // The short form has the same warm-up, because compilation is slow on a busy machine.
            .warmupIterations(5)
            .warmupTime(TimeValue.seconds(2))
            .measurementIterations(brief ? 3 : 5)
            .measurementTime(TimeValue.seconds(brief ? 1 : 2))
            .addProfiler(GCProfiler.class)
            .addProfiler(CpuProfiler.class)
            .jvmArgs(JVM.toArray(String[]::new))
            .shouldFailOnError(true)
            .output(log.toString());
    return brief ? options.param("batch", SHORT_FORM_BATCHES).build() : options.build();
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
        secondary(result, ALLOCATED_BYTES) / records);
  }

  private static double secondary(RunResult result, String what) {
    for (String name : result.getSecondaryResults().keySet()) {
      if (name.endsWith(what)) {
        return result.getSecondaryResults().get(name).getScore();
      }
    }
    throw new IllegalStateException("missing JMH result: " + what);
  }
}
