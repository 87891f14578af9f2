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
 * One instance to be reconciled, with the records that name it. It is only a key: what is done
 * about the instance follows from what is observed.
 *
 * @param scope the account and Region
 * @param instance the instance
 * @param trigger why, by the first of the records
 * @param happenedAt when that happened; for a launch or a finding, the event's time or else the
 *     record's arrival; empty for a backfill, which nothing happened for
 * @param causes the records that name it, in batch order, at least one
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
      throw new IllegalArgumentException("a request has a cause");
    }
  }

  /** The record that a retry for everyone has to start from. */
  public StreamRecord firstCause() {
    return causes.getFirst();
  }

  /**
   * The place of the first record that arrived less than {@code limit} ago; empty where all are
   * older.
   */
  public OptionalInt firstYoungPosition(Instant now, Duration limit) {
    return causes.stream()
        .filter(record -> Duration.between(record.arrivedAt(), now).compareTo(limit) < 0)
        .mapToInt(StreamRecord::position)
        .min();
  }
}
