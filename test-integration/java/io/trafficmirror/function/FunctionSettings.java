package io.trafficmirror.function;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * What a function is started with, as it was read back from what was applied.
 *
 * @param name the function's name
 * @param arn how it is invoked, with the alias where there is one; an invocation carries it
 * @param version a published version, or {@code $LATEST}
 * @param zip its package
 * @param handler {@code package.Class::method}, or the class alone
 * @param runtime Lambda's name of its runtime, {@code java21} say
 * @param environment its variables, without those that Lambda itself sets
 * @param memoryMegabytes 128 to 10,240
 * @param timeout 1 to 900 s that an invocation has
 */
public record FunctionSettings(
    String name,
    String arn,
    String version,
    Path zip,
    String handler,
    String runtime,
    Map<String, String> environment,
    int memoryMegabytes,
    Duration timeout) {

  /**
   * Copies the variables and checks the ranges.
   *
   * @throws IllegalArgumentException where Lambda would refuse a setting, or the runtime is not one
   *     of Java
   */
  public FunctionSettings {
    environment = Map.copyOf(environment);
    if (memoryMegabytes < 128 || memoryMegabytes > 10_240) {
      throw new IllegalArgumentException(
          "the memory of " + name + " is " + memoryMegabytes + " MB: Lambda gives 128 to 10,240");
    }
    if (timeout.toSeconds() < 1 || timeout.toSeconds() > 900) {
      throw new IllegalArgumentException(
          "the timeout of " + name + " is " + timeout + ": Lambda takes 1 to 900 seconds");
    }
    if (!runtime.startsWith("java")) {
      throw new IllegalArgumentException(
          "the runtime of " + name + " is " + runtime + ": only Java's can be run here");
    }
    for (String variable : environment.keySet()) {
      if (LambdaEnvironment.RESERVED.contains(variable)) {
        throw new IllegalArgumentException(
            name + " sets " + variable + ", which is Lambda's own: Lambda refuses that");
      }
    }
  }

  /** The same with other variables. */
  public FunctionSettings withEnvironment(Map<String, String> variables) {
    return new FunctionSettings(
        name, arn, version, zip, handler, runtime, variables, memoryMegabytes, timeout);
  }

  /** The same with another handler. */
  public FunctionSettings withHandler(String other) {
    return new FunctionSettings(
        name, arn, version, zip, other, runtime, environment, memoryMegabytes, timeout);
  }
}
