package io.trafficmirror.matrix;

import io.trafficmirror.harness.DeploymentOptions;
import io.trafficmirror.harness.RunningDeployment;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Something that goes wrong for a while.
 *
 * @param name a line of the table
 * @param lasts how long, from the moment at which the first records come
 * @param options what it needs of the world
 * @param begin starts it
 * @param everySecond goes on with it, and is told how many seconds it has lasted
 * @param end ends it
 * @param hidesWhatIsNew whether a backfill run may not be shown what is there, so that only a later
 *     one can know of it
 * @param looksLikeOneInstances whether the first instance that a process meets it with cannot be
 *     told from one that EC2 fails for alone, and may be left to the next look (ADR 9)
 */
record MatrixFault(
    String name,
    Duration lasts,
    UnaryOperator<DeploymentOptions> options,
    Consumer<RunningDeployment> begin,
    BiConsumer<RunningDeployment, Integer> everySecond,
    Consumer<RunningDeployment> end,
    boolean hidesWhatIsNew,
    boolean looksLikeOneInstances) {

  /** One that is there from {@code begin} to {@code end}. */
  static MatrixFault of(
      String name,
      Duration lasts,
      Consumer<RunningDeployment> begin,
      Consumer<RunningDeployment> end) {
    return new MatrixFault(
        name, lasts, options -> options, begin, (world, second) -> {}, end, false, false);
  }

  /** One that is made anew every second. */
  static MatrixFault everySecond(
      String name, Duration lasts, BiConsumer<RunningDeployment, Integer> act) {
    return new MatrixFault(
        name, lasts, options -> options, world -> {}, act, world -> {}, false, false);
  }

  /** The same in another world. */
  MatrixFault in(UnaryOperator<DeploymentOptions> value) {
    return new MatrixFault(
        name, lasts, value, begin, everySecond, end, hidesWhatIsNew, looksLikeOneInstances);
  }

  /** The same, but that it hides what is new. */
  MatrixFault thatHidesWhatIsNew() {
    return new MatrixFault(
        name, lasts, options, begin, everySecond, end, true, looksLikeOneInstances);
  }

  /** The same, but that it may be taken for one instance's. */
  MatrixFault thatLooksLikeOneInstances() {
    return new MatrixFault(name, lasts, options, begin, everySecond, end, hidesWhatIsNew, true);
  }

  @Override
  public String toString() {
    return name;
  }
}
