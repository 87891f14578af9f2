package io.trafficmirror.demo;

import io.trafficmirror.port.Time;
import java.time.Duration;
import java.time.Instant;

/** The clock on the wall: the demo plays in real time. */
final class WallClock implements Time {

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
