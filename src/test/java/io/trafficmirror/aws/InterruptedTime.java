package io.trafficmirror.aws;

import io.trafficmirror.port.Time;
import java.time.Duration;
import java.time.Instant;

/** A clock on which every pause is interrupted. */
record InterruptedTime(Time clock) implements Time {
  @Override
  public Instant now() {
    return clock.now();
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    throw new InterruptedException();
  }
}
