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

/** How much heap a batch needs, by the number of instances that it names. */
@Command(
    name = "memory",
    mixinStandardHelpOptions = true,
    description = {
      "The heap that the handler needs for a batch about 100, 1,000 and 10,000 instances: the",
      "smallest in which a process gets it done, and what it uses where it has plenty. EC2 is in",
      "memory, so fleet and batch are counted, and the SDK's reading of its answers is not."
    })
final class MemoryBench implements Callable<Integer> {

  /** Terraform gives the function 1,024 MB unless told otherwise; half of it has to be enough. */
  static final int MAX_HEAP_MB = 512;

  private static final int[] SIZES = {100, 1_000, 10_000};
  private static final int SMALLEST_MB = 4;
  private static final int STEP_MB = 2;

  @Option(names = "--json", description = "Only the result on standard output, as JSON.")
  private boolean json;

  private final PrintWriter out;
  private final PrintWriter err;

  MemoryBench(PrintWriter out, PrintWriter err) {
    this.out = out;
    this.err = err;
  }

  /**
   * What one size needs, in megabytes; {@code needed} is more than allowed where it never works.
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

  /** The smallest heap is found by halving the interval between too small and enough. */
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

  /** Live and peak in megabytes; empty where the heap does not suffice. */
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
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      return Optional.empty();
    }
    String[] bytes = said.strip().split(" ", 2);
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
