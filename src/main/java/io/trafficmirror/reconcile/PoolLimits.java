package io.trafficmirror.reconcile;

import io.trafficmirror.mirror.PoolMember;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * How far the loop goes with targets on demand.
 *
 * @param launches how many instances one invocation launches at most, 1 to 50
 * @param sweepAfter how old an instance has to be that is removed because its target has no
 *     session; zero for no sweep at all
 * @param sweepLimit how many instances one sweep removes at most, 1 to 100
 * @param moreSourceFamilies families of instance types that can be sources besides those that AWS
 *     had published when this program was made
 */
public record PoolLimits(
    int launches, Duration sweepAfter, int sweepLimit, Set<String> moreSourceFamilies) {

  /**
   * How long EC2 may go on showing the past (EC2 developer guide, eventual consistency, names no
   * bound). What contradicts what is known is judged after this time.
   */
  static final Duration SETTLING_TIME = Duration.ofSeconds(30);

  /**
   * The pauses before further looks at those who wait for a pool to be seen as it is, after those
   * that everybody has. Together they are longer than {@link #SETTLING_TIME}, so that one
   * invocation comes to a judgement.
   */
  static final List<Duration> LOOK_AGAIN =
      List.of(Duration.ofSeconds(4), Duration.ofSeconds(8), Duration.ofSeconds(16));

  /** For how long what was read of pools does for giving seats, unless something contradicts it. */
  static final Duration SEEN_AGE = Duration.ofSeconds(5);

  /** For how long it is remembered which targets live, where nothing is to be done about them. */
  static final Duration KNOWN_AGE = Duration.ofSeconds(60);

  /** For how long it is remembered since when the target of a session has not been seen. */
  static final Duration UNSEEN_AGE = Duration.ofMinutes(5);

  /** For how long what EC2 answered to us completes what it shows. */
  static final Duration OWN_ANSWERS_AGE = Duration.ofSeconds(15);

  /**
   * For how long a target that EC2 said is not there is not asked for again. It may be so new that
   * EC2 does not know it everywhere, so it is not for long.
   */
  static final Duration GONE_TARGET_AGE = Duration.ofSeconds(3);

  /** For how long a target that EC2 called full is not asked for again. */
  static final Duration REFUSED_TARGET_AGE = Duration.ofSeconds(60);

  /** For how long a launch that can never succeed is not asked for again. */
  static final Duration REFUSED_LAUNCH_AGE = Duration.ofMinutes(10);

  /** For how long a launch that may succeed later is not asked for again. */
  static final Duration FAILED_LAUNCH_AGE = Duration.ofSeconds(10);

  /** So many instances of a pool that ended soon after their launch are enough for a while. */
  static final int ENDED_AT_ONCE = 3;

  /** How long ago such instances were launched at most. */
  static final Duration ENDED_AT_ONCE_AGE = Duration.ofMinutes(10);

  /** For how long it is remembered which generations of a slot have ended. */
  static final Duration ENDED_SLOT_AGE = Duration.ofMinutes(10);

  /** For how long it is remembered how many sources a type takes. */
  static final Duration LEARNED_LIMIT_AGE = Duration.ofHours(1);

  /** How old an instance without a target is that is removed. */
  static final Duration HALF_MADE_AGE = Duration.ofMinutes(30);

  /**
   * How old an instance without a target may be to be given one where instances are swept: so much
   * younger than those that are removed, that the two never meet, however old what is seen. While
   * EC2 makes no targets, one instance is launched in such a time and not one for each look, so it
   * must not be short.
   */
  static final Duration FINISH_AGE = Duration.ofMinutes(20);

  /** How much younger it has to be than an instance whose target is removed for want of use. */
  static final Duration FINISH_BEFORE_SWEEP = Duration.ofMinutes(5);

  /** So many living instances of a pool that are too old to get a target are enough for a while. */
  static final int WITHOUT_TARGET = 3;

  /** How long ago the last of such instances was launched at least when another one is. */
  static final Duration WITHOUT_TARGET_AGE = Duration.ofHours(1);

  /** Copies the set. */
  public PoolLimits {
    moreSourceFamilies = Set.copyOf(moreSourceFamilies);
  }

  /** What is used where nothing is set. */
  public static PoolLimits defaults() {
    return new PoolLimits(5, Duration.ofHours(1), 10, Set.of());
  }

  /** An instance without a target that was launched after this moment may get one. */
  Instant finishFrom(Instant now) {
    if (!sweeps()) {
      return Instant.MIN;
    }
    Duration beforeSweep = sweepAfter.minus(FINISH_BEFORE_SWEEP);
    return now.minus(beforeSweep.compareTo(FINISH_AGE) < 0 ? beforeSweep : FINISH_AGE);
  }

  /** The same of an instance, at the moment at which the target is about to be made. */
  boolean mayBeFinished(PoolMember member, Instant now) {
    return member.mayBeFinished(finishFrom(now));
  }

  /** Whether anything is ever removed. */
  boolean sweeps() {
    return !sweepAfter.isZero();
  }
}
