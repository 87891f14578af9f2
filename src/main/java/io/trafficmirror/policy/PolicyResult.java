package io.trafficmirror.policy;

import io.trafficmirror.mirror.PolicySet;
import java.util.List;

/** What became of a policy file. */
public sealed interface PolicyResult {

  /**
   * It can be used.
   *
   * @param policy its meaning
   * @param warnings in file order, perhaps none
   */
  record Valid(PolicySet policy, List<Problem> warnings) implements PolicyResult {
    /** Copies the list. */
    public Valid {
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * It cannot be used.
   *
   * @param problems errors and warnings in file order, at least one error
   */
  record Invalid(List<Problem> problems) implements PolicyResult {
    /** Copies the list. */
    public Invalid {
      problems = List.copyOf(problems);
    }
  }
}
