package io.trafficmirror.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.mirror.InstanceId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RecentTroublesTest {

  private static final InstanceId ONE = new InstanceId("i-1");

  private final VirtualTime time = new VirtualTime();
  private final RecentTroubles troubles = new RecentTroubles(time);

  @Test
  void anInstanceIsNewOnce() {
    assertThat(troubles.isFirstOf(ONE)).isTrue();
    assertThat(troubles.isFirstOf(ONE)).isFalse();
    assertThat(troubles.isFirstOf(new InstanceId("i-2"))).isTrue();
  }

  @Test
  void oneThatIsDeliveredAgainAndAgainIsNeverNewAgain() {
    troubles.isFirstOf(ONE);
    for (int delivery = 0; delivery < 20; delivery++) {
      time.sleep(Duration.ofMinutes(15));
      assertThat(troubles.isFirstOf(ONE)).isFalse();
    }
  }

  @Test
  void afterAnHourItIsForgotten() {
    troubles.isFirstOf(ONE);
    time.sleep(RecentTroubles.MEMORY.plusMillis(1));
    assertThat(troubles.isFirstOf(ONE)).isTrue();
  }

  @Test
  void whereTooManyAreInTroubleTheOthersAreNotNewSoThatNothingIsHeldForEver() {
    for (int i = 0; i < RecentTroubles.MOST; i++) {
      assertThat(troubles.isFirstOf(new InstanceId("i-of-many-" + i))).isTrue();
    }
    assertThat(troubles.isFirstOf(ONE)).isFalse();
    assertThat(troubles.isFirstOf(ONE)).isFalse();
    time.sleep(RecentTroubles.MEMORY.plusMillis(1));
    assertThat(troubles.isFirstOf(ONE)).isTrue();
  }
}
