package io.trafficmirror.lambda;

import io.trafficmirror.port.CallMeter;
import io.trafficmirror.port.Cloud;
import io.trafficmirror.port.Time;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * The handler's dependencies: those of Lambda in production, an embedded AWS and a test's clock in
 * tests.
 *
 * @param environment the environment variables
 * @param time the clock
 * @param lines receives the log lines, one at a time
 * @param cloud creates the AWS clients, which notify the meter of every call; may throw
 * @param executor the executor of writes to EC2
 */
public record Host(
    Map<String, String> environment,
    Time time,
    Consumer<String> lines,
    BiFunction<CallMeter, Time, Cloud> cloud,
    Executor executor) {

  /** Copies the environment. */
  public Host {
    environment = Map.copyOf(environment);
  }
}
