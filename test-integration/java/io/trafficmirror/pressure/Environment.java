package io.trafficmirror.pressure;

import io.trafficmirror.aws.AwsCloud;
import io.trafficmirror.embedded.HandlerFunction;
import io.trafficmirror.embedded.LambdaFunction;
import io.trafficmirror.embedded.SharedClock;
import io.trafficmirror.lambda.Host;
import io.trafficmirror.lambda.StreamHandler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;

/** One execution environment: a handler and what it has opened. For one invocation at a time. */
final class Environment implements LambdaFunction, AutoCloseable {

  private final List<AwsCloud> opened = new CopyOnWriteArrayList<>();
  private final StreamHandler product;
  private final HandlerFunction handler;

  /** Makes the handler, which tries to start at once. */
  Environment(Function<Consumer<AwsCloud>, Host> hosts, SharedClock clock) {
    product = new StreamHandler(hosts.apply(opened::add));
    handler = new HandlerFunction(product, clock);
  }

  /** The product's own part of it. */
  StreamHandler product() {
    return product;
  }

  @Override
  public Result invoke(byte[] event, String requestId, Duration timeout) {
    return handler.invoke(event, requestId, timeout);
  }

  /** What the end of a process takes with it: threads that nobody else ends. */
  @Override
  public void close() {
    opened.forEach(AwsCloud::close);
  }
}
