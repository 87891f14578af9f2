package io.trafficmirror.embedded;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/**
 * How long calls take, by the clock of embedded AWS, which has to be a {@link SharedClock}. Each
 * takes half to one and a half of its action's time, as is drawn from the seed; half of that before
 * the effect, half after. Safe for use by several threads.
 */
public final class Latencies {

  /** The name that stands for every action of a service that has no time of its own. */
  private static final String ANY = "*";

  private final EmbeddedOptions options;
  private final Random random;
  private final Map<String, Duration> times = new HashMap<>();

  Latencies(EmbeddedOptions options) {
    this.options = options;
    this.random = new Random(options.seed() + 1);
  }

  /**
   * Times that are like those of AWS within a region: EC2 reads 100 ms and writes 200 ms, launches
   * a second; S3 40 ms, Kinesis 20 ms. They are an assumption, AWS promises none.
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
   * From now on an action takes about that long.
   *
   * @param action the API's name; {@code *} for every one that has no time of its own
   */
  public synchronized Latencies set(String signingName, String action, Duration time) {
    if (time.isPositive()) {
      clock();
    }
    times.put(signingName + " " + action, time);
    return this;
  }

  /** From now on calls take no time. */
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

  /** Waits; one that is interrupted ends the call without an answer. */
  void pause(Duration duration) throws InterruptedIOException {
    if (!duration.isPositive()) {
      return;
    }
    try {
      clock().sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the call was under way");
    }
  }

  private SharedClock clock() {
    if (options.clock() instanceof SharedClock shared) {
      return shared;
    }
    throw new IllegalStateException("Calls that take time need a clock that can wait");
  }
}
