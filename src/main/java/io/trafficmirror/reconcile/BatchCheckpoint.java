package io.trafficmirror.reconcile;

import io.trafficmirror.port.Failure;
import io.trafficmirror.port.FailureKind;
import io.trafficmirror.run.BackfillRun;
import io.trafficmirror.run.PageRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The record from which a batch must be retried, and the publications that wait until their records
 * are acknowledged.
 */
final class BatchCheckpoint {

  /**
   * The next step of a backfill run, taken at the end of the batch.
   *
   * @param from the page that was processed
   * @param turn the next step
   */
  record PendingTurn(PageRecord from, BackfillRun.Decision turn) {}

  private record Publication(int position, Runnable publish) {}

  private final List<Publication> publications = new ArrayList<>();
  private int checkpoint = Integer.MAX_VALUE;
  private int deferred;
  private Optional<PendingTurn> turn = Optional.empty();

  /** The record at this position, and every record after it, must be delivered again. */
  void retryFrom(int position, Failure cause) {
    checkpoint = Math.min(checkpoint, position);
    if (cause.kind() == FailureKind.OUT_OF_TIME) {
      deferred++;
    }
  }

  /**
   * Defers a publication to the end of the batch; it runs only if the record at this position is
   * then acknowledged.
   */
  void whenAcknowledged(int position, Runnable publish) {
    publications.add(new Publication(position, publish));
  }

  void publishAcknowledged() {
    for (Publication publication : publications) {
      if (isAcknowledged(publication.position())) {
        publication.publish().run();
      }
    }
  }

  boolean isAcknowledged(int position) {
    return position < checkpoint;
  }

  Optional<Integer> checkpoint() {
    return checkpoint == Integer.MAX_VALUE ? Optional.empty() : Optional.of(checkpoint);
  }

  int deferred() {
    return deferred;
  }

  /** Sets the next step of a backfill run, which is taken only if its page is acknowledged. */
  void setTurn(PageRecord from, BackfillRun.Decision next) {
    turn = Optional.of(new PendingTurn(from, next));
  }

  Optional<PendingTurn> turn() {
    return turn;
  }
}
