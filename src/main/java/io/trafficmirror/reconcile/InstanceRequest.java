package io.trafficmirror.reconcile;

import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.Scope;
import io.trafficmirror.mirror.Trigger;
import io.trafficmirror.port.StreamRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A request to reconcile one instance, with the records that name it. It only identifies the
 * instance; the actions follow from observation.
 *
 * @param scope the account and Region
 * @param instance the instance
 * @param trigger the kind of the first record
 * @param happenedAt when the triggering event happened: the event's own time if it is plausible,
 *     otherwise the record's arrival; empty for a backfill
 * @param causes the records that name the instance, in batch order, at least one
 */
public record InstanceRequest(
    Scope scope,
    InstanceId instance,
    Trigger trigger,
    Optional<Instant> happenedAt,
    List<StreamRecord> causes) {

  /** Copies the list. */
  public InstanceRequest {
    causes = List.copyOf(causes);
    if (causes.isEmpty()) {
      throw new IllegalArgumentException("a request needs at least one cause");
    }
  }

  /** The record from which a retry of the batch must start. */
  public StreamRecord firstCause() {
    return causes.getFirst();
  }

  /**
   * The position of the first record that arrived less than {@code limit} ago; empty if all are
   * older.
   */
  public OptionalInt firstYoungPosition(Instant now, Duration limit) {
    return causes.stream()
        .filter(record -> Duration.between(record.arrivedAt(), now).compareTo(limit) < 0)
        .mapToInt(StreamRecord::position)
        .min();
  }
}
