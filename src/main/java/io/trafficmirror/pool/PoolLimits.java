package io.trafficmirror.pool;

import io.trafficmirror.mirror.PoolInventory;
import io.trafficmirror.mirror.PoolMember;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Limits for targets on demand.
 *
 * @param launches the maximum number of instances that one invocation launches, 1 to 50
 * @param sweepAfter the minimum age at which a sweep removes an instance that has no target, or
 *     whose target has no session; zero disables sweeps
 * @param sweepLimit the maximum number of instances that one sweep removes, 1 to 100
 * @param moreSourceFamilies instance families that can be sources in addition to those that AWS had
 *     published when this version was built
 */
public record PoolLimits(
    int launches, Duration sweepAfter, int sweepLimit, Set<String> moreSourceFamilies) {

  /**
   * The pauses before further observations of sources that wait for a pool to settle, in addition
   * to those that apply to all instances. Together they are longer than {@link
   * PoolInventory#SETTLING_TIME}, so that one invocation can reach a decision.
   */
  public static final List<Duration> OBSERVE_AGAIN =
      List.of(Duration.ofSeconds(4), Duration.ofSeconds(8), Duration.ofSeconds(16));

  /**
   * How long a read of the pools is used to find targets, and how long a target that EC2 does not
   * know, perhaps not yet, is avoided. Short, because both may change within seconds.
   */
  static final Duration MAX_READ_AGE = Duration.ofSeconds(3);

  /**
   * How long a target that EC2 refused as full is avoided. Longer than {@link
   * PoolInventory#SETTLING_TIME}, so that launches start while the refusal is still remembered.
   */
  static final Duration REFUSED_TARGET_AGE = Duration.ofSeconds(60);

  /**
   * How long slowly changing facts are remembered: a launch that can never succeed, a slot whose
   * token is used up, an instance that has ended, and since when a target has not been visible.
   */
  static final Duration MEMORY = Duration.ofMinutes(10);

  /**
   * Launches in a pool are put on hold once this many of its instances have ended or have no
   * target.
   */
  static final int USELESS_INSTANCES = 3;

  /** How long launches are on hold after the last launch of an instance that got no target. */
  static final Duration WITHOUT_TARGET_AGE = Duration.ofHours(1);

  /** Copies the set. */
  public PoolLimits {
    moreSourceFamilies = Set.copyOf(moreSourceFamilies);
  }

  /** The defaults. */
  public static PoolLimits defaults() {
    return new PoolLimits(5, Duration.ofHours(1), 10, Set.of());
  }

  /**
   * An instance without a target may get one if it was launched after this moment. The age limit is
   * half of that for a sweep, so that no instance gets a target while a sweep removes it, even if
   * the observation is old. Without sweeps there is no age limit.
   */
  public Instant completionCutoff(Instant now) {
    if (!sweeps()) {
      return Instant.MIN;
    }
    return now.minus(sweepAfter.dividedBy(2));
  }

  /**
   * Whether an instance without a target may still get one, checked immediately before the target
   * is created.
   */
  public boolean mayBeCompleted(PoolMember member, Instant now) {
    return member.mayBeCompleted(completionCutoff(now));
  }

  /** Whether sweeps are enabled. */
  public boolean sweeps() {
    return !sweepAfter.isZero();
  }
}
