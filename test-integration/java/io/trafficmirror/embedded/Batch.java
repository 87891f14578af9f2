package io.trafficmirror.embedded;

import java.time.Instant;
import java.util.List;

/**
 * Records that go to the function together.
 *
 * @param records in order, all of one lane
 * @param failures how many invocations counted against the limit of retries
 * @param invocations how many invocations these records were in
 * @param errored whether the last of them ended in an error rather than a partial answer
 */
record Batch(List<StoredRecord> records, int failures, int invocations, boolean errored) {

  Batch {
    records = List.copyOf(records);
  }

  static Batch fresh(List<StoredRecord> records) {
    return new Batch(records, 0, 0, false);
  }

  /** After one more invocation that gave these records back. */
  Batch returned(boolean counts, boolean byError) {
    return new Batch(records, failures + (counts ? 1 : 0), invocations + 1, byError);
  }

  Batch part(int from, int to) {
    return new Batch(records.subList(from, to), failures, invocations, errored);
  }

  /** How many records at the start arrived before a moment. */
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
