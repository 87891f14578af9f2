package io.trafficmirror.harness;

/**
 * The size of tests that have an exhaustive form. Every build runs a representative sample; the
 * Maven profile {@code exhaustive} sets {@code -Dtests.exhaustive=true} and runs all cases.
 */
public final class Effort {

  /** Whether this build runs the exhaustive form of every test. */
  public static final boolean IS_EXHAUSTIVE = Boolean.getBoolean("tests.exhaustive");

  private Effort() {}

  /**
   * The number of cases to run.
   *
   * @param sample the number in every build
   * @param all the number in the exhaustive form
   */
  public static int of(int sample, int all) {
    return IS_EXHAUSTIVE ? all : sample;
  }
}
