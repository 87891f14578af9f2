package io.trafficmirror.write;

import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.port.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Decides whether unanswered writes are due to an EC2 outage or to a problem with a single
 * instance. The reads before the writes succeeded, so EC2 is reachable; if the writes of only one
 * instance fail, the problem is specific to it and must not hold up other instances for longer than
 * its own retries.
 *
 * <p>Holds state for one scope in one environment. Not safe for use by several threads.
 */
public final class OutageDetector {

  /**
   * How long an unanswered instance counts. This bounds the time for which several permanently
   * failing instances, one behind the other in a shard lane, can block the lane.
   */
  static final Duration MEMORY = Duration.ofHours(1);

  private final Time time;
  private final Map<InstanceId, Instant> unansweredSince = new HashMap<>();

  /** Creates a detector without recorded writes. */
  public OutageDetector(Time time) {
    this.time = time;
  }

  /**
   * Records the results of the writes in one round.
   *
   * @param anyAnswered whether EC2 accepted or refused at least one write
   * @param unanswered the instances whose writes got no answer in any attempt
   */
  public void record(boolean anyAnswered, Set<InstanceId> unanswered) {
    if (anyAnswered) {
      unansweredSince.clear();
    }
    Instant now = time.now();
    unanswered.forEach(instance -> unansweredSince.putIfAbsent(instance, now));
  }

  /**
   * Whether the unanswered writes of the last recorded round are due to an outage: no session write
   * in it succeeded, and at least two instances got no answer, in that round or within {@link
   * #MEMORY}.
   *
   * @param anySucceeded whether any session write in the round succeeded
   * @param unanswered the number of instances in the round that got no answer
   */
  public boolean isOutage(boolean anySucceeded, int unanswered) {
    return !anySucceeded && (unanswered > 1 || recentlyUnanswered() > 1);
  }

  /** The number of instances that first got no answer within {@link #MEMORY}. */
  private int recentlyUnanswered() {
    Instant now = time.now();
    return (int)
        unansweredSince.values().stream()
            .filter(since -> Duration.between(since, now).compareTo(MEMORY) < 0)
            .count();
  }
}
