package io.trafficmirror.matrix;

import io.trafficmirror.harness.DeploymentOptions;
import io.trafficmirror.harness.RunningDeployment;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A fault for a limited time.
 *
 * @param name its row in the table
 * @param lasts its duration, from the first record on
 * @param options the deployment options that it needs
 * @param begin starts it
 * @param everySecond runs every second with the number of elapsed seconds
 * @param end ends it
 * @param hidesNewInstances whether reads may not show new instances, so that only a later backfill
 *     run finds them
 * @param resemblesASingleInstance whether a process cannot distinguish it from a failure of its
 *     first instance alone, so that it may exhaust the retries of this instance (ADR 9)
 */
record MatrixFault(
    String name,
    Duration lasts,
    UnaryOperator<DeploymentOptions> options,
    Consumer<RunningDeployment> begin,
    BiConsumer<RunningDeployment, Integer> everySecond,
    Consumer<RunningDeployment> end,
    boolean hidesNewInstances,
    boolean resemblesASingleInstance) {

  /** A fault that exists from {@code begin} to {@code end}. */
  static MatrixFault of(
      String name,
      Duration lasts,
      Consumer<RunningDeployment> begin,
      Consumer<RunningDeployment> end) {
    return new MatrixFault(
        name, lasts, options -> options, begin, (world, second) -> {}, end, false, false);
  }

  /** A fault that acts every second. */
  static MatrixFault everySecond(
      String name, Duration lasts, BiConsumer<RunningDeployment, Integer> act) {
    return new MatrixFault(
        name, lasts, options -> options, world -> {}, act, world -> {}, false, false);
  }

  MatrixFault withOptions(UnaryOperator<DeploymentOptions> value) {
    return new MatrixFault(
        name, lasts, value, begin, everySecond, end, hidesNewInstances, resemblesASingleInstance);
  }

  MatrixFault hidingNewInstances() {
    return new MatrixFault(
        name, lasts, options, begin, everySecond, end, true, resemblesASingleInstance);
  }

  MatrixFault resemblingASingleInstance() {
    return new MatrixFault(name, lasts, options, begin, everySecond, end, hidesNewInstances, true);
  }

  @Override
  public String toString() {
    return name;
  }
}
