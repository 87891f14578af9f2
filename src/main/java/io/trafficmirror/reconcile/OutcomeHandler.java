package io.trafficmirror.reconcile;

import io.trafficmirror.event.MirrorEvent;
import io.trafficmirror.event.OwnEvents;
import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.Reason;
import io.trafficmirror.port.Answer;
import io.trafficmirror.port.Deadline;
import io.trafficmirror.port.Failure;
import io.trafficmirror.port.FailureKind;
import io.trafficmirror.port.FailureStore;
import io.trafficmirror.port.StreamArn;
import io.trafficmirror.port.StreamRecord;
import io.trafficmirror.port.Time;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/** Draws the conclusion from each outcome: done, told, delivered again, or kept for a replay. */
final class OutcomeHandler {

  private final FailureStore failures;
  private final Telemetry telemetry;
  private final Limits limits;
  private final RecentTroubles troubles;
  private final Time time;

  OutcomeHandler(FailureStore failures, Telemetry telemetry, Limits limits, Time time) {
    this.failures = failures;
    this.telemetry = telemetry;
    this.limits = limits;
    this.troubles = new RecentTroubles(time);
    this.time = time;
  }

  /** Every look of the batch, or of its page, with what became of it. */
  void settle(
      Collection<InstanceRequest> looks,
      Map<InstanceId, Outcome> outcomes,
      BatchCheckpoint ledger,
      Deadline deadline) {
    for (InstanceRequest look : looks) {
      settle(
          look,
          Objects.requireNonNull(outcomes.get(look.instance()), "a look without an outcome"),
          ledger,
          deadline);
    }
  }

  private void settle(
      InstanceRequest look, Outcome outcome, BatchCheckpoint ledger, Deadline deadline) {
    int first = look.firstCause().position();
    switch (outcome) {
      case Outcome.Created ignored -> telemetry.instance(look, outcome);
      case Outcome.Modified ignored -> telemetry.instance(look, outcome);
      case Outcome.WouldAct ignored ->
          ledger.whenAcknowledged(first, () -> telemetry.instance(look, outcome));
      case Outcome.Settled ignored ->
          ledger.whenAcknowledged(first, () -> telemetry.instance(look, outcome));
      case Outcome.Refused ignored ->
          ledger.whenAcknowledged(first, () -> telemetry.instance(look, outcome));
      case Outcome.RetryForEveryone retry -> {
        ledger.goBack(first, retry.failure());
        telemetry.instance(look, outcome);
      }
      case Outcome.RetryForInstance retry ->
          retryPosition(look, retry.failure(), deadline)
              .ifPresentOrElse(
                  position -> {
                    ledger.goBack(position, retry.failure());
                    telemetry.instance(look, outcome);
                  },
                  () -> giveUp(look, retry.failure(), ledger, deadline));
    }
  }

  /** Where a retry for this instance only starts from; empty where it had all that it gets. */
  private OptionalInt retryPosition(InstanceRequest look, Failure failure, Deadline deadline) {
    InstanceId instance = look.instance();
    boolean isNew = troubles.isFirst(instance, failure.kind());
    OptionalInt young = look.firstYoungPosition(time.now(), limits.instanceRetry());
    if (young.isPresent() || limits.instanceRetry().isZero()) {
      return young;
    }
    boolean goesBackOnce =
        isNew || (isCutShort(deadline) && troubles.isFirst(instance, FailureKind.OUT_OF_TIME));
    return goesBackOnce ? OptionalInt.of(look.firstCause().position()) : young;
  }

  /** Whether there may have been no time for each look that an instance gets in an invocation. */
  private boolean isCutShort(Deadline deadline) {
    Duration longestPause =
        limits.lookAgain().stream().max(Duration::compareTo).orElse(Duration.ZERO);
    return !deadline.allows(
        BatchProcessor.CLOSING_TIME.plus(longestPause).plus(ApplyRun.MIN_CALL_TIME));
  }

  private void giveUp(
      InstanceRequest look, Failure failure, BatchCheckpoint ledger, Deadline deadline) {
    int first = look.firstCause().position();
    if (failure.kind() == FailureKind.INSTANCE_NOT_SEEN) {
      Outcome gone = new Outcome.Settled(Reason.GONE);
      ledger.whenAcknowledged(first, () -> telemetry.instance(look, gone));
      return;
    }
    StreamArn arn = StreamArn.parse(look.firstCause().streamArn());
    byte[] payload =
        OwnEvents.write(
            new MirrorEvent.InstanceRequested(look.instance(), look.happenedAt()),
            arn.account(),
            arn.region());
    FailureStore.Kept item =
        new FailureStore.Kept(
            look.firstCause(),
            Optional.of(look.instance()),
            failure.code(),
            failure.message(),
            payload,
            look.instance().value());
    keep(item, ledger, deadline)
        .ifPresent(at -> ledger.whenAcknowledged(first, () -> telemetry.left(look, failure, at)));
  }

  /** The record can never be understood: keep its payload, or have it delivered again. */
  void reject(
      StreamRecord record, MirrorEvent.Malformed event, BatchCheckpoint ledger, Deadline deadline) {
    FailureStore.Kept item =
        new FailureStore.Kept(
            record,
            Optional.empty(),
            "malformed",
            event.reason(),
            record.data(),
            record.partitionKey());
    keep(item, ledger, deadline)
        .ifPresent(
            at ->
                ledger.whenAcknowledged(
                    record.position(), () -> telemetry.rejected(record, event.reason(), at)));
  }

  private Optional<String> keep(FailureStore.Kept item, BatchCheckpoint ledger, Deadline deadline) {
    return switch (failures.keep(item, deadline)) {
      case Answer.Got<String>(String at) -> Optional.of(at);
      case Answer.Failed<String>(Failure failure) -> {
        ledger.goBack(item.record().position(), failure);
        telemetry.trouble("keep-payload", failure);
        yield Optional.empty();
      }
    };
  }
}
