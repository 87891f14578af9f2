package io.trafficmirror.bench;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The cost of a record in the handler, by kind of batch.
 *
 * @param rows the kinds of batches; must include 100 records about 100 instances and 10,000 about
 *     10,000
 * @param growth the growth from batches of 100 to one of 10,000
 */
record HandlerResult(List<Row> rows, Growth growth) {

  /** The required throughput of one core. */
  static final double MIN_RECORDS_PER_SECOND = 50_000;

  /**
   * The required throughput applies from this batch size. In smaller batches the per-batch log line
   * and metrics dominate, and at such low rates no record waits.
   */
  static final int MIN_RECORDS_TO_COUNT = 100;

  /** The maximum cost of a record in one batch of 10,000, relative to 100 batches of 100. */
  static final double MAX_GROWTH = 1.4;

  /**
   * The maximum cost of a record in a fleet of 10,000, relative to a fleet of 100. Higher than the
   * growth with the batch, because a small fleet stays in the processor caches; far below a cost
   * that is proportional to the fleet.
   */
  static final double MAX_FLEET_GROWTH = 2;

  /** The maximum growth of the allocated bytes, which do not depend on the machine. */
  static final double MAX_BYTES_GROWTH = 1.1;

  HandlerResult {
    rows = List.copyOf(rows);
  }

  /**
   * A kind of batch.
   *
   * @param records the number of records
   * @param instances the number of instances
   * @param nanosPerRecord the processor time per record, including garbage collection and
   *     compilation
   * @param wallNanosPerRecord the elapsed time per record, which depends on the load on the machine
   * @param bytesPerRecord the allocated bytes per record
   */
  record Row(
      int records,
      int instances,
      double nanosPerRecord,
      double wallNanosPerRecord,
      double bytesPerRecord) {

    double recordsPerSecond() {
      return 1e9 / nanosPerRecord;
    }

    boolean counts() {
      return records >= MIN_RECORDS_TO_COUNT;
    }
  }

  /** The throughput of the slowest batch that counts. */
  double recordsPerSecond() {
    return rows.stream().filter(Row::counts).mapToDouble(Row::recordsPerSecond).min().orElseThrow();
  }

  /** The growth of the allocated bytes per record from 100 records and instances to 10,000. */
  double bytesGrowth() {
    return at(10_000).bytesPerRecord() / at(100).bytesPerRecord();
  }

  boolean reached() {
    return recordsPerSecond() >= MIN_RECORDS_PER_SECOND
        && growth.ofBatch().median() <= MAX_GROWTH
        && growth.ofFleet().median() <= MAX_FLEET_GROWTH
        && bytesGrowth() <= MAX_BYTES_GROWTH;
  }

  private Row at(int size) {
    return rows.stream()
        .filter(row -> row.records() == size && row.instances() == size)
        .findFirst()
        .orElseThrow();
  }

  List<String> table() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%10s %10s %16s %14s %14s %14s"
            .formatted(
                "records",
                "instances",
                "records/s, core",
                "CPU ns/record",
                "ns/record",
                "bytes/record"));
    for (Row row : rows) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%10d %10d %16.0f %14.0f %14.0f %14.0f",
              row.records(),
              row.instances(),
              row.recordsPerSecond(),
              row.nanosPerRecord(),
              row.wallNanosPerRecord(),
              row.bytesPerRecord()));
    }
    lines.add(
        String.format(
            Locale.ROOT,
            "slowest from %d records: %.0f records/s and core, at least %.0f: %.2f times that",
            MIN_RECORDS_TO_COUNT,
            recordsPerSecond(),
            MIN_RECORDS_PER_SECOND,
            recordsPerSecond() / MIN_RECORDS_PER_SECOND));
    lines.add(
        String.format(
            Locale.ROOT,
            "cost of a record in one batch of 10,000 over that in 100 batches of 100: %.2f, at most"
                + " %.2f (80 %% of the turns: %.2f to %.2f)",
            growth.ofBatch().median(),
            MAX_GROWTH,
            growth.ofBatch().at(0.1),
            growth.ofBatch().at(0.9)));
    lines.add(
        String.format(
            Locale.ROOT,
            "cost of a record in a fleet of 10,000 over that in one of 100: %.2f, at most %.2f (80"
                + " %% of the turns: %.2f to %.2f)",
            growth.ofFleet().median(),
            MAX_FLEET_GROWTH,
            growth.ofFleet().at(0.1),
            growth.ofFleet().at(0.9)));
    lines.add(
        String.format(
            Locale.ROOT,
            "allocated by a record at 10,000 over that at 100: %.2f, at most %.2f",
            bytesGrowth(),
            MAX_BYTES_GROWTH));
    return lines;
  }

  JsonObject json() {
    JsonArray batches = new JsonArray();
    for (Row row : rows) {
      JsonObject batch = new JsonObject();
      batch.addProperty("records", row.records());
      batch.addProperty("instances", row.instances());
      batch.addProperty("records_per_second", Math.round(row.recordsPerSecond()));
      batch.addProperty("cpu_nanos_per_record", Math.round(row.nanosPerRecord()));
      batch.addProperty("wall_nanos_per_record", Math.round(row.wallNanosPerRecord()));
      batch.addProperty("bytes_per_record", Math.round(row.bytesPerRecord()));
      batches.add(batch);
    }
    JsonObject json = new JsonObject();
    json.add("batches", batches);
    json.addProperty("records_per_second", Math.round(recordsPerSecond()));
    json.addProperty("min_records_per_second", MIN_RECORDS_PER_SECOND);
    json.addProperty("growth_100_to_10000", growth.ofBatch().median());
    json.addProperty("max_growth", MAX_GROWTH);
    json.addProperty("bytes_growth_100_to_10000", bytesGrowth());
    json.addProperty("max_bytes_growth", MAX_BYTES_GROWTH);
    json.addProperty("fleet_growth_100_to_10000", growth.ofFleet().median());
    json.addProperty("max_fleet_growth", MAX_FLEET_GROWTH);
    json.addProperty("reached", reached());
    return json;
  }
}
