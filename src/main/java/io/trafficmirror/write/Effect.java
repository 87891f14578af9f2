package io.trafficmirror.write;

import io.trafficmirror.mirror.MirrorTarget;
import io.trafficmirror.mirror.PoolMember;
import io.trafficmirror.mirror.Session;

/** The result of a successful action, as EC2 returned it. */
public sealed interface Effect {

  /**
   * A session was created or modified.
   *
   * @param session the session after the change
   */
  record SessionChanged(Session session) implements Effect {}

  /**
   * A mirror target was created.
   *
   * @param target the target
   */
  record TargetCreated(MirrorTarget target) implements Effect {}

  /**
   * An instance was launched, now or by an earlier call with the same token.
   *
   * @param member the instance as EC2 returned it
   */
  record InstanceLaunched(PoolMember member) implements Effect {}

  /** Tags were changed, or a resource was deleted. */
  record Done() implements Effect {}
}
