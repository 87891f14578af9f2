package io.trafficmirror.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.harness.VirtualTime;
import io.trafficmirror.mirror.InstanceId;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OutageDetectorTest {

  private static final InstanceId ONE = new InstanceId("i-1");
  private static final InstanceId OTHER = new InstanceId("i-2");

  private final VirtualTime time = new VirtualTime();
  private final OutageDetector detector = new OutageDetector(time);

  @Test
  void oneInstanceAloneIsNeverAnOutage() {
    for (int minute = 0; minute < 180; minute++) {
      assertThat(isOutageAfterNoAnswerFor(ONE)).as("minute %d", minute).isFalse();
      time.sleep(Duration.ofMinutes(1));
    }
  }

  @Test
  void twoInstancesInOneRoundAreAnOutage() {
    detector.record(false, Set.of(ONE, OTHER));
    assertThat(detector.isOutage(false, 2)).isTrue();
  }

  @Test
  void aSecondInstanceInALaterRoundIsAnOutage() {
    assertThat(isOutageAfterNoAnswerFor(ONE)).isFalse();
    assertThat(isOutageAfterNoAnswerFor(OTHER)).isTrue();
  }

  @Test
  void anOutageLastsWhileOneInstanceIsRetriedAlone() {
    assertThat(isOutageAfterNoAnswerFor(ONE)).isFalse();
    for (int minute = 0; minute < 20; minute++) {
      time.sleep(Duration.ofMinutes(1));
      assertThat(isOutageAfterNoAnswerFor(OTHER)).as("minute %d", minute).isTrue();
    }
  }

  @Test
  void aSuccessfulWriteInTheRoundExcludesAnOutage() {
    detector.record(true, Set.of(ONE, OTHER));
    assertThat(detector.isOutage(true, 2)).isFalse();
  }

  @Test
  void anyAnswerEndsAnOutage() {
    detector.record(false, Set.of(ONE, OTHER));
    detector.record(true, Set.of());
    assertThat(isOutageAfterNoAnswerFor(OTHER)).isFalse();
  }

  @Test
  void aRefusalInTheRoundDoesNotExcludeAnOutage() {
    detector.record(true, Set.of(ONE, OTHER));
    assertThat(detector.isOutage(false, 2)).isTrue();
  }

  @Test
  void forgetsAnInstanceAnHourAfterItWasFirstUnanswered() {
    assertThat(isOutageAfterNoAnswerFor(ONE)).isFalse();
    time.sleep(OutageDetector.MEMORY);
    assertThat(isOutageAfterNoAnswerFor(OTHER)).isFalse();
  }

  @Test
  void remembersAnInstanceForJustUnderAnHour() {
    assertThat(isOutageAfterNoAnswerFor(ONE)).isFalse();
    time.sleep(OutageDetector.MEMORY.minusMillis(1));
    assertThat(isOutageAfterNoAnswerFor(OTHER)).isTrue();
  }

  @Test
  void treatsInstancesFailingInSeparateRoundsAsOutageForAnHour() {
    for (int minute = 0; minute < 200; minute++) {
      boolean isOutage = isOutageAfterNoAnswerFor(minute % 2 == 0 ? ONE : OTHER);
      assertThat(isOutage).as("minute %d", minute).isEqualTo(minute > 0 && minute < 60);
      time.sleep(Duration.ofMinutes(1));
    }
  }

  @Test
  void twoInstancesInOneRoundAreAnOutageForAnyLengthOfTime() {
    for (int minute = 0; minute < 200; minute++) {
      detector.record(false, Set.of(ONE, OTHER));
      assertThat(detector.isOutage(false, 2)).as("minute %d", minute).isTrue();
      time.sleep(Duration.ofMinutes(1));
    }
  }

  /** Records a round whose only write, for this instance, got no answer. */
  private boolean isOutageAfterNoAnswerFor(InstanceId instance) {
    detector.record(false, Set.of(instance));
    return detector.isOutage(false, 1);
  }
}
