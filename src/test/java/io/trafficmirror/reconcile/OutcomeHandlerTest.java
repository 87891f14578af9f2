package io.trafficmirror.reconcile;

import static io.trafficmirror.reconcile.World.FILTER;
import static io.trafficmirror.reconcile.World.SCOPE;
import static io.trafficmirror.reconcile.World.TARGET;
import static io.trafficmirror.reconcile.World.failure;
import static io.trafficmirror.reconcile.World.ours;
import static io.trafficmirror.reconcile.World.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.event.EventParser;
import io.trafficmirror.event.MirrorEvent;
import io.trafficmirror.harness.VirtualTime;
import io.trafficmirror.mirror.Action;
import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.Reason;
import io.trafficmirror.mirror.Session;
import io.trafficmirror.mirror.TargetRef;
import io.trafficmirror.mirror.WantedSession;
import io.trafficmirror.port.FailureKind;
import io.trafficmirror.port.FailureStore;
import io.trafficmirror.port.StreamRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link OutcomeHandler}: the effect of each outcome on its record. */
class OutcomeHandlerTest {

  private static final Duration YOUNG = Duration.ofSeconds(119);
  private static final Duration OLD = Duration.ofMinutes(2);
  private static final InstanceId INSTANCE = new InstanceId("i-1");

  private final World world = new World();
  private final BatchCheckpoint checkpoint = new BatchCheckpoint();

  static List<Arguments> outcomes() {
    WantedSession wanted = wanted("1", new WantedSession.Aim.Target(TARGET));
    Session session = ours("1", TARGET);
    TargetRef target = new TargetRef.Existing(TARGET);
    Action.CreateSession create =
        new Action.CreateSession(wanted.source(), "tags[0]", target, FILTER, 100);
    Action.ModifySession modify =
        new Action.ModifySession(wanted.source(), "tags[0]", session.id(), target, FILTER);
    return List.of(
        Arguments.of(new Outcome.Created(create, session, VirtualTime.START), true, false),
        Arguments.of(new Outcome.Modified(modify, session), true, false),
        Arguments.of(new Outcome.WouldApply(create), true, false),
        Arguments.of(new Outcome.Settled(Reason.ALREADY_MIRRORED), false, false),
        Arguments.of(new Outcome.Refused(Reason.DENIED, failure(FailureKind.DENIED)), false, false),
        Arguments.of(new Outcome.RetryBatch(failure(FailureKind.THROTTLED)), true, true),
        Arguments.of(new Outcome.RetryInstance(failure(FailureKind.REFUSED)), true, true));
  }

  @ParameterizedTest
  @MethodSource("outcomes")
  void publishesChangesAndRetriesAtOnceAndTheRestWhenAcknowledged(
      Outcome outcome, boolean atOnce, boolean isRetried) {
    handle(outcome, world.request("1", YOUNG));
    assertThat(world.telemetry.outcomes).hasSize(atOnce ? 1 : 0);
    assertThat(checkpoint.checkpoint()).isEqualTo(isRetried ? Optional.of(0) : Optional.empty());
    checkpoint.publishAcknowledged();
    assertThat(world.telemetry.outcomes)
        .as("exactly once")
        .extracting(RecordingTelemetry.Published::outcome)
        .containsExactly(outcome);
  }

  @Test
  void doesNotPublishForARecordThatIsDeliveredAgain() {
    handle(new Outcome.Settled(Reason.ALREADY_MIRRORED), world.request("1", YOUNG));
    checkpoint.retryFrom(0, failure(FailureKind.THROTTLED));
    checkpoint.publishAcknowledged();
    assertThat(world.telemetry.outcomes).isEmpty();
  }

  @Test
  void retriesTheBatchFromTheFirstRecordOfAnyAge() {
    handle(
        new Outcome.RetryBatch(failure(FailureKind.THROTTLED)),
        world.request("1", Duration.ofHours(5), YOUNG));
    assertThat(checkpoint.checkpoint()).contains(0);
    assertThat(world.bucket.kept).isEmpty();
  }

  @Test
  void retriesAnInstanceFromItsFirstYoungRecord() {
    handle(
        new Outcome.RetryInstance(failure(FailureKind.REFUSED)),
        world.request("1", OLD, OLD, YOUNG, YOUNG));
    assertThat(checkpoint.checkpoint()).contains(2);
    assertThat(world.bucket.kept).isEmpty();
  }

  @Test
  void countsRetriesForLackOfTimeAsDeferred() {
    handle(new Outcome.RetryBatch(failure(FailureKind.OUT_OF_TIME)), world.request("1", YOUNG));
    handle(new Outcome.RetryBatch(failure(FailureKind.THROTTLED)), world.request("1", YOUNG));
    assertThat(checkpoint.deferred()).isEqualTo(1);
  }

