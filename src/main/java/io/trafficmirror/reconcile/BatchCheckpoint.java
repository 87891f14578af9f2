package io.trafficmirror.reconcile;

import io.trafficmirror.port.Failure;
import io.trafficmirror.port.FailureKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a batch comes to: the record that a retry starts from, and what is told once a record is
 * acknowledged.
 */
final class BatchCheckpoint {

  /**
   * A turn that a backfill run takes when the batch is done.
   *
   * @param from the page that leads to it
   * @param turn the turn
   */
  record PendingTurn(PageRecord from, BackfillRun.Turn turn) {}

  private record Note(int position, Runnable tell) {}

  private final List<Note> notes = new ArrayList<>();
  private int checkpoint = Integer.MAX_VALUE;
  private int deferred;
  private Optional<PendingTurn> turn = Optional.empty();

  /** The record at this place has to be delivered again, and with it all that come after it. */
  void goBack(int position, Failure why) {
    checkpoint = Math.min(checkpoint, position);
    if (why.kind() == FailureKind.OUT_OF_TIME) {
      deferred++;
    }
  }

  /**
   * To be told if the record at this place is acknowledged, which is known when the batch is done.
   */
  void whenAcknowledged(int position, Runnable tell) {
    notes.add(new Note(position, tell));
  }

  void tellAcknowledged() {
    notes.stream().filter(note -> isAcknowledged(note.position())).forEach(n -> n.tell().run());
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
  void turn(PageRecord from, BackfillRun.Turn next) {
    turn = Optional.of(new PendingTurn(from, next));
  }

  Optional<PendingTurn> turn() {
    return turn;
  }
}
