package io.trafficmirror.harness;

/**
 * How much the tests that have an exhaustive form do. Every build runs a representative sample; the
 * Maven profile {@code exhaustive} sets {@code -Dtests.exhaustive=true} and runs everything.
 */
public final class Effort {

  /** Whether this build runs the exhaustive form of every test. */
  public static final boolean IS_EXHAUSTIVE = Boolean.getBoolean("tests.exhaustive");

  private Effort() {}

  /**
   * The number of cases to run.
   *
   * @param sample for every build
   * @param all for the exhaustive form
   */
  public static int of(int sample, int all) {
    return IS_EXHAUSTIVE ? all : sample;
  }
}
