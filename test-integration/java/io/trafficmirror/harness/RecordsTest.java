package io.trafficmirror.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.embedded.Delivered;
import io.trafficmirror.embedded.StoredRecord;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class RecordsTest {

  private final Records records = new Records();

  @Test
  void countsARecordThatIsAcknowledgedAfterRetriesAsNotLost() {
    records.update(stored("1", "2", "3"), List.of(delivered("from 2", "1", "2", "3")));
    records.update(
        stored("1", "2", "3"),
        List.of(delivered("failed Runtime.ExitError", "2", "3"), delivered("ok", "2", "3")));
    assertThat(records.discrepancies(3, 0).isNone()).isTrue();
    assertThat(records.deliveries()).isEqualTo(3);
    assertThat(records.returned()).isEqualTo(2);
  }

  @Test
  void reportsAnUnacknowledgedRecordAsLost() {
    records.update(stored("1", "2"), List.of(delivered("from 2", "1", "2")));
    assertThat(records.discrepancies(2, 0).lost()).singleElement().asString().contains("[2]");
  }

  @Test
  void countsARecordInTheFailureBucketAsNotLost() {
    records.update(stored("1", "2"), List.of(delivered("from 2", "1", "2")));
    assertThat(records.discrepancies(2, 1).isNone()).isTrue();
  }

  @Test
  void reportsARecordThatExpiredUnreadAsLost() {
    records.update(stored("1"), List.of(delivered("ok", "1")));
    assertThat(records.discrepancies(2, 0).lost()).hasSize(1);
  }

  private static List<StoredRecord> stored(String... numbers) {
    return Stream.of(numbers)
        .map(number -> new StoredRecord("shard", number, "key", Instant.EPOCH, new byte[0]))
        .toList();
  }

  private static Delivered delivered(String outcome, String... numbers) {
    return new Delivered("shard", List.of(numbers), outcome);
  }
}
