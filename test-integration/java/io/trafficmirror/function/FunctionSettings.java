package io.trafficmirror.function;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * The settings of a function, as read back from the applied configuration.
 *
 * @param name the function's name
 * @param arn the invoked ARN, with the alias if there is one
 * @param version a published version, or {@code $LATEST}
 * @param zip its package
 * @param handler {@code package.Class::method}, or the class alone
 * @param runtime Lambda's identifier of the runtime, for example {@code java21}
 * @param environment its variables, without those that Lambda sets
 * @param memoryMegabytes 128 to 10,240
 * @param timeout the timeout of an invocation, 1 to 900 s
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
   * @throws IllegalArgumentException if Lambda would reject a setting, or the runtime is not a Java
   *     runtime
   */
  public FunctionSettings {
    environment = Map.copyOf(environment);
    if (memoryMegabytes < 128 || memoryMegabytes > 10_240) {
      throw new IllegalArgumentException(
          "the memory of " + name + " is " + memoryMegabytes + " MB: Lambda accepts 128 to 10,240");
    }
    if (timeout.toSeconds() < 1 || timeout.toSeconds() > 900) {
      throw new IllegalArgumentException(
          "the timeout of " + name + " is " + timeout + ": Lambda accepts 1 to 900 seconds");
    }
    if (!runtime.startsWith("java")) {
      throw new IllegalArgumentException(
          "the runtime of " + name + " is " + runtime + ": only Java runtimes can be run here");
    }
    for (String variable : environment.keySet()) {
      if (LambdaEnvironment.RESERVED.contains(variable)) {
        throw new IllegalArgumentException(
            name + " sets " + variable + ", a reserved variable, which Lambda rejects");
      }
    }
  }

  /** The same settings with other variables. */
  public FunctionSettings withEnvironment(Map<String, String> variables) {
    return new FunctionSettings(
        name, arn, version, zip, handler, runtime, variables, memoryMegabytes, timeout);
  }

  /** The same settings with another handler. */
  public FunctionSettings withHandler(String other) {
    return new FunctionSettings(
        name, arn, version, zip, other, runtime, environment, memoryMegabytes, timeout);
  }
}
