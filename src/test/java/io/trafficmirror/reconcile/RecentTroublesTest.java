package io.trafficmirror.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.port.FailureKind;
import io.trafficmirror.port.VirtualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RecentTroublesTest {

  private static final InstanceId ONE = new InstanceId("i-1");

  private final VirtualTime time = new VirtualTime();
  private final RecentTroubles troubles = new RecentTroubles(time);

  @Test
  void eachKindOfTroubleIsNewOnce() {
    assertThat(troubles.isFirst(ONE, FailureKind.REFUSED)).isTrue();
    assertThat(troubles.isFirst(ONE, FailureKind.REFUSED)).isFalse();
    assertThat(troubles.isFirst(ONE, FailureKind.UNAVAILABLE)).isTrue();
    assertThat(troubles.isFirst(ONE, FailureKind.UNAVAILABLE)).isFalse();
    assertThat(troubles.isFirst(new InstanceId("i-2"), FailureKind.REFUSED)).isTrue();
  }

  @Test
  void oneThatIsDeliveredAgainAndAgainIsNeverNewAgain() {
    troubles.isFirst(ONE, FailureKind.REFUSED);
    for (int delivery = 0; delivery < 20; delivery++) {
      time.sleep(Duration.ofMinutes(15));
      assertThat(troubles.isFirst(ONE, FailureKind.REFUSED)).isFalse();
    }
  }

  @Test
  void afterAnHourItIsForgotten() {
    troubles.isFirst(ONE, FailureKind.REFUSED);
    time.sleep(RecentTroubles.MEMORY.plusMillis(1));
    assertThat(troubles.isFirst(ONE, FailureKind.REFUSED)).isTrue();
  }

  @Test
  void whereTooManyAreInTroubleTheOthersAreNotNewSoThatNothingIsHeldForEver() {
    for (int i = 0; i < RecentTroubles.MOST; i++) {
      assertThat(troubles.isFirst(new InstanceId("i-of-many-" + i), FailureKind.REFUSED)).isTrue();
    }
    assertThat(troubles.isFirst(ONE, FailureKind.REFUSED)).isFalse();
    assertThat(troubles.isFirst(ONE, FailureKind.REFUSED)).isFalse();
    time.sleep(RecentTroubles.MEMORY.plusMillis(1));
    assertThat(troubles.isFirst(ONE, FailureKind.REFUSED)).isTrue();
  }
}
