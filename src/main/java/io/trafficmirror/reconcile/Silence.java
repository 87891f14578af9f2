package io.trafficmirror.reconcile;

import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.port.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether EC2 answers no writes at all, or only none for one instance. One that goes without an
 * answer alone is in trouble of its own; where a second one does, and EC2 has answered nobody in
 * between, it is EC2. So launches that come one by one during an outage are told from an instance
 * that is stuck, although no batch has two of them.
 *
 * <p>Not safe for use by several threads: the loop's own thread hears of the ends of writes.
 */
final class Silence {

  /** After so long without a write that went without an answer, the next one says nothing of it. */
  static final Duration FORGET = Duration.ofMinutes(5);

  /**
   * For how long it is taken for EC2's trouble at most; so a few that are stuck for ever, behind
   * each other in one lane with nobody else's write in between, do not hold it for longer.
   */
  static final Duration LONGEST = Duration.ofHours(1);

  private final Time time;
  private Optional<InstanceId> first = Optional.empty();
  private Instant since = Instant.MIN;
  private Instant last = Instant.MIN;
  private boolean isOfSeveral;

  Silence(Time time) {
    this.time = time;
  }

  /** EC2 looked at a write, whatever it said of it. */
  void answered() {
    first = Optional.empty();
  }

  /** A write for this instance went without an answer that means something. */
  void unanswered(InstanceId instance) {
    Instant now = time.now();
    if (first.isEmpty() || Duration.between(last, now).compareTo(FORGET) > 0) {
      first = Optional.of(instance);
      since = now;
      isOfSeveral = false;
    } else if (!first.get().equals(instance)) {
      isOfSeveral = true;
    }
    last = now;
  }

  /** Whether those that went without an answer did so because EC2 answers nobody. */
  boolean isEc2s() {
    Instant now = time.now();
    return first.isPresent()
        && isOfSeveral
        && Duration.between(last, now).compareTo(FORGET) <= 0
        && Duration.between(since, now).compareTo(LONGEST) < 0;
  }
}
