package io.trafficmirror.harness;

import io.trafficmirror.aws.AwsCloud;
import io.trafficmirror.embedded.HandlerFunction;
import io.trafficmirror.embedded.LambdaFunction;
import io.trafficmirror.lambda.StreamHandler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;

/** One execution environment: a handler and its clients. For one invocation at a time. */
public final class Environment implements LambdaFunction, AutoCloseable {

  private final List<AwsCloud> opened = new CopyOnWriteArrayList<>();
  private final StreamHandler product;
  private final HandlerFunction handler;

  /** Creates the handler, which initializes at once. */
  Environment(Deployment deployment, Executor executor) {
    product =
        new StreamHandler(
            deployment.host(
                (meter, time) -> {
                  AwsCloud cloud = deployment.open(meter, time);
                  opened.add(cloud);
                  return cloud;
                },
                executor));
    handler = new HandlerFunction(product, deployment.instantSource());
  }

  /** The handler itself. */
  StreamHandler product() {
    return product;
  }

  @Override
  public Result invoke(byte[] event, String requestId, Duration timeout) {
    return handler.invoke(event, requestId, timeout);
  }

  /** Ends the threads of its clients, as the end of a process would. */
  @Override
  public void close() {
    opened.forEach(AwsCloud::close);
  }
}
