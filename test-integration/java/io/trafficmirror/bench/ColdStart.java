package io.trafficmirror.bench;

import io.trafficmirror.artefact.MinimalEnvironment;
import io.trafficmirror.function.FunctionAnswer;
import io.trafficmirror.function.FunctionOptions;
import io.trafficmirror.function.FunctionProcess;
import io.trafficmirror.function.FunctionSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Compares the cold start of the package with that of {@link BareHandler}. */
@Command(
    name = "cold-start",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpWidth = 96,
    description = {
      "Starts the package and a bare handler alternately under Lambda's runtime interface client,",
      "with Lambda's JVM flags. The bare handler takes the same event and makes the same S3 and"
          + " EC2",
      "calls with the same SDK and HTTP client. Bounds: at most 1.25 times the time of the bare",
      "handler, and less than 300 MB."
    })
final class ColdStart implements Callable<Integer> {

  private static final double NANOS_IN_MILLI = 1e6;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "15",
      description = "Starts of each of the two; default: ${DEFAULT-VALUE}.")
  private int runs;

  @Option(
      names = "--records",
      paramLabel = "N",
      defaultValue = "1",
      description = "Records in the first batch; default: ${DEFAULT-VALUE}.")
  private int records;

  @Option(
      names = "--flag",
      paramLabel = "FLAG",
      description = "An additional flag for both JVMs; repeatable.")
  private List<String> flags = new ArrayList<>();

  @Option(names = "--json", description = "Prints the result as JSON.")
  private boolean json;

  private final PrintWriter out;
  private final PrintWriter err;

  ColdStart(PrintWriter out, PrintWriter err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Optional<String> missing = FunctionProcess.unsupportedReason();
    if (missing.isPresent()) {
      err.println("bench: " + missing.get());
      return Bench.MISSED;
    }
    try (MinimalEnvironment world = new MinimalEnvironment()) {
      ColdStartReport report = measure(world);
      out.println(json ? report.json() : report.text());
      return report.isReached() ? Bench.REACHED : Bench.MISSED;
    }
  }

  private ColdStartReport measure(MinimalEnvironment world)
      throws IOException, InterruptedException {
    Path work = Files.createDirectories(Bench.HOME.resolve("target/bench/cold-start"));
    Path zip = Bench.HOME.resolve("target/traffic-mirror-pipeline.zip");
    Path bareZip = work.resolve("bare.zip");
    BareHandlerPackage.build(zip, bareZip);
    FunctionSettings product =
        world.function("product", zip, "io.trafficmirror.lambda.StreamHandler::handleRequest");
    FunctionSettings bare =
        world.function("bare", bareZip, BareHandler.class.getName() + "::handleRequest");
    FunctionOptions options = FunctionOptions.defaults(work.resolve("logs")).withMoreFlags(flags);
    // Warm-up: loads the files into memory and warms up embedded AWS.
    start(world, product, options, records);
    start(world, bare, options, records);
    List<StartSample> productStarts = new ArrayList<>();
    List<StartSample> bareStarts = new ArrayList<>();
    for (int run = 1; run <= runs; run++) {
      productStarts.add(start(world, product, options, records));
      bareStarts.add(start(world, bare, options, records));
      err.println(ColdStartReport.progress(run, productStarts.getLast(), bareStarts.getLast()));
    }
    List<StartSample> restored = new ArrayList<>();
    FunctionOptions snapshot = options.withStart(FunctionOptions.Start.SNAPSHOT);
    for (int run = 1; run <= Math.max(1, runs / 3); run++) {
      restored.add(start(world, product, snapshot, records));
    }
    StartSample large = start(world, product, options, ColdStartReport.LARGE_BATCH);
    return new ColdStartReport(productStarts, bareStarts, restored, large);
  }

  private static StartSample start(
      MinimalEnvironment world, FunctionSettings function, FunctionOptions options, int count)
      throws InterruptedException {
    byte[] event = world.launch(count);
    int before = world.sessions();
    try (FunctionProcess process = FunctionProcess.start(function, options)) {
      Optional<FunctionAnswer> failed = process.initialise();
      long ready = System.nanoTime();
      FunctionAnswer answer = failed.isPresent() ? failed.get() : process.invoke(event);
      double both = (System.nanoTime() - ready) / NANOS_IN_MILLI;
      if (!(answer instanceof FunctionAnswer.Answered(byte[] body, Duration took))
          || world.sessions() != before + count) {
        throw new IllegalStateException(
            "%s created %d of %d sessions; response: %s; log:%n%s"
                .formatted(
                    function.name(), world.sessions() - before, count, answer, process.log()));
      }
      double batch = took.toNanos() / NANOS_IN_MILLI;
      boolean restored = options.start() == FunctionOptions.Start.SNAPSHOT;
      return new StartSample(
          restored ? both - batch : process.initialisationDuration().toNanos() / NANOS_IN_MILLI,
          batch,
          process.cpuTime().toNanos() / NANOS_IN_MILLI,
          process.peakMemoryMegabytes());
    }
  }
}
