package io.trafficmirror.lambda;

import io.trafficmirror.port.Time;
import java.time.Duration;
import java.time.Instant;

/** The system clock. */
final class SystemTime implements Time {

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    if (duration.isPositive()) {
      Thread.sleep(duration);
    }
  }
}
