package io.trafficmirror.write;

import io.trafficmirror.mirror.MirrorTarget;
import io.trafficmirror.mirror.PoolMember;
import io.trafficmirror.mirror.Session;

/** What EC2 shows of what an action has changed. */
public sealed interface Effect {

  /**
   * A session was created or modified.
   *
   * @param session the session as it is now
   */
  record SessionChanged(Session session) implements Effect {}

  /**
   * A target was created.
   *
   * @param target the target
   */
  record TargetCreated(MirrorTarget target) implements Effect {}

  /**
   * An instance was launched, now or by an earlier call with the same token.
   *
   * @param member the instance as it is now
   */
  record InstanceLaunched(PoolMember member) implements Effect {}

  /** Tags were changed, or something was deleted. */
  record Done() implements Effect {}
}
