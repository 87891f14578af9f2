package io.trafficmirror.policy;

/**
 * Something about a policy file that its author should know.
 *
 * @param severity whether the policy can be used in spite of it
 * @param file the file's name, as the caller gave it
 * @param line 1 for the first one
 * @param column 1 for the first one
 * @param what what is wrong and what is expected instead, in one or two sentences
 */
public record Problem(Severity severity, String file, int line, int column, String what) {

  /** Whether a policy with the problem can be used. */
  public enum Severity {
    /** It cannot. */
    ERROR,
    /** It can, but perhaps not as its author thinks. */
    WARNING
  }

  /** As compilers print it: {@code config/us-east-1.yaml:12:3: error: …}. */
  @Override
  public String toString() {
    return "%s:%d:%d: %s: %s"
        .formatted(file, line, column, severity == Severity.ERROR ? "error" : "warning", what);
  }
}
