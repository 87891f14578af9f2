package io.trafficmirror.lambda;

import io.trafficmirror.port.CallMeter;
import io.trafficmirror.port.Cloud;
import io.trafficmirror.port.Time;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * Everything around the handler: Lambda's in production, embedded AWS and a test's clock elsewhere.
 *
 * @param environment the environment variables
 * @param time the clock
 * @param lines where log lines go, one at a time
 * @param cloud opens the way to AWS and tells the meter of every call; may throw
 * @param executor where writes to EC2 run
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
