package io.trafficmirror.mirror;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * All planned writes, in two stages: first the targets, then the sessions, which may refer to a
 * target created in the first stage.
 *
 * @param targets the first stage, in order
 * @param sessions the second stage, in the order of the planner's input
 * @param waiting the sources that need a target from a pool but get none in this plan, with the
 *     reason
 */
public record Plan(
    List<Action.OnTarget> targets,
    List<Action.Mirroring> sessions,
    Map<Source, Seat.WaitReason> waiting) {

  /** A plan without actions. */
  public static final Plan NOTHING = new Plan(List.of(), List.of(), Map.of());

  /** Copies the collections. */
  public Plan {
    targets = List.copyOf(targets);
    sessions = List.copyOf(sessions);
    waiting = Map.copyOf(waiting);
  }

  /** All actions, in start order. */
  public List<Action> actions() {
    List<Action> all = new ArrayList<>(targets);
    all.addAll(sessions);
    return all;
  }
}
