package io.trafficmirror.bench;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * The measured starts, and whether they meet the bounds.
 *
 * @param product starts of the product
 * @param bare starts of the bare handler, of the same number
 * @param restored starts of the product from a snapshot, whose {@code init} is the time of the
 *     hooks after the restore
 * @param largeBatch a start of the product with {@link #LARGE_BATCH} records
 */
record ColdStartReport(
    List<StartSample> product,
    List<StartSample> bare,
    List<StartSample> restored,
    StartSample largeBatch) {

  /** The number of records in the large batch. */
  static final int LARGE_BATCH = 1_000;

  /** The maximum ratio of the total times of the product and the bare handler. */
  static final double MAX_RATIO = 1.25;

  /** The memory with a large batch must be less than this. */
  static final double MEMORY_LIMIT_MB = 300;

  double ratio() {
    return StartSample.median(product, StartSample::totalMillis)
        / StartSample.median(bare, StartSample::totalMillis);
  }

  boolean isReached() {
    return ratio() <= MAX_RATIO && largeBatch.peakMegabytes() < MEMORY_LIMIT_MB;
  }

  /** The report as a table. */
  String text() {
    StringBuilder text = new StringBuilder();
    text.append(
        "%-46s %8s %8s %7s%n"
            .formatted("medians of " + product.size(), "product", "bare", "ratio"));
    line(text, "process start to first request, ms", StartSample::initMillis);
    line(text, "first batch, ms", StartSample::firstBatchMillis);
    line(text, "both, ms", StartSample::totalMillis);
    line(text, "processor time, ms", StartSample::cpuMillis);
    line(text, "peak memory, MB", StartSample::peakMegabytes);
    text.append(
        "%-46s %8.0f%n"
            .formatted(
                "from a snapshot: hooks and first batch, ms",
                StartSample.median(restored, StartSample::totalMillis)));
    text.append(
        "%-46s %8.0f%n"
            .formatted(
                "peak memory with %,d records, MB".formatted(LARGE_BATCH),
                largeBatch.peakMegabytes()));
    text.append(
        "%s: at most %.2f times the bare handler, and less than %.0f MB.%n"
            .formatted(isReached() ? "Reached" : "Missed", MAX_RATIO, MEMORY_LIMIT_MB));
    return text.toString();
  }

  private void line(StringBuilder text, String what, ToDoubleFunction<StartSample> value) {
    double productMedian = StartSample.median(product, value);
    double bareMedian = StartSample.median(bare, value);
    text.append(
        "%-46s %8.0f %8.0f %7.2f%n"
            .formatted(what, productMedian, bareMedian, productMedian / bareMedian));
  }

  /** The report as JSON. */
  String json() {
    JsonObject json = new JsonObject();
    json.addProperty("benchmark", "cold-start");
    json.addProperty("runs", product.size());
    json.add("product", medians(product));
    json.add("bare", medians(bare));
    json.addProperty("ratio", rounded(ratio(), 1_000));
    json.addProperty("ratio_at_most", MAX_RATIO);
    json.add("from_snapshot", medians(restored));
    json.addProperty("large_batch_records", LARGE_BATCH);
    json.addProperty("large_batch_peak_memory_mb", largeBatch.peakMegabytes());
    json.addProperty("large_batch_peak_memory_below_mb", MEMORY_LIMIT_MB);
    json.addProperty("reached", isReached());
    return new GsonBuilder().setPrettyPrinting().create().toJson(json);
  }

  private static JsonObject medians(List<StartSample> samples) {
    JsonObject medians = new JsonObject();
    add(medians, "init_ms", samples, StartSample::initMillis);
    add(medians, "first_batch_ms", samples, StartSample::firstBatchMillis);
    add(medians, "total_ms", samples, StartSample::totalMillis);
    add(medians, "cpu_ms", samples, StartSample::cpuMillis);
    add(medians, "peak_memory_mb", samples, StartSample::peakMegabytes);
    return medians;
  }

  private static void add(
      JsonObject json,
      String name,
      List<StartSample> samples,
      ToDoubleFunction<StartSample> value) {
    json.addProperty(name, rounded(StartSample.median(samples, value), 10));
  }

  private static double rounded(double value, int parts) {
    return Math.rint(value * parts) / parts;
  }

  /** A progress line for one pair of starts. */
  static String progress(int run, StartSample product, StartSample bare) {
    return String.format(
        Locale.ROOT,
        "run %d: product %.0f ms, bare %.0f ms",
        run,
        product.totalMillis(),
        bare.totalMillis());
  }
}
