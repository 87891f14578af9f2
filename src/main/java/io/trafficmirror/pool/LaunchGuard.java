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
 * Stops launches in a pool whose last instances turned out useless: another one would be as
 * useless, and is billed all the same. It judges by what EC2 shows, so every environment comes to
 * the same conclusion.
 */
public final class LaunchGuard {

  private final PoolMemory memory;
  private final Time time;

  /** A guard that also knows the launches that failed lately in this environment. */
  public LaunchGuard(PoolMemory memory, Time time) {
    this.memory = memory;
    this.time = time;
  }

  /** Why no instance is launched in this pool for a while; empty where one may be. */
  public Optional<Failure> objectionTo(PoolView view) {
    return memory
        .refusedLaunch(view.pool().digest())
        .or(() -> instancesEnd(view))
        .or(() -> instancesGetNoTarget(view));
  }

  /** A broken image or key makes instances that end as soon as they start. */
  private Optional<Failure> instancesEnd(PoolView view) {
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
                "%d instances of pool %s were launched in the last %d minutes and have ended; no other one is launched for a while"
                    .formatted(ended, view.pool(), PoolLimits.MEMORY.toMinutes())));
  }

  /** Where EC2 makes no targets, or the role may not, instances wait for a sweep to remove them. */
  private Optional<Failure> instancesGetNoTarget(PoolView view) {
    Instant from = time.now().minus(PoolLimits.WITHOUT_TARGET_AGE);
    List<PoolMember> left = view.leftWithoutTarget();
    return left.size() < PoolLimits.USELESS_INSTANCES
            || left.stream().noneMatch(member -> wasLaunchedAfter(member, from))
        ? Optional.empty()
        : Optional.of(
            failure(
                "InstancesGetNoTarget",
                "%d instances of pool %s live and have no mirror target; no other one is launched within %d minutes of the last"
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
