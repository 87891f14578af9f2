package io.trafficmirror.harness;

import io.trafficmirror.aws.AwsCloud;
import io.trafficmirror.embedded.HandlerFunction;
import io.trafficmirror.embedded.LambdaFunction;
import io.trafficmirror.lambda.StreamHandler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;

/** A Lambda execution environment: a handler and its clients. Handles one invocation at a time. */
public final class Environment implements LambdaFunction, AutoCloseable {

  private final List<AwsCloud> opened = new CopyOnWriteArrayList<>();
  private final StreamHandler product;
  private final HandlerFunction handler;

  /** Creates and initialises the handler. */
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

  /** The handler. */
  StreamHandler product() {
    return product;
  }

  @Override
  public Result invoke(byte[] event, String requestId, Duration timeout) {
    return handler.invoke(event, requestId, timeout);
  }

  /** Stops the threads of the clients, as the end of the process would. */
  @Override
  public void close() {
    opened.forEach(AwsCloud::close);
  }
}
