package io.trafficmirror.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.harness.VirtualTime;
import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.port.FailureKind;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TroubleMemoryTest {

  private static final InstanceId ONE = new InstanceId("i-1");

  private final VirtualTime time = new VirtualTime();
  private final TroubleMemory troubles = new TroubleMemory(time);

  @Test
  void eachKindOfFailureIsNewUntilItIsRecorded() {
    assertThat(troubles.isNew(ONE, FailureKind.REFUSED)).isTrue();
    assertThat(troubles.isNew(ONE, FailureKind.REFUSED)).as("a query records nothing").isTrue();
    troubles.record(ONE, FailureKind.REFUSED);
    assertThat(troubles.isNew(ONE, FailureKind.REFUSED)).isFalse();
    assertThat(troubles.isNew(ONE, FailureKind.UNAVAILABLE)).isTrue();
    assertThat(troubles.isNew(new InstanceId("i-2"), FailureKind.REFUSED)).isTrue();
  }

  @Test
  void aRepeatedFailureIsNeverNewAgain() {
    for (int delivery = 0; delivery < 20; delivery++) {
      troubles.record(ONE, FailureKind.REFUSED);
      time.sleep(Duration.ofMinutes(15));
      assertThat(troubles.isNew(ONE, FailureKind.REFUSED)).isFalse();
    }
  }

  @Test
  void aFailureIsForgottenAfterOneHour() {
    troubles.record(ONE, FailureKind.REFUSED);
    time.sleep(TroubleMemory.MEMORY.plusMillis(1));
    assertThat(troubles.isNew(ONE, FailureKind.REFUSED)).isTrue();
  }

  @Test
  void fullMemoryGrantsNoExtraDelivery() {
    for (int i = 0; i < TroubleMemory.CAPACITY; i++) {
      troubles.record(new InstanceId("i-of-many-" + i), FailureKind.REFUSED);
    }
    assertThat(troubles.isNew(ONE, FailureKind.REFUSED)).isFalse();
    troubles.record(ONE, FailureKind.REFUSED);
    assertThat(troubles.isNew(ONE, FailureKind.REFUSED)).isFalse();
    time.sleep(TroubleMemory.MEMORY.plusMillis(1));
    assertThat(troubles.isNew(ONE, FailureKind.REFUSED)).isTrue();
  }
}
