package io.trafficmirror.pool;

import io.trafficmirror.mirror.PoolInventory;
import io.trafficmirror.mirror.PoolMember;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * How far the loop goes with targets on demand.
 *
 * @param launches how many instances one invocation launches at most, 1 to 50
 * @param sweepAfter how old an instance has to be that is removed because it has no target, or its
 *     target no session; zero for no sweep at all
 * @param sweepLimit how many instances one sweep removes at most, 1 to 100
 * @param moreSourceFamilies families of instance types that can be sources besides those that AWS
 *     had published when this program was made
 */
public record PoolLimits(
    int launches, Duration sweepAfter, int sweepLimit, Set<String> moreSourceFamilies) {

  /**
   * The pauses before further looks at those who wait for a pool to be seen as it is, after those
   * that everybody has. Together they are longer than {@link PoolInventory#SETTLING_TIME}, so that
   * one invocation comes to a judgement.
   */
  public static final List<Duration> OBSERVE_AGAIN =
      List.of(Duration.ofSeconds(4), Duration.ofSeconds(8), Duration.ofSeconds(16));

  /**
   * How long a reading of the pools is good for finding targets, and how long a target that EC2
   * does not know, perhaps not yet, is not used. Short, since both may change within seconds.
   */
  static final Duration SEEN_AGE = Duration.ofSeconds(3);

  /**
   * How long a target that EC2 called full is not used. Longer than {@link
   * PoolInventory#SETTLING_TIME}, so that launches start while it is still remembered.
   */
  static final Duration REFUSED_TARGET_AGE = Duration.ofSeconds(60);

  /**
   * How long slowly changing facts are remembered: a launch that can never succeed, a spent slot,
   * an instance that has ended, since when a target has not been seen.
   */
  static final Duration MEMORY = Duration.ofMinutes(10);

  /** Stop launching at this many instances of a pool that ended, or that have no target. */
  static final int USELESS_INSTANCES = 3;

  /** How long after the last instance that got no target another one may be launched. */
  static final Duration WITHOUT_TARGET_AGE = Duration.ofHours(1);

  /** Copies the set. */
  public PoolLimits {
    moreSourceFamilies = Set.copyOf(moreSourceFamilies);
  }

  /** What is used where nothing is set. */
  public static PoolLimits defaults() {
    return new PoolLimits(5, Duration.ofHours(1), 10, Set.of());
  }

  /**
   * An instance without a target that was launched after this moment may get one. It is half as old
   * as those that a sweep removes, so that the two never meet, however old what was seen is. With
   * no sweep an instance may get its target at any age.
   */
  public Instant finishFrom(Instant now) {
    if (!sweeps()) {
      return Instant.MIN;
    }
    return now.minus(sweepAfter.dividedBy(2));
  }

  /** The same of an instance, at the moment at which the target is about to be made. */
  public boolean mayBeFinished(PoolMember member, Instant now) {
    return member.mayBeFinished(finishFrom(now));
  }

  /** Whether anything is ever removed. */
  public boolean sweeps() {
    return !sweepAfter.isZero();
  }
}
