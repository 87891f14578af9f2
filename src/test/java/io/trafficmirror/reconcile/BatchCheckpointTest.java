package io.trafficmirror.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.event.MirrorEvent.BackfillPage;
import io.trafficmirror.harness.VirtualTime;
import io.trafficmirror.port.Failure;
import io.trafficmirror.port.FailureKind;
import io.trafficmirror.port.StreamRecord;
import io.trafficmirror.run.BackfillRun;
import io.trafficmirror.run.PageRecord;
import io.trafficmirror.run.RunStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BatchCheckpointTest {

  private final BatchCheckpoint checkpoint = new BatchCheckpoint();

  @Test
  void returnsTheLowestRetryableRecord() {
    assertThat(checkpoint.checkpoint()).isEmpty();
    checkpoint.retryFrom(5, failure(FailureKind.THROTTLED));
    checkpoint.retryFrom(2, failure(FailureKind.THROTTLED));
    checkpoint.retryFrom(9, failure(FailureKind.THROTTLED));
    assertThat(checkpoint.checkpoint()).contains(2);
    assertThat(checkpoint.isAcknowledged(1)).isTrue();
    assertThat(checkpoint.isAcknowledged(2)).isFalse();
    assertThat(checkpoint.isAcknowledged(3)).isFalse();
  }

  @Test
  void publishesOnlyForRecordsBeforeTheCheckpoint() {
    List<String> published = new ArrayList<>();
    checkpoint.whenAcknowledged(1, () -> published.add("one"));
    checkpoint.whenAcknowledged(2, () -> published.add("two"));
    checkpoint.whenAcknowledged(3, () -> published.add("three"));
    checkpoint.retryFrom(2, failure(FailureKind.THROTTLED));
    checkpoint.publishAcknowledged();
    assertThat(published).containsExactly("one");
  }

  @Test
  void publishesEverythingIfNothingIsRetried() {
    List<String> published = new ArrayList<>();
    checkpoint.whenAcknowledged(0, () -> published.add("zero"));
    checkpoint.whenAcknowledged(7, () -> published.add("seven"));
    assertThat(published).as("before the batch is done").isEmpty();
    checkpoint.publishAcknowledged();
    assertThat(published).containsExactly("zero", "seven");
  }

  @Test
  void countsRetriesForLackOfTimeAsDeferred() {
    checkpoint.retryFrom(5, failure(FailureKind.OUT_OF_TIME));
    checkpoint.retryFrom(2, failure(FailureKind.THROTTLED));
    checkpoint.retryFrom(9, failure(FailureKind.OUT_OF_TIME));
    assertThat(checkpoint.deferred()).isEqualTo(2);
  }

  @Test
  void storesTheTurnOfARunUntilTheEndOfTheBatch() {
    assertThat(checkpoint.turn()).isEmpty();
    PageRecord page =
        new PageRecord(
            new StreamRecord(0, "arn", "shard", "1", "key", VirtualTime.START, new byte[0]),
            new BackfillPage("run", Optional.empty(), 1, 200, Optional.empty(), 0));
    BackfillRun.Decision turn =
        new BackfillRun.Decision(RunStep.COMPLETED, Optional.empty(), "1 pages");
    checkpoint.setTurn(page, turn);
    assertThat(checkpoint.turn()).contains(new BatchCheckpoint.PendingTurn(page, turn));
  }

  private static Failure failure(FailureKind kind) {
    return new Failure(kind, "code", "message");
  }
}
