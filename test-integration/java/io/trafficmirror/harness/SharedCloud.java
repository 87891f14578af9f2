package io.trafficmirror.harness;

import io.trafficmirror.aws.AwsCloud;
import io.trafficmirror.embedded.HandlerFunction;
import io.trafficmirror.embedded.LambdaFunction;
import io.trafficmirror.lambda.Host;
import io.trafficmirror.lambda.StreamHandler;
import io.trafficmirror.port.CallMeter;
import io.trafficmirror.port.Cloud;
import io.trafficmirror.port.Time;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * Lets all environments of a JVM share one set of SDK clients, which take about 50 ms to create. A
 * thread-local context routes calls to the AWS, clock and meter of the environment that the thread
 * currently executes.
 */
final class SharedCloud {

  private record Context(SdkHttpClient http, CallMeter meter, Time time) {}

  private static final ThreadLocal<Context> CONTEXT = new ThreadLocal<>();

  private static final Cloud CLOUD = AwsCloud.over(new Http(), new Meter(), new Clock());

  private final SdkHttpClient http;
  private CallMeter meter = (service, action, result) -> {};
  private Time time = new Clock();

  SharedCloud(SdkHttpClient http) {
    this.http = http;
  }

  /** Connects the environment that is being created. */
  Cloud open(CallMeter callMeter, Time clock) {
    meter = callMeter;
    time = clock;
    CONTEXT.set(new Context(http, meter, time));
    return CLOUD;
  }

  /** Creates an environment, whose function can be invoked from any thread. */
  LambdaFunction environment(Function<SharedCloud, Host> host, InstantSource clock) {
    HandlerFunction function =
        new HandlerFunction(in(() -> new StreamHandler(host.apply(this))), clock);
    return (event, id, timeout) -> in(() -> function.invoke(event, id, timeout));
  }

  /** Runs code of the environment in the calling thread. */
  private <T> T in(Supplier<T> code) {
    CONTEXT.set(new Context(http, meter, time));
    try {
      return code.get();
    } finally {
      CONTEXT.remove();
    }
  }

  private static Context context() {
    return CONTEXT.get();
  }

  private static final class Http implements SdkHttpClient {
    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      return context().http().prepareRequest(request);
    }

    @Override
    public void close() {}
  }

  private static final class Meter implements CallMeter {
    @Override
    public void recordCall(String service, String operation, String result) {
      context().meter().recordCall(service, operation, result);
    }
  }

  private static final class Clock implements Time {
    @Override
    public Instant now() {
      return context().time().now();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
      context().time().sleep(duration);
    }
  }
}
