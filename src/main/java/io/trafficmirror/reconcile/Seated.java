package io.trafficmirror.reconcile;

import io.trafficmirror.mirror.Session;
import io.trafficmirror.mirror.TargetId;
import java.util.List;
import java.util.Set;

/** What a pool has for one instance. */
sealed interface Seated {

  /**
   * A target, or the reason why none is needed is in its sessions.
   *
   * @param target where its traffic goes where it does not go to an acceptable target already
   * @param acceptable the targets that will do
   * @param sessions all sessions that were seen on its interface
   */
  record At(TargetId target, Set<TargetId> acceptable, List<Session> sessions) implements Seated {}

  /**
   * Nothing now.
   *
   * @param outcome what becomes of it
   */
  record Not(Outcome outcome) implements Seated {}
}
