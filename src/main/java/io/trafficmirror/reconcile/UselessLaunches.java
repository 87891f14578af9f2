package io.trafficmirror.reconcile;

import io.trafficmirror.mirror.PoolMember;
import io.trafficmirror.mirror.PoolView;
import io.trafficmirror.port.Failure;
import io.trafficmirror.port.FailureKind;
import io.trafficmirror.port.Time;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Sees in what was launched lately that another instance would be of no more use, and would cost
 * what it costs. Everybody sees the same, so no environment launches in another one's place.
 */
final class UselessLaunches {

  private final Time time;

  UselessLaunches(Time time) {
    this.time = time;
  }

  /** Why no instance is launched for this pool for a while; empty where one may be. */
  Optional<Failure> seenIn(PoolView view) {
    return endAtOnce(view).or(() -> getNoTarget(view));
  }

  /** An image or a key that is broken makes instances that end as soon as they start. */
  private Optional<Failure> endAtOnce(PoolView view) {
    Instant from = time.now().minus(PoolLimits.ENDED_AT_ONCE_AGE);
    long ended =
        view.members().stream()
            .filter(PoolMember::hasEnded)
            .filter(member -> wasLaunchedAfter(member, from))
            .count();
    return ended < PoolLimits.ENDED_AT_ONCE
        ? Optional.empty()
        : Optional.of(
            failure(
                "InstancesEndAtOnce",
                "%d instances of pool %s were launched in the last %d minutes and have ended; no other one is launched for a while"
                    .formatted(ended, view.pool(), PoolLimits.ENDED_AT_ONCE_AGE.toMinutes())));
  }

  /** Where EC2 makes no targets, or the role may not, instances wait for a sweep to remove them. */
  private Optional<Failure> getNoTarget(PoolView view) {
    Instant from = time.now().minus(PoolLimits.WITHOUT_TARGET_AGE);
    List<PoolMember> left = view.leftWithoutTarget();
    return left.size() < PoolLimits.WITHOUT_TARGET
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
