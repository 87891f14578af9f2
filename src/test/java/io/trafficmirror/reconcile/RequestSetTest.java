package io.trafficmirror.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.event.MirrorEvent;
import io.trafficmirror.harness.VirtualTime;
import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.Scope;
import io.trafficmirror.mirror.Trigger;
import io.trafficmirror.port.StreamRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RequestSetTest {

  private static final Instant NOW = VirtualTime.START;
  private static final Scope SCOPE = new Scope("111122223333", "us-east-1");
  private static final InstanceId ONE = new InstanceId("i-1");
  private static final InstanceId OTHER = new InstanceId("i-2");

  private final RequestSet set = new RequestSet(SCOPE);

  @Test
  void mergesRecordsOfOneInstanceIntoOneRequest() {
    set.add(record(0), finding(ONE));
    set.add(record(1), new MirrorEvent.InstanceRunning(OTHER, Optional.of(NOW)));
    set.add(record(2), new MirrorEvent.InstanceRunning(ONE, Optional.of(NOW)));
    assertThat(set.requests()).extracting(InstanceRequest::instance).containsExactly(ONE, OTHER);
    InstanceRequest first = set.requests().getFirst();
    assertThat(first.scope()).isEqualTo(SCOPE);
    assertThat(first.causes()).extracting(StreamRecord::position).containsExactly(0, 2);
    assertThat(first.firstCause().position()).isZero();
  }

  @Test
  void containsOnlyNamedInstances() {
    set.add(record(0), finding(ONE));
    assertThat(set.contains(ONE)).isTrue();
    assertThat(set.contains(OTHER)).isFalse();
    assertThat(new RequestSet(SCOPE).requests()).isEmpty();
  }

  static Stream<Arguments> triggers() {
    return Stream.of(
        Arguments.of(new MirrorEvent.InstanceRunning(ONE, Optional.of(NOW)), Trigger.LAUNCH),
        Arguments.of(finding(ONE), Trigger.FINDING),
        Arguments.of(new MirrorEvent.InstanceRequested(ONE, Optional.of(NOW)), Trigger.REQUEST));
  }

  @ParameterizedTest
  @MethodSource("triggers")
  void firstEventDeterminesTheTrigger(MirrorEvent.AboutInstance event, Trigger trigger) {
    set.add(record(0), event);
    set.add(record(1), finding(ONE));
    assertThat(set.requests())
        .singleElement()
        .extracting(InstanceRequest::trigger)
        .isEqualTo(trigger);
  }

  static Stream<Arguments> times() {
    return Stream.of(
        Arguments.of(Optional.empty(), NOW),
        Arguments.of(Optional.of(NOW.minusSeconds(9)), NOW.minusSeconds(9)),
        Arguments.of(Optional.of(NOW.minus(Duration.ofDays(2))), NOW.minus(Duration.ofDays(2))),
        Arguments.of(Optional.of(NOW.minus(Duration.ofDays(2)).minusMillis(1)), NOW),
        Arguments.of(Optional.of(NOW.plus(Duration.ofHours(1))), NOW.plus(Duration.ofHours(1))),
        Arguments.of(Optional.of(NOW.plus(Duration.ofHours(1)).plusMillis(1)), NOW));
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @MethodSource("times")
  void usesTheArrivalOfTheRecordIfTheEventTimeIsImplausible(
      Optional<Instant> time, Instant happenedAt) {
    set.add(record(0), new MirrorEvent.InstanceRequested(ONE, time));
    assertThat(set.requests().getFirst().happenedAt()).contains(happenedAt);
  }

  private static MirrorEvent.Finding finding(InstanceId instance) {
    return new MirrorEvent.Finding(instance, "f", "t", Optional.empty());
  }

  private static StreamRecord record(int position) {
    return new StreamRecord(position, "arn", "shard", "1", "key", NOW, new byte[0]);
  }
}
