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
 * The SDK's clients are dear to make, some 50 ms of them an environment. Here all environments of a
 * JVM share theirs: a thread speaks for the environment that it plays at the moment, to that one's
 * AWS, with its clock and its meter.
 */
final class SharedCloud {

  private record Seat(SdkHttpClient http, CallMeter meter, Time time) {}

  private static final ThreadLocal<Seat> SEAT = new ThreadLocal<>();

  private static final Cloud CLOUD = AwsCloud.over(new Http(), new Meter(), new Clock());

  private final SdkHttpClient http;
  private CallMeter meter = (service, action, result) -> {};
  private Time time = new Clock();

  SharedCloud(SdkHttpClient http) {
    this.http = http;
  }

  /** The way to AWS of the environment that is being made. */
  Cloud open(CallMeter its, Time clock) {
    meter = its;
    time = clock;
    SEAT.set(new Seat(http, meter, time));
    return CLOUD;
  }

  /** A new environment; its function may be invoked in any thread. */
  LambdaFunction environment(Function<SharedCloud, Host> host, InstantSource clock) {
    HandlerFunction function =
        new HandlerFunction(in(() -> new StreamHandler(host.apply(this))), clock);
    return (event, id, timeout) -> in(() -> function.invoke(event, id, timeout));
  }

  /** Runs a part of the environment in the calling thread. */
  private <T> T in(Supplier<T> use) {
    SEAT.set(new Seat(http, meter, time));
    try {
      return use.get();
    } finally {
      SEAT.remove();
    }
  }

  private static Seat seat() {
    return SEAT.get();
  }

  private static final class Http implements SdkHttpClient {
    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      return seat().http().prepareRequest(request);
    }

    @Override
    public void close() {}
  }

  private static final class Meter implements CallMeter {
    @Override
    public void recordCall(String service, String operation, String result) {
      seat().meter().recordCall(service, operation, result);
    }
  }

  private static final class Clock implements Time {
    @Override
    public Instant now() {
      return seat().time().now();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
      seat().time().sleep(duration);
    }
  }
}