  @Test
  void retriesOldRecordsOnceMoreForANewKindOfFailure() {
    InstanceRequest request = world.request("1", OLD, OLD);
    hasFailedBefore(FailureKind.REFUSED, request);
    handle(new Outcome.RetryInstance(failure(FailureKind.NO_CAPACITY)), request);
    assertThat(checkpoint.checkpoint()).contains(0);
    assertThat(world.bucket.kept).isEmpty();
  }

  @Test
  void storesAnInstanceWhoseRecordsAreAllTooOld() {
    InstanceRequest request = world.request("1", OLD, OLD);
    hasFailedBefore(FailureKind.NO_CAPACITY, request);
    handle(new Outcome.RetryInstance(failure(FailureKind.NO_CAPACITY)), request);

    FailureStore.FailedItem kept = world.bucket.kept.getFirst();
    assertThat(kept.scope()).isEqualTo(SCOPE);
    assertThat(kept.record()).isEqualTo(request.firstCause());
    assertThat(kept.instance()).contains(INSTANCE);
    assertThat(kept.reason()).isEqualTo("code");
    assertThat(kept.detail()).isEqualTo("message");
    assertThat(kept.partitionKey()).isEqualTo("i-1");
    assertThat(EventParser.parse(kept.payload(), SCOPE.account()))
        .as("a replay of the payload observes the instance again")
        .isEqualTo(new MirrorEvent.InstanceRequested(INSTANCE, request.happenedAt()));
    assertThat(checkpoint.checkpoint()).as("its record is acknowledged").isEmpty();
    assertThat(world.telemetry.exhausted).isEmpty();
    checkpoint.publishAcknowledged();
    assertThat(world.telemetry.exhausted)
        .containsExactly(
            new RecordingTelemetry.Exhausted(
                request, failure(FailureKind.NO_CAPACITY), "s3://failures/1"));
    assertThat(world.telemetry.outcomes).isEmpty();
  }

  @Test
  void retriesTheRecordIfTheInstanceCannotBeStored() {
    hasFailedBefore(FailureKind.NO_CAPACITY, world.request("1", OLD));
    world.bucket.failures.add(FailureKind.DENIED);
    handle(
        new Outcome.RetryInstance(failure(FailureKind.NO_CAPACITY)), world.request("1", OLD, OLD));
    assertThat(checkpoint.checkpoint()).contains(0);
    assertThat(world.telemetry.batchRetries)
        .containsExactly(
            new RecordingTelemetry.BatchRetry("keep-payload", failure(FailureKind.DENIED)));
    checkpoint.publishAcknowledged();
    assertThat(world.telemetry.exhausted).isEmpty();
  }

  @Test
  void reportsAnInstanceThatWasNeverSeenAsGone() {
    hasFailedBefore(FailureKind.INSTANCE_NOT_SEEN, world.request("1", OLD));
    handle(
        new Outcome.RetryInstance(failure(FailureKind.INSTANCE_NOT_SEEN)), world.request("1", OLD));
    assertThat(world.telemetry.outcomes).isEmpty();
    checkpoint.publishAcknowledged();
    assertThat(world.telemetry.outcomes)
        .extracting(RecordingTelemetry.Published::outcome)
        .containsExactly(new Outcome.Settled(Reason.GONE));
    assertThat(world.bucket.kept).isEmpty();
  }

  @Test
  void storesTheRawBytesOfARejectedRecord() {
    StreamRecord record = world.record(3, "{".getBytes(StandardCharsets.UTF_8));
    reject(record);
    FailureStore.FailedItem kept = world.bucket.kept.getFirst();
    assertThat(kept.instance()).isEmpty();
    assertThat(kept.reason()).isEqualTo("malformed");
    assertThat(kept.payload()).isEqualTo(record.data());
    assertThat(kept.partitionKey()).isEqualTo(record.partitionKey());
    assertThat(world.telemetry.rejected).isEmpty();
    checkpoint.publishAcknowledged();
    assertThat(world.telemetry.rejected)
        .containsExactly(new RecordingTelemetry.Rejected(record, "not JSON", "s3://failures/1"));
  }

  @Test
  void retriesARejectedRecordThatCannotBeStored() {
    world.bucket.failures.add(FailureKind.UNAVAILABLE);
    reject(world.record(3, new byte[0]));
    checkpoint.publishAcknowledged();
    assertThat(checkpoint.checkpoint()).contains(3);
    assertThat(world.telemetry.rejected).isEmpty();
  }

  /** Simulates an earlier delivery in which the instance failed with this kind. */
  private void hasFailedBefore(FailureKind kind, InstanceRequest request) {
    world.handler.handle(
        List.of(request),
        Map.of(request.instance(), new Outcome.RetryInstance(failure(kind))),
        new BatchCheckpoint(),
        world.later());
    world.telemetry.outcomes.clear();
  }

  private void handle(Outcome outcome, InstanceRequest request) {
    world.handler.handle(
        List.of(request), Map.of(request.instance(), outcome), checkpoint, world.later());
  }

  private void reject(StreamRecord record) {
    world.handler.reject(
        SCOPE, record, new MirrorEvent.Malformed("not JSON"), checkpoint, world.later());
  }
}
