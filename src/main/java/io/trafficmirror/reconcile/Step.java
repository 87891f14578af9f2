package io.trafficmirror.reconcile;

import io.trafficmirror.mirror.Action;
import io.trafficmirror.mirror.Instance;
import java.util.List;

/**
 * The actions of one instance on their way to EC2, one after the other.
 *
 * @param order its place; lower ones start first
 * @param look the instance that it is for
 * @param instance the instance as it was observed
 * @param isPooled whether another target will do where this one is full or gone
 * @param actions what is left to do, at least one
 * @param attempts how often the first of them was tried without an answer that means something
 * @param throttles how often the first of them was throttled
 */
record Step(
    int order,
    InstanceRequest look,
    Instance instance,
    boolean isPooled,
    List<Action> actions,
    int attempts,
    int throttles) {

  static Step first(
      int order, InstanceRequest look, Instance instance, boolean isPooled, List<Action> actions) {
    return new Step(order, look, instance, isPooled, actions, 0, 0);
  }

  Action action() {
    return actions.getFirst();
  }

  boolean isLast() {
    return actions.size() == 1;
  }

  Step next() {
    return first(order, look, instance, isPooled, actions.subList(1, actions.size()));
  }

  /** EC2 gave no answer; what it throttled before that is no longer what it waits for. */
  Step triedOnceMore() {
    return new Step(order, look, instance, isPooled, actions, attempts + 1, 0);
  }

  Step throttledOnceMore() {
    return new Step(order, look, instance, isPooled, actions, attempts, throttles + 1);
  }
}
