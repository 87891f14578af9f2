package io.trafficmirror.pool;

import io.trafficmirror.mirror.PoolMember;
import io.trafficmirror.mirror.PoolView;
import io.trafficmirror.port.Failure;
import io.trafficmirror.port.FailureKind;
import io.trafficmirror.port.Time;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Puts launches on hold in a pool whose latest instances were unusable, because another one would
 * most likely be unusable too and would still be billed. The rules depend on what EC2 returns, so
 * every environment reaches the same decision.
 */
public final class LaunchGuard {

  private final PoolMemory memory;
  private final Time time;

  /**
   * Creates a guard that also takes the recent failed launches of this environment into account.
   */
  public LaunchGuard(PoolMemory memory, Time time) {
    this.memory = memory;
    this.time = time;
  }

  /** Why launches in this pool are on hold; empty if they are not. */
  public Optional<Failure> reasonToHold(PoolView view) {
    return memory
        .refusedLaunch(view.pool().digest())
        .or(() -> instancesEndAtOnce(view))
        .or(() -> instancesGetNoTarget(view));
  }

  /** For example, instances with a broken image or encryption key end as soon as they start. */
  private Optional<Failure> instancesEndAtOnce(PoolView view) {
    Instant from = time.now().minus(PoolLimits.MEMORY);
    long ended =
        view.members().stream()
            .filter(PoolMember::hasEnded)
            .filter(member -> wasLaunchedAfter(member, from))
            .count();
    return ended < PoolLimits.USELESS_INSTANCES
        ? Optional.empty()
        : Optional.of(
            failure(
                "InstancesEndAtOnce",
                "%d instances of pool %s were launched in the last %d minutes and have ended; launches in the pool are on hold for now"
                    .formatted(ended, view.pool(), PoolLimits.MEMORY.toMinutes())));
  }

  /**
   * If EC2 refuses to create targets or the role lacks the permission, instances stay without a
   * target until a sweep removes them.
   */
  private Optional<Failure> instancesGetNoTarget(PoolView view) {
    Instant from = time.now().minus(PoolLimits.WITHOUT_TARGET_AGE);
    List<PoolMember> left = view.abandonedLaunches();
    return left.size() < PoolLimits.USELESS_INSTANCES
            || left.stream().noneMatch(member -> wasLaunchedAfter(member, from))
        ? Optional.empty()
        : Optional.of(
            failure(
                "InstancesGetNoTarget",
                "%d live instances of pool %s have no mirror target; launches in the pool are on hold until %d minutes after the last of these launches"
                    .formatted(
                        left.size(), view.pool(), PoolLimits.WITHOUT_TARGET_AGE.toMinutes())));
  }

  private static boolean wasLaunchedAfter(PoolMember member, Instant from) {
    return member.launchedAt().filter(at -> at.isAfter(from)).isPresent();
  }

  private static Failure failure(String code, String message) {
    return new Failure(FailureKind.INSTANCE_ENDED, code, message);
  }
}
