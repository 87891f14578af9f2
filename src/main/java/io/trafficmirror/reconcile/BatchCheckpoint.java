package io.trafficmirror.reconcile;

import io.trafficmirror.port.Failure;
import io.trafficmirror.port.FailureKind;
import io.trafficmirror.run.BackfillRun;
import io.trafficmirror.run.PageRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The record that a retry of a batch starts from, and what is published once the records before it
 * are acknowledged.
 */
final class BatchCheckpoint {

  /**
   * A turn that a backfill run takes when the batch is done.
   *
   * @param from the page that leads to it
   * @param turn the turn
   */
  record PendingTurn(PageRecord from, BackfillRun.Decision turn) {}

  private record Publication(int position, Runnable publish) {}

  private final List<Publication> publications = new ArrayList<>();
  private int checkpoint = Integer.MAX_VALUE;
  private int deferred;
  private Optional<PendingTurn> turn = Optional.empty();

  /** The record at this place has to be delivered again, and with it all that come after it. */
  void retryFrom(int position, Failure why) {
    checkpoint = Math.min(checkpoint, position);
    if (why.kind() == FailureKind.OUT_OF_TIME) {
      deferred++;
    }
  }

  /**
   * Publishes something if the record at this place is acknowledged, which is known when the batch
   * is done.
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

  /** What a backfill run does next, if its page is acknowledged in the end. */
  void setTurn(PageRecord from, BackfillRun.Decision next) {
    turn = Optional.of(new PendingTurn(from, next));
  }

  Optional<PendingTurn> turn() {
    return turn;
  }
}
