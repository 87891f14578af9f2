package io.trafficmirror.harness;

import io.trafficmirror.embedded.SharedClock;
import io.trafficmirror.port.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;

/** Makes the clock of embedded AWS available to the product. Safe for use by several threads. */
public record ClockTime(SharedClock clock) implements Time {

  @Override
  public Instant now() {
    return clock.instant();
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    clock.sleep(duration);
  }

  @Override
  public <T> Optional<T> poll(BlockingQueue<T> queue, Duration atMost) throws InterruptedException {
    return clock.poll(queue, atMost);
  }
}
