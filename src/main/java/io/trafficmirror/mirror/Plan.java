package io.trafficmirror.mirror;

import java.util.List;

/** What is to be done about one instance. */
public sealed interface Plan {

  /**
   * Do these, in order.
   *
   * @param actions at least one
   */
  record Act(List<Action> actions) implements Plan {
    /** Copies the list. */
    public Act {
      actions = List.copyOf(actions);
    }
  }

  /**
   * Do nothing.
   *
   * @param reason why
   */
  record Nothing(Reason reason) implements Plan {}
}
