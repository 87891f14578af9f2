package io.trafficmirror.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.port.VirtualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SilenceTest {

  private static final InstanceId ONE = new InstanceId("i-1");
  private static final InstanceId OTHER = new InstanceId("i-2");

  private final VirtualTime time = new VirtualTime();
  private final Silence silence = new Silence(time);

  @Test
  void oneInstanceAloneIsItsOwnTroubleHoweverLongItLasts() {
    for (int minute = 0; minute < 180; minute++) {
      silence.unanswered(ONE);
      time.sleep(Duration.ofMinutes(1));
    }
    assertThat(silence.isEc2s()).isFalse();
  }

  @Test
  void aSecondOneMakesItEc2sUntilEc2AnswersAnybody() {
    silence.unanswered(ONE);
    silence.unanswered(OTHER);
    assertThat(silence.isEc2s()).isTrue();
    silence.answered();
    assertThat(silence.isEc2s()).isFalse();
    silence.unanswered(OTHER);
    assertThat(silence.isEc2s()).isFalse();
  }

  @Test
  void itStaysEc2sWhileOnlyOneOfThemIsTriedAgain() {
    silence.unanswered(ONE);
    for (int minute = 0; minute < 20; minute++) {
      time.sleep(Duration.ofMinutes(1));
      silence.unanswered(OTHER);
    }
    assertThat(silence.isEc2s()).isTrue();
  }

  @Test
  void whatWasMinutesAgoSaysNothing() {
    silence.unanswered(ONE);
    time.sleep(Silence.FORGET.plusMillis(1));
    silence.unanswered(OTHER);
    assertThat(silence.isEc2s()).isFalse();
  }

  @Test
  void ofAnEc2ThatNobodyAskedForMinutesNothingIsKnown() {
    silence.unanswered(ONE);
    silence.unanswered(OTHER);
    time.sleep(Silence.FORGET.plusMillis(1));
    assertThat(silence.isEc2s()).isFalse();
  }

  @Test
  void afterAnHourThoseThatAreStuckAreLetGoAndStayLetGo() {
    silence.unanswered(ONE);
    for (int minute = 0; minute < 200; minute++) {
      silence.unanswered(minute % 2 == 0 ? OTHER : ONE);
      assertThat(silence.isEc2s()).as("minute %d", minute).isEqualTo(minute < 60);
      time.sleep(Duration.ofMinutes(1));
    }
  }
}
