package io.trafficmirror.policy;

import io.trafficmirror.mirror.PolicySet;
import java.util.List;

/** The result of parsing a policy file. */
public sealed interface PolicyResult {

  /**
   * The policy can be used.
   *
   * @param policy the parsed policy
   * @param warnings the warnings in file order; may be empty
   */
  record Valid(PolicySet policy, List<Problem> warnings) implements PolicyResult {
    /** Copies the list. */
    public Valid {
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * The policy cannot be used.
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
