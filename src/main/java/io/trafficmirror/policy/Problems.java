package io.trafficmirror.policy;

import io.trafficmirror.policy.Problem.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects the problems of one file during one parse. Not thread-safe. */
final class Problems {
  /** Limits the list, so that a file of garbage does not exhaust memory. */
  static final int MAX_REPORTED = 1_000;

  private static final Comparator<Problem> FILE_ORDER =
      Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column);

  private final String file;
  private final List<Problem> found = new ArrayList<>();
  private int omitted;
  private boolean errors;

  Problems(String file) {
    this.file = file;
  }

  void error(Position at, String what) {
    errors = true;
    add(Severity.ERROR, at, what);
  }

  void warn(Position at, String what) {
    add(Severity.WARNING, at, what);
  }

  boolean hasErrors() {
    return errors;
  }

  /**
   * All problems in file order. If there are more than {@link #MAX_REPORTED}, only the first ones
   * found, followed by a problem that gives the number of omitted ones.
   */
  List<Problem> inFileOrder() {
    List<Problem> sorted = new ArrayList<>(found);
    sorted.sort(FILE_ORDER);
    if (omitted > 0) {
      Problem last = sorted.getLast();
      sorted.add(
          new Problem(
              errors ? Severity.ERROR : Severity.WARNING,
              file,
              last.line(),
              last.column(),
              "and %d more problems, which are not listed".formatted(omitted)));
    }
    return List.copyOf(sorted);
  }

  private void add(Severity severity, Position at, String what) {
    if (found.size() < MAX_REPORTED) {
      found.add(new Problem(severity, file, at.line(), at.column(), what));
    } else {
      omitted++;
    }
  }
}
