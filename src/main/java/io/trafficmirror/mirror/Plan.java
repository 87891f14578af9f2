package io.trafficmirror.mirror;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Everything that is to be written, in two stages: first the targets, then the sessions, which may
 * refer to a target that the first stage makes.
 *
 * @param targets the first stage, in order
 * @param sessions the second stage, in the order in which the sources were given
 * @param waiting the sources that need a target of a pool and get none now, with the reason
 */
public record Plan(
    List<Action.OnTarget> targets, List<Action.Mirroring> sessions, Map<Source, Seat.Why> waiting) {

  /** Nothing to write. */
  public static final Plan NOTHING = new Plan(List.of(), List.of(), Map.of());

  /** Copies the collections. */
  public Plan {
    targets = List.copyOf(targets);
    sessions = List.copyOf(sessions);
    waiting = Map.copyOf(waiting);
  }

  /** All actions, in the order in which they start. */
  public List<Action> actions() {
    List<Action> all = new ArrayList<>(targets);
    all.addAll(sessions);
    return all;
  }
}
