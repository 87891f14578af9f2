package io.trafficmirror.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.embedded.Delivered;
import io.trafficmirror.embedded.StoredRecord;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class DeliveryTrackerTest {

  private final DeliveryTracker tracker = new DeliveryTracker();

  @Test
  void countsARecordThatIsAcknowledgedAfterRetriesAsNotLost() {
    tracker.update(stored("1", "2", "3"), List.of(delivered("from 2", "1", "2", "3")));
    tracker.update(
        stored("1", "2", "3"),
        List.of(delivered("failed Runtime.ExitError", "2", "3"), delivered("ok", "2", "3")));
    assertThat(tracker.discrepancies(3, 0).isNone()).isTrue();
    assertThat(tracker.deliveries()).isEqualTo(3);
    assertThat(tracker.returned()).isEqualTo(2);
  }

  @Test
  void reportsAnUnacknowledgedRecordAsLost() {
    tracker.update(stored("1", "2"), List.of(delivered("from 2", "1", "2")));
    assertThat(tracker.discrepancies(2, 0).lost()).singleElement().asString().contains("[2]");
  }

  @Test
  void countsARecordInTheFailureBucketAsNotLost() {
    tracker.update(stored("1", "2"), List.of(delivered("from 2", "1", "2")));
    assertThat(tracker.discrepancies(2, 1).isNone()).isTrue();
  }

  @Test
  void reportsARecordThatExpiredUnreadAsLost() {
    tracker.update(stored("1"), List.of(delivered("ok", "1")));
    assertThat(tracker.discrepancies(2, 0).lost()).hasSize(1);
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
