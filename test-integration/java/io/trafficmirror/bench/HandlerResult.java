package io.trafficmirror.bench;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the handler costs, batch by batch.
 *
 * @param rows at least one for 100 records about 100 instances and one for 10,000 about 10,000
 */
record HandlerResult(List<Row> rows) {

  /** What one core must get done. */
  static final double MIN_RECORDS_PER_SECOND = 50_000;

  /**
   * Smaller batches pay for the line and the metrics of a batch; where records come that slowly,
   * nobody waits.
   */
  static final int RECORDS_FROM_WHICH_IT_COUNTS = 100;

  /** What a record may cost in a batch of 10,000, in terms of what it costs in one of 100. */
  static final double MAX_GROWTH = 1.5;

  /** Copies the list. */
  HandlerResult {
    rows = List.copyOf(rows);
  }

  /**
   * One kind of batch.
   *
   * @param records how many records it has
   * @param instances how many instances they name
   * @param nanosPerRecord the processor time that one record takes, collector and compiler included
   * @param wallNanosPerRecord how long one record takes by the clock, whoever else uses the machine
   * @param bytesPerRecord what one record allocates
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
      return records >= RECORDS_FROM_WHICH_IT_COUNTS;
    }
  }

  /** The slowest of the batches that count. */
  double recordsPerSecond() {
    return rows.stream().filter(Row::counts).mapToDouble(Row::recordsPerSecond).min().orElseThrow();
  }

  /** By how much a record gets dearer from 100 records and instances to 10,000. */
  double growth() {
    return nanosPerRecordAt(10_000) / nanosPerRecordAt(100);
  }

  boolean reached() {
    return recordsPerSecond() >= MIN_RECORDS_PER_SECOND && growth() <= MAX_GROWTH;
  }

  private double nanosPerRecordAt(int size) {
    return rows.stream()
        .filter(row -> row.records() == size && row.instances() == size)
        .mapToDouble(Row::nanosPerRecord)
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
            RECORDS_FROM_WHICH_IT_COUNTS,
            recordsPerSecond(),
            MIN_RECORDS_PER_SECOND,
            recordsPerSecond() / MIN_RECORDS_PER_SECOND));
    lines.add(
        String.format(
            Locale.ROOT,
            "cost of a record at 10,000 over that at 100: %.2f, at most %.2f",
            growth(),
            MAX_GROWTH));
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
    json.addProperty("growth_100_to_10000", growth());
    json.addProperty("max_growth", MAX_GROWTH);
    json.addProperty("reached", reached());
    return json;
  }
}
