package io.trafficmirror.write;

import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.port.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Decides whether writes went without an answer because EC2 is out for everyone or because
 * something is wrong with one instance. The reads before the writes have succeeded, so EC2 is
 * there; an instance whose writes fail alone is in trouble of its own and must not hold up others
 * for longer than its own retries.
 *
 * <p>One environment's memory for one scope. Not safe for use by several threads.
 */
public final class OutageDetector {

  /**
   * How long an unanswered instance counts, so that a few that are stuck for good, behind each
   * other in one lane, do not hold it for longer.
   */
  static final Duration MEMORY = Duration.ofHours(1);

  private final Time time;
  private final Map<InstanceId, Instant> unansweredSince = new HashMap<>();

  /** A detector that has seen nothing yet. */
  public OutageDetector(Time time) {
    this.time = time;
  }

  /**
   * Records how the writes of one round ended.
   *
   * @param anyAnswered whether EC2 decided on any write, whatever it decided
   * @param unanswered the instances whose writes went without an answer in all attempts
   */
  public void record(boolean anyAnswered, Set<InstanceId> unanswered) {
    if (anyAnswered) {
      unansweredSince.clear();
    }
    Instant now = time.now();
    unanswered.forEach(instance -> unansweredSince.putIfAbsent(instance, now));
  }

  /**
   * Whether the unanswered writes of the round that was recorded last are due to an outage: no
   * session write of it succeeded, and a second instance went without an answer, in it or lately.
   *
   * @param anySucceeded whether any session write of the round succeeded
   * @param unanswered how many instances went without an answer in the round
   */
  public boolean isOutage(boolean anySucceeded, int unanswered) {
    return !anySucceeded && (unanswered > 1 || lately() > 1);
  }

  /** An instance that is stuck for good counts for an hour, and then no longer. */
  private int lately() {
    Instant now = time.now();
    return (int)
        unansweredSince.values().stream()
            .filter(since -> Duration.between(since, now).compareTo(MEMORY) < 0)
            .count();
  }
}
