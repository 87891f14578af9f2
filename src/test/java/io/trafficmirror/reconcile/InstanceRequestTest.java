package io.trafficmirror.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.trafficmirror.event.MirrorEvent;
import io.trafficmirror.mirror.Action;
import io.trafficmirror.mirror.FilterId;
import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.InterfaceId;
import io.trafficmirror.mirror.TargetId;
import io.trafficmirror.mirror.Trigger;
import io.trafficmirror.port.Failure;
import io.trafficmirror.port.FailureKind;
import io.trafficmirror.port.StreamArn;
import io.trafficmirror.port.StreamRecord;
import io.trafficmirror.port.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LookTest {

  private static final Instant NOW = VirtualTime.START;
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final InstanceId INSTANCE = new InstanceId("i-1");

  @Test
  void recordsAboutOneInstanceFoldToOneLookThatKnowsAllOfThem() {
    RequestSet work = new RequestSet();
    work.add(record(0, NOW), new MirrorEvent.Finding(INSTANCE, "f", "t", Optional.empty()));
    work.add(
        record(1, NOW), new MirrorEvent.InstanceRunning(new InstanceId("i-2"), Optional.of(NOW)));
    work.add(record(2, NOW), new MirrorEvent.InstanceRunning(INSTANCE, Optional.of(NOW)));
    assertThat(work.looks())
        .extracting(InstanceRequest::instance)
        .containsExactly(INSTANCE, new InstanceId("i-2"));
    InstanceRequest first = work.looks().getFirst();
    assertThat(first.trigger()).isEqualTo(Trigger.FINDING);
    assertThat(first.causes()).extracting(StreamRecord::position).containsExactly(0, 2);
    assertThat(first.firstCause().position()).isZero();
    assertThat(work.contains(INSTANCE)).isTrue();
    assertThat(work.contains(new InstanceId("i-3"))).isFalse();
  }

  @Test
  void anEventWithoutATimeHappenedWhenItsRecordArrived() {
    RequestSet work = new RequestSet();
    work.add(record(0, NOW), new MirrorEvent.InstanceRequested(INSTANCE, Optional.empty()));
    assertThat(work.looks().getFirst().happenedAt()).contains(NOW);
    assertThat(work.looks().getFirst().trigger()).isEqualTo(Trigger.LOOK);
  }

  @Test
  void anInstanceGoesBackFromItsFirstYoungRecordAndOlderOnesAreDone() {
    InstanceRequest look =
        look(
            record(0, NOW.minus(LIMIT)), record(3, NOW.minus(LIMIT).plusMillis(1)), record(5, NOW));
    assertThat(look.firstYoungPosition(NOW, LIMIT)).hasValue(3);
    assertThat(look.firstYoungPosition(NOW.plus(LIMIT), LIMIT)).isEmpty();
  }

  @Test
  void aLookWithoutACauseIsADefect() {
    assertThatIllegalArgumentException().isThrownBy(() -> look());
  }

  @Test
  void theTokenIsADigestOfTheWholeRequestAndItsRecord() {
    Action.CreateSession action = create("tmt-1", 100);
    Map<String, String> tags = Map.of("a", "b", "c", "d");
    String token = ClientTokens.of(action, tags, record(0, NOW));
    assertThat(token).matches("[0-9a-f]{64}");
    assertThat(ClientTokens.of(action, Map.of("c", "d", "a", "b"), record(7, NOW.plusSeconds(9))))
        .as("neither the place in the batch nor the order of tags matters")
        .isNotEqualTo(token)
        .isEqualTo(ClientTokens.of(action, tags, record(7, NOW)));
    assertThat(
            List.of(
                token,
                ClientTokens.of(create("tmt-2", 100), tags, record(0, NOW)),
                ClientTokens.of(create("tmt-1", 101), tags, record(0, NOW)),
                ClientTokens.of(action, Map.of("a", "b", "c", "e"), record(0, NOW)),
                ClientTokens.of(action, Map.of("a", "bc", "", "d"), record(0, NOW)),
                ClientTokens.of(action, tags, record(1, NOW))))
        .doesNotHaveDuplicates();
  }

  @Test
  void aRedeliveredRecordHasTheSameTokenInAnyPlaceOfTheBatch() {
    StreamRecord once = record(4, NOW);
    StreamRecord again =
        new StreamRecord(
            0,
            once.streamArn(),
            once.shardId(),
            once.sequenceNumber(),
            once.partitionKey(),
            once.arrivedAt(),
            once.data());
    assertThat(ClientTokens.of(create("tmt-1", 100), Map.of(), again))
        .isEqualTo(ClientTokens.of(create("tmt-1", 100), Map.of(), once));
  }

  @Test
  void theLedgerAcknowledgesWhatComesBeforeTheFirstRecordThatGoesBack() {
    BatchCheckpoint ledger = new BatchCheckpoint();
    List<String> told = new ArrayList<>();
    ledger.whenAcknowledged(1, () -> told.add("one"));
    ledger.whenAcknowledged(2, () -> told.add("two"));
    ledger.whenAcknowledged(3, () -> told.add("three"));
    ledger.goBack(5, failure(FailureKind.OUT_OF_TIME));
    ledger.goBack(2, failure(FailureKind.THROTTLED));
    ledger.goBack(9, failure(FailureKind.OUT_OF_TIME));
    ledger.tellAcknowledged();
    assertThat(told).containsExactly("one");
    assertThat(ledger.checkpoint()).contains(2);
    assertThat(ledger.deferred()).isEqualTo(2);
    assertThat(new BatchCheckpoint().checkpoint()).isEmpty();
  }

  @Test
  void theStreamsArnSaysRegionAccountAndName() {
    assertThat(StreamArn.parse("arn:aws-cn:kinesis:cn-north-1:111122223333:stream/a/b:c"))
        .isEqualTo(new StreamArn("cn-north-1", "111122223333", "a/b:c"));
    for (String odd : List.of("", "arn:aws:kinesis:us-east-1:111122223333", "a:b:c:d:e:f")) {
      assertThat(StreamArn.parse(odd)).isEqualTo(new StreamArn("", "", ""));
    }
  }

  private static Failure failure(FailureKind kind) {
    return new Failure(kind, "code", "message");
  }

  private static Action.CreateSession create(String target, int number) {
    return new Action.CreateSession(
        INSTANCE,
        new InterfaceId("eni-1"),
        "tags[0]",
        new TargetId(target),
        new FilterId("tmf-1"),
        number);
  }

  private static InstanceRequest look(StreamRecord... causes) {
    return new InstanceRequest(INSTANCE, Trigger.LAUNCH, Optional.empty(), List.of(causes));
  }

  private static StreamRecord record(int position, Instant arrivedAt) {
    return new StreamRecord(
        position,
        "arn:aws:kinesis:us-east-1:111122223333:stream/s",
        "shardId-000000000000",
        Integer.toString(100 + position),
        "key",
        arrivedAt,
        new byte[0]);
  }
}
