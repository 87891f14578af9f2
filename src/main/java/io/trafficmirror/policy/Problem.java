package io.trafficmirror.policy;

/**
 * An error or a warning about a policy file.
 *
 * @param severity whether the policy can still be used
 * @param file the file's name, as passed by the caller
 * @param line the line, starting at 1
 * @param column the column, starting at 1
 * @param what the problem and the expected fix, in one or two sentences
 */
public record Problem(Severity severity, String file, int line, int column, String what) {

  /** Whether a policy with the problem can be used. */
  public enum Severity {
    /** The policy cannot be used. */
    ERROR,
    /** The policy can be used, but may not do what its author intended. */
    WARNING
  }

  /** Formatted like a compiler message: {@code config/us-east-1.yaml:12:3: error: …}. */
  @Override
  public String toString() {
    return "%s:%d:%d: %s: %s"
        .formatted(file, line, column, severity == Severity.ERROR ? "error" : "warning", what);
  }
}
