package io.trafficmirror.pool;

import io.trafficmirror.mirror.FilterId;
import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.InstanceState;
import io.trafficmirror.mirror.InterfaceId;
import io.trafficmirror.mirror.MirrorTarget;
import io.trafficmirror.mirror.Ownership;
import io.trafficmirror.mirror.Pool;
import io.trafficmirror.mirror.PoolMember;
import io.trafficmirror.mirror.Session;
import io.trafficmirror.mirror.SessionId;
import io.trafficmirror.mirror.Slot;
import io.trafficmirror.mirror.SubnetId;
import io.trafficmirror.mirror.TargetId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Test data for one pool: instance n is in slot n, has interface eni-n and may have target tmt-n.
 */
final class PoolThings {

  static final Ownership OWNERSHIP = new Ownership("prod");

  static final Pool POOL =
      new Pool("prod", "c5.large", "ami-1", List.of("sg-1"), new SubnetId("subnet-1"));

  private PoolThings() {}

  static PoolMember member(int number, InstanceState state, Instant launchedAt) {
    return member(number, state, Optional.of(launchedAt));
  }

  static PoolMember member(int number, InstanceState state, Optional<Instant> launchedAt) {
    return new PoolMember(
        new InstanceId("i-" + number),
        state,
        POOL.instanceType(),
        POOL.digest(),
        Optional.of(slot(number)),
        state == InstanceState.TERMINATED ? Optional.empty() : Optional.of(eni(number)),
        launchedAt);
  }

  static Slot slot(int number) {
    return new Slot(POOL.digest(), number, 0);
  }

  static InterfaceId eni(int number) {
    return new InterfaceId("eni-" + number);
  }

  static TargetId targetId(int number) {
    return new TargetId("tmt-" + number);
  }

  /** The target on the interface of an instance, with this deployment's tags. */
  static MirrorTarget target(int number) {
    return target(number, OWNERSHIP.slotTags(slot(number)));
  }

  static MirrorTarget target(int number, Map<String, String> tags) {
    return new MirrorTarget(targetId(number), Optional.of(eni(number)), tags);
  }

  /** A session of a source to a target. */
  static Session session(String source, TargetId target) {
    return new Session(
        new SessionId("tms-of-" + source),
        new InterfaceId(source),
        target,
        new FilterId("tmf-1"),
        100,
        Map.of());
  }
}
