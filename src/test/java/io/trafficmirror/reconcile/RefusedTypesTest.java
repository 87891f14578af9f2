package io.trafficmirror.reconcile;

import static io.trafficmirror.reconcile.RefusedTypes.THRESHOLD;
import static io.trafficmirror.reconcile.RefusedTypes.THRESHOLD_OF_A_LISTED_TYPE;
import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.harness.VirtualTime;
import io.trafficmirror.mirror.Instance;
import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.InstanceState;
import io.trafficmirror.port.FailureKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefusedTypesTest {

  private static final Duration MEMORY = Duration.ofHours(1);

  private final VirtualTime time = new VirtualTime();
  private final RefusedTypes types = new RefusedTypes(time, MEMORY, Set.of("x9z"));

  @Test
  void refusesATypeOnceTheThresholdIsReached() {
    refuse(THRESHOLD - 1, "t2.micro");
    assertThat(isKnown("t2.micro")).isFalse();
    refuse(THRESHOLD, "t2.micro");
    assertThat(types.knownRefusal(running("i-99", "t2.micro")))
        .hasValueSatisfying(
            failure -> {
              assertThat(failure.kind()).isEqualTo(FailureKind.UNSUPPORTED_SOURCE);
              assertThat(failure.message())
                  .contains("t2.micro", "2026-11-24T10:00:00Z", "2026-11-24T11:00:00Z");
            });
    assertThat(isKnown("t2.small")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"m5.large", "x9z.large"})
  void needsMoreRefusalsForAListedType(String type) {
    refuse(THRESHOLD_OF_A_LISTED_TYPE - 1, type);
    assertThat(isKnown(type)).isFalse();
    refuse(THRESHOLD_OF_A_LISTED_TYPE, type);
    assertThat(isKnown(type)).isTrue();
  }

  @Test
  void countsEachInstanceOnce() {
    for (int n = 0; n < 100; n++) {
      types.recordRefusal(running("i-1", "t2.micro"));
    }
    assertThat(isKnown("t2.micro")).isFalse();
  }

  @Test
  void ignoresInstancesThatAreNotRunningOrHaveNoType() {
    for (int n = 0; n < 20; n++) {
      types.recordRefusal(instance("i-" + n, "m5.large", InstanceState.PENDING));
      types.recordRefusal(running("i-" + n, ""));
    }
    assertThat(isKnown("m5.large")).isFalse();
    assertThat(isKnown("")).isFalse();
  }

  @Test
  void clearsATypeAfterASession() {
    refuse(THRESHOLD_OF_A_LISTED_TYPE, "m5.large");
    types.recordSession(running("i-99", "m5.large"));
    assertThat(isKnown("m5.large")).isFalse();
    refuse(THRESHOLD_OF_A_LISTED_TYPE - 1, "m5.large");
    assertThat(isKnown("m5.large")).isFalse();
  }

  @Test
  void doesNotClearATypeAfterASessionOfAnotherType() {
    refuse(THRESHOLD_OF_A_LISTED_TYPE, "m5.large");
    types.recordSession(running("i-99", "m5.xlarge"));
    assertThat(isKnown("m5.large")).isTrue();
  }

  @Test
  void forgetsATypeAfterItsLastRefusal() {
    refuse(THRESHOLD, "t2.micro");
    time.sleep(MEMORY.minusMillis(1));
    assertThat(isKnown("t2.micro")).isTrue();
    time.sleep(Duration.ofMillis(1));
    assertThat(isKnown("t2.micro")).isFalse();
    refuse(1, "t2.micro");
    assertThat(isKnown("t2.micro")).as("the count starts again").isFalse();
  }

  @Test
  void doesNotExtendTheMemoryByQueries() {
    refuse(THRESHOLD, "t2.micro");
    for (int minute = 0; minute < 60; minute++) {
      assertThat(isKnown("t2.micro")).as("minute %d", minute).isTrue();
      time.sleep(Duration.ofMinutes(1));
    }
    assertThat(isKnown("t2.micro")).isFalse();
  }

  private void refuse(int instances, String type) {
    for (int n = 0; n < instances; n++) {
      types.recordRefusal(running("i-" + n, type));
    }
  }

  private boolean isKnown(String type) {
    return types.knownRefusal(running("i-99", type)).isPresent();
  }

  private static Instance running(String id, String type) {
    return instance(id, type, InstanceState.RUNNING);
  }

  private static Instance instance(String id, String type, InstanceState state) {
    return new Instance(
        new InstanceId(id), state, type, Map.of(), Optional.empty(), Optional.empty(), List.of());
  }
}
