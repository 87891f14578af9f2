package io.trafficmirror.policy;

import io.trafficmirror.policy.Problem.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong with one file. Not safe to share between threads; lives for one parse. */
final class Problems {
  /** Nobody reads more, and a file of garbage must not fill the memory. */
  static final int MAX_REPORTED = 1_000;

  private static final Comparator<Problem> FILE_ORDER =
      Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column);

  private final String file;
  private final List<Problem> found = new ArrayList<>();
  private int notKept;
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
   * All problems in file order. Where there were more than {@link #MAX_REPORTED}, the first ones
   * that were found, and a last problem that says how many more there are.
   */
  List<Problem> inFileOrder() {
    List<Problem> sorted = new ArrayList<>(found);
    sorted.sort(FILE_ORDER);
    if (notKept > 0) {
      Problem last = sorted.getLast();
      sorted.add(
          new Problem(
              errors ? Severity.ERROR : Severity.WARNING,
              file,
              last.line(),
              last.column(),
              "and %d more problems, which are not listed".formatted(notKept)));
    }
    return List.copyOf(sorted);
  }

  private void add(Severity severity, Position at, String what) {
    if (found.size() < MAX_REPORTED) {
      found.add(new Problem(severity, file, at.line(), at.column(), what));
    } else {
      notKept++;
    }
  }
}
