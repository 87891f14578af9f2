package io.trafficmirror.reconcile;

import io.trafficmirror.mirror.Action;
import java.time.Instant;
import java.util.List;

/**
 * The actions of one instance on their way to EC2, one after the other.
 *
 * @param order its place; lower ones start first
 * @param look the instance that it is for
 * @param actions what is left to do, at least one
 * @param attempts how often the first of them was tried without an answer that means something
 * @param firstStart when the first of them was started first; {@link Instant#MAX} before that
 */
record Step(int order, Look look, List<Action> actions, int attempts, Instant firstStart) {

  static Step first(int order, Look look, List<Action> actions) {
    return new Step(order, look, actions, 0, Instant.MAX);
  }

  Action action() {
    return actions.getFirst();
  }

  boolean isLast() {
    return actions.size() == 1;
  }

  Step next() {
    return first(order, look, actions.subList(1, actions.size()));
  }

  Step startedAt(Instant now) {
    return firstStart.equals(Instant.MAX) ? new Step(order, look, actions, attempts, now) : this;
  }

  Step triedOnceMore() {
    return new Step(order, look, actions, attempts + 1, firstStart);
  }
}
