package io.trafficmirror.reconcile;

import io.trafficmirror.event.MirrorEvent;
import io.trafficmirror.event.OwnEvents;
import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.Reason;
import io.trafficmirror.mirror.Scope;
import io.trafficmirror.port.Answer;
import io.trafficmirror.port.Deadline;
import io.trafficmirror.port.Failure;
import io.trafficmirror.port.FailureKind;
import io.trafficmirror.port.FailureStore;
import io.trafficmirror.port.StreamRecord;
import io.trafficmirror.port.Time;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Handles each outcome: publishes it, requests redelivery of its record, or stores the request for
 * a replay.
 */
final class OutcomeHandler {

  private final FailureStore failures;
  private final Telemetry telemetry;
  private final Limits limits;
  private final TroubleMemory troubles;
  private final Time time;

  OutcomeHandler(FailureStore failures, Telemetry telemetry, Limits limits, Time time) {
    this.failures = failures;
    this.telemetry = telemetry;
    this.limits = limits;
    this.troubles = new TroubleMemory(time);
    this.time = time;
  }

  /** Handles the outcomes of the requests of the batch, or of its page. */
  void handle(
      Collection<InstanceRequest> requests,
      Map<InstanceId, Outcome> outcomes,
      BatchCheckpoint checkpoint,
      Deadline deadline) {
    for (InstanceRequest request : requests) {
      handle(
          request,
          Objects.requireNonNull(outcomes.get(request.instance()), "no outcome for a request"),
          checkpoint,
          deadline);
    }
  }

  private void handle(
      InstanceRequest request, Outcome outcome, BatchCheckpoint checkpoint, Deadline deadline) {
    int first = request.firstCause().position();
    Runnable publish = () -> telemetry.instance(request, outcome);
    switch (outcome) {
      case Outcome.Created ignored -> publish.run();
      case Outcome.Modified ignored -> publish.run();
      // Published now: a rehearsal keeps its writes, as EC2 does, so that a redelivery would have
      // nothing to apply.
      case Outcome.WouldApply ignored -> publish.run();
      case Outcome.Settled ignored -> checkpoint.whenAcknowledged(first, publish);
      case Outcome.Refused ignored -> checkpoint.whenAcknowledged(first, publish);
      case Outcome.RetryBatch(Failure failure) -> {
        checkpoint.retryFrom(first, failure);
        publish.run();
      }
      case Outcome.RetryInstance(Failure failure) -> {
        OptionalInt position = retryPosition(request, failure);
        if (position.isPresent()) {
          checkpoint.retryFrom(position.getAsInt(), failure);
          publish.run();
        } else {
          retriesExhausted(request, failure, checkpoint, deadline);
        }
      }
    }
  }

  /** The position from which to retry for this instance; empty if its retries are exhausted. */
  private OptionalInt retryPosition(InstanceRequest request, Failure failure) {
    boolean isNew = troubles.isNew(request.instance(), failure.kind());
    troubles.record(request.instance(), failure.kind());
    OptionalInt young = request.firstYoungPosition(time.now(), limits.instanceRetry());
    return young.isEmpty() && isNew && !limits.instanceRetry().isZero()
        ? OptionalInt.of(request.firstCause().position())
        : young;
  }

  /** Called when all records of the request are too old for a retry of this instance alone. */
  private void retriesExhausted(
      InstanceRequest request, Failure failure, BatchCheckpoint checkpoint, Deadline deadline) {
    int first = request.firstCause().position();
    if (failure.kind() == FailureKind.INSTANCE_NOT_SEEN) {
      Outcome gone = new Outcome.Settled(Reason.GONE);
      checkpoint.whenAcknowledged(first, () -> telemetry.instance(request, gone));
      return;
    }
    Scope scope = request.scope();
    byte[] payload =
        OwnEvents.write(
            new MirrorEvent.InstanceRequested(request.instance(), request.happenedAt()),
            scope.account(),
            scope.region());
    FailureStore.FailedItem item =
        new FailureStore.FailedItem(
            scope,
            request.firstCause(),
            Optional.of(request.instance()),
            failure.code(),
            failure.message(),
            payload,
            request.instance().value());
    keep(item, checkpoint, deadline)
        .ifPresent(
            at ->
                checkpoint.whenAcknowledged(
                    first, () -> telemetry.retriesExhausted(request, failure, at)));
  }

  /**
   * Rejects a record that can never be parsed: stores its payload, or requests redelivery if that
   * fails.
   */
  void reject(
      Scope scope,
      StreamRecord record,
      MirrorEvent.Malformed event,
      BatchCheckpoint checkpoint,
      Deadline deadline) {
    FailureStore.FailedItem item =
        new FailureStore.FailedItem(
            scope,
            record,
            Optional.empty(),
            "malformed",
            event.reason(),
            record.data(),
            record.partitionKey());
    keep(item, checkpoint, deadline)
        .ifPresent(
            at ->
                checkpoint.whenAcknowledged(
                    record.position(),
                    () -> telemetry.rejected(scope, record, event.reason(), at)));
  }

  private Optional<String> keep(
      FailureStore.FailedItem item, BatchCheckpoint checkpoint, Deadline deadline) {
    return switch (failures.store(item, deadline)) {
      case Answer.Got<String>(String at) -> Optional.of(at);
      case Answer.Failed<String>(Failure failure) -> {
        checkpoint.retryFrom(item.record().position(), failure);
        telemetry.batchRetried(item.scope(), "keep-payload", failure);
        yield Optional.empty();
      }
    };
  }
}
