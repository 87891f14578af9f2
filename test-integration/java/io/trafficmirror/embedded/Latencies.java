package io.trafficmirror.embedded;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/**
 * Simulates the duration of calls on embedded AWS's clock, which must be a {@link SharedClock}.
 * Each call takes 50% to 150% of its action's time, drawn from the seed: half before the effect,
 * half after. Thread-safe.
 */
public final class Latencies {

  /** Stands for every action of a service that has no time of its own. */
  private static final String ANY = "*";

  private final EmbeddedOptions options;
  private final Random random;
  private final Map<String, Duration> times = new HashMap<>();

  Latencies(EmbeddedOptions options) {
    this.options = options;
    this.random = new Random(options.seed() + 1);
  }

  /**
   * Sets latencies typical of AWS within an AWS Region: 100 ms for EC2 reads, 200 ms for EC2
   * writes, a second for launches, 40 ms for S3, 20 ms for Kinesis. They are an assumption; AWS
   * documents none.
   */
  public Latencies typical() {
    set("ec2", ANY, Duration.ofMillis(200));
    for (String read :
        new String[] {"Instances", "TrafficMirrorSessions", "TrafficMirrorTargets", "Subnets"}) {
      set("ec2", "Describe" + read, Duration.ofMillis(100));
    }
    set("ec2", "RunInstances", Duration.ofSeconds(1));
    set("s3", ANY, Duration.ofMillis(40));
    set("kinesis", ANY, Duration.ofMillis(20));
    return set("events", ANY, Duration.ofMillis(20));
  }

  /**
   * Sets the mean time of an action.
   *
   * @param action the API action; {@code *} for all that have no time of their own
   */
  public synchronized Latencies set(String signingName, String action, Duration time) {
    if (time.isPositive()) {
      clock();
    }
    times.put(signingName + " " + action, time);
    return this;
  }

  /** Turns all latencies off. */
  public synchronized void off() {
    times.clear();
  }

  synchronized Duration ofOneWay(String signingName, String action) {
    Duration any = times.getOrDefault(signingName + " " + ANY, Duration.ZERO);
    Duration time = times.getOrDefault(signingName + " " + action, any);
    return time.isZero()
        ? time
        : Duration.ofNanos((long) (time.toNanos() * (0.25 + random.nextDouble() / 2)));
  }

  /** Waits. If interrupted, the call ends without a response. */
  void pause(Duration duration) throws InterruptedIOException {
    if (!duration.isPositive()) {
      return;
    }
    try {
      clock().sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted during the call");
    }
  }

  private SharedClock clock() {
    if (options.clock() instanceof SharedClock shared) {
      return shared;
    }
    throw new IllegalStateException("Latencies and timeouts require a SharedClock");
  }
}
