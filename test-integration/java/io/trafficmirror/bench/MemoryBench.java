package io.trafficmirror.bench;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the heap that a batch needs, by the number of instances. */
@Command(
    name = "memory",
    mixinStandardHelpOptions = true,
    description = {
      "Measures the heap that the handler needs for a batch about 100, 1,000 and 10,000 instances:",
      "the smallest heap in which a process handles it, and the use of a large heap. EC2 is in",
      "memory: the fleet and the batch count, but the SDK's parsing of responses does not."
    })
final class MemoryBench implements Callable<Integer> {

  /** Half of the default memory of the function in Terraform, 1,024 MB. */
  static final int MAX_HEAP_MB = 512;

  private static final int[] SIZES = {100, 1_000, 10_000};
  private static final int SMALLEST_MB = 4;
  private static final int STEP_MB = 2;

  @Option(names = "--json", description = "Prints the result as JSON.")
  private boolean json;

  private final PrintWriter out;
  private final PrintWriter err;

  MemoryBench(PrintWriter out, PrintWriter err) {
    this.out = out;
    this.err = err;
  }

  /**
   * The need of one size, in MB. {@code needed} exceeds {@link #MAX_HEAP_MB} if no allowed heap
   * suffices.
   */
  private record Row(int instances, int needed, double live, double peak) {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<Row> rows = new ArrayList<>();
    for (int size : SIZES) {
      err.println("memory: " + size + " instances");
      rows.add(row(size));
    }
    boolean reached = rows.getLast().needed() <= MAX_HEAP_MB;
    if (json) {
      out.println(new GsonBuilder().setPrettyPrinting().create().toJson(json(rows, reached)));
    } else {
      out.println(
          "%10s %16s %12s %12s".formatted("instances", "heap needed MB", "live MB", "peak MB"));
      rows.forEach(
          row ->
              out.println(
                  String.format(
                      Locale.ROOT,
                      "%10d %16d %12.1f %12.1f",
                      row.instances(),
                      row.needed(),
                      row.live(),
                      row.peak())));
      out.println("heap needed at 10,000 instances: at most %d MB".formatted(MAX_HEAP_MB));
    }
    return reached ? Bench.REACHED : Bench.MISSED;
  }

  /** Finds the smallest sufficient heap by bisection. */
  private static Row row(int size) throws IOException, InterruptedException {
    int tooSmall = SMALLEST_MB;
    int enough = MAX_HEAP_MB + STEP_MB;
    while (enough - tooSmall > STEP_MB) {
      int middle = (tooSmall + enough) / 2;
      if (probe(size, middle).isPresent()) {
        enough = middle;
      } else {
        tooSmall = middle;
      }
    }
    double[] used = probe(size, MAX_HEAP_MB).orElse(new double[] {-1, -1});
    return new Row(size, enough, used[0], used[1]);
  }

  /** The live and peak size in MB; empty if the heap is too small. */
  private static Optional<double[]> probe(int size, int heap)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx" + heap + "m",
                "-cp",
                System.getProperty("java.class.path"),
                MemoryProbe.class.getName(),
                Integer.toString(size),
                Integer.toString(size))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      return Optional.empty();
    }
    String[] bytes = output.strip().split(" ", 2);
    return Optional.of(new double[] {megabytes(bytes[0]), megabytes(bytes[1])});
  }

  private static double megabytes(String bytes) {
    return Long.parseLong(bytes) / 1024.0 / 1024.0;
  }

  private static JsonObject json(List<Row> rows, boolean reached) {
    JsonArray sizes = new JsonArray();
    for (Row row : rows) {
      JsonObject size = new JsonObject();
      size.addProperty("instances", row.instances());
      size.addProperty("heap_needed_mb", row.needed());
      size.addProperty("heap_live_mb", row.live());
      size.addProperty("heap_peak_mb", row.peak());
      sizes.add(size);
    }
    JsonObject json = new JsonObject();
    json.add("sizes", sizes);
    json.addProperty("heap_needed_mb", rows.getLast().needed());
    json.addProperty("max_heap_mb", MAX_HEAP_MB);
    json.addProperty("reached", reached);
    return json;
  }
}
