package io.trafficmirror.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class VirtualClockTest {

  private final VirtualClock clock = new VirtualClock();
  private final Instant start = clock.instant();
  private final List<String> seen = new ArrayList<>();

  @Test
  void skipsADayOfWaiting() throws Exception {
    clock.run(
        () -> {
          clock.sleep(Duration.ofDays(1));
          return true;
        });
    assertThat(clock.instant()).isEqualTo(start.plus(Duration.ofDays(1)));
  }

  @Test
  void resumesThreadsInTheOrderOfTheirDueTimes() throws Exception {
    clock.run(
        () -> {
          for (int seconds : new int[] {3, 1, 2}) {
            clock.start("sleeper", () -> sleepAndRecord(seconds));
          }
          clock.sleep(Duration.ofSeconds(5));
          return true;
        });
    assertThat(seen).containsExactly("1 at 1", "2 at 2", "3 at 3");
  }

  @Test
  void pollReturnsAsSoonAsTheQueueHasAnElement() throws Exception {
    BlockingQueue<String> queue = new ArrayBlockingQueue<>(1);
    Optional<String> got =
        clock.run(
            () -> {
              clock.start(
                  "giver",
                  () -> {
                    sleepAndRecord(7);
                    queue.add("something");
                  });
              return clock.poll(queue, Duration.ofHours(1));
            });
    assertThat(got).contains("something");
    assertThat(clock.instant()).isEqualTo(start.plusSeconds(7));
  }

  @Test
  void pollOfAnEmptyQueueTimesOut() throws Exception {
    Optional<String> got =
        clock.run(() -> clock.poll(new ArrayBlockingQueue<>(1), Duration.ofHours(1)));
    assertThat(got).isEmpty();
    assertThat(clock.instant()).isEqualTo(start.plus(Duration.ofHours(1)));
  }

  @Test
  void killingAProcessEndsTheWaitsOfAllItsThreads() throws Exception {
    clock.run(
        () -> {
          SharedClock.Killable process =
              clock.fork(
                  "process",
                  () -> {
                    clock.start("child", () -> sleepAndRecord(2));
                    sleepAndRecord(1);
                    sleepAndRecord(3);
                  });
          clock.sleep(Duration.ofMillis(1_500));
          process.kill();
          clock.sleep(Duration.ofHours(1));
          return true;
        });
    assertThat(seen).containsExactly("1 at 1");
  }

  @Test
  void reportsTheExceptionOfAFailedThread() {
    assertThatThrownBy(
            () ->
                clock.run(
                    () -> {
                      clock.start(
                          "broken",
                          () -> {
                            throw new IllegalArgumentException("a defect");
                          });
                      clock.sleep(Duration.ofSeconds(1));
                      return true;
                    }))
        .hasRootCauseMessage("a defect");
  }

  @Test
  void rejectsAWaitOfAnyOtherThread() {
    assertThatThrownBy(() -> clock.sleep(Duration.ofSeconds(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("does not belong to this clock");
  }

  @Test
  void closingEndsWaitingThreadsAndRejectsFurtherRuns() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    clock.run(
        () -> {
          clock.start(
              "sleeper",
              () -> {
                try {
                  sleepAndRecord(7);
                } finally {
                  ended.countDown();
                }
              });
          clock.sleep(Duration.ofSeconds(1));
          return true;
        });
    clock.close();
    ended.await();
    assertThat(seen).isEmpty();
    assertThatThrownBy(() -> clock.run(() -> true)).isInstanceOf(IllegalStateException.class);
  }

  private void sleepAndRecord(int seconds) {
    try {
      clock.sleep(Duration.ofSeconds(seconds));
    } catch (InterruptedException e) {
      throw new IllegalStateException("unexpected interrupt", e);
    }
    seen.add(seconds + " at " + Duration.between(start, clock.instant()).toSeconds());
  }
}
