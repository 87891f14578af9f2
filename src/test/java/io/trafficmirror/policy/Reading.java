package io.trafficmirror.policy;

import io.trafficmirror.mirror.Entry;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads policies for the tests of this package. */
final class Reading {
  private Reading() {}

  static PolicyResult of(String yaml) {
    return PolicyParser.parse("p.yaml", yaml.getBytes(StandardCharsets.UTF_8));
  }

  /** The entries of a policy; fails unless the policy is valid and has no warnings. */
  static List<Entry> entries(String yaml) {
    if (of(yaml) instanceof PolicyResult.Valid valid && valid.warnings().isEmpty()) {
      return valid.policy().entries();
    }
    throw new AssertionError("not valid: " + problems(yaml));
  }

  /** Every problem as {@code 3:5: error: …}; those of a valid policy are its warnings. */
  static List<String> problems(String yaml) {
    return problems(of(yaml));
  }

  static List<String> problems(PolicyResult result) {
    List<Problem> problems =
        switch (result) {
          case PolicyResult.Valid valid -> valid.warnings();
          case PolicyResult.Invalid invalid -> invalid.problems();
        };
    return problems.stream()
        .map(problem -> problem.toString().substring("p.yaml:".length()))
        .toList();
  }

  /** A valid entry of the section {@code subnets} with an extra line, which starts in column 3. */
  static String withLine(String line) {
    return """
    subnets:
    - subnetId: subnet-1
      filterId: tmf-1
      targetId: tmt-1
    """
        + "  "
        + line
        + "\n";
  }
}
