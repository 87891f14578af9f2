package io.trafficmirror.embedded;

import java.time.Instant;
import java.util.List;

/**
 * Records that are delivered to the function together.
 *
 * @param records in order, all of one lane
 * @param failures the number of failures that count towards the maximum of retries
 * @param invocations the number of invocations that included these records
 * @param errored whether the last invocation ended in an error rather than a partial response
 */
record Batch(List<StoredRecord> records, int failures, int invocations, boolean errored) {

  Batch {
    records = List.copyOf(records);
  }

  static Batch fresh(List<StoredRecord> records) {
    return new Batch(records, 0, 0, false);
  }

  /** The batch after another invocation that returned these records. */
  Batch returned(boolean counts, boolean byError) {
    return new Batch(records, failures + (counts ? 1 : 0), invocations + 1, byError);
  }

  Batch part(int from, int to) {
    return new Batch(records.subList(from, to), failures, invocations, errored);
  }

  /** The number of leading records that arrived before a moment. */
  int arrivedBefore(Instant moment) {
    int count = 0;
    while (count < records.size() && records.get(count).arrivedAt().isBefore(moment)) {
      count++;
    }
    return count;
  }

  int size() {
    return records.size();
  }

  List<String> sequenceNumbers() {
    return records.stream().map(StoredRecord::sequenceNumber).toList();
  }
}
