package io.trafficmirror.embedded;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.CreateTrafficMirrorSessionRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;

/** A small world in embedded EC2 for the tests of it, and the real client on it. */
final class Ec2World {

  static final String VPC = "vpc-0000000000000000a";
  static final String SUBNET = "subnet-0000000000000000a";
  static final String FILTER = "tmf-0000000000000000a";
  static final String TARGET = "tmt-0000000000000000a";
  static final String BALANCER =
      "arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/net/sensors/0123456789abcdef";

  /** Instances are made with this type where a test does not care. */
  static final String TYPE = "m5.large";

  private Instant now = Instant.parse("2026-11-24T10:00:00Z");

  final List<String> unsupported = new ArrayList<>();
  final EmbeddedEc2 ec2;
  final Ec2Client client;

  Ec2World() {
    this(Ec2Options.defaults());
  }

  /** A VPC with a subnet, a filter, and a load balancer as target. */
  Ec2World(Ec2Options options) {
    ec2 = new EmbeddedEc2(options, "111122223333", "us-east-1", () -> now, 7L, unsupported::add);
    client = client(ec2);
    ec2.putVpc(VPC, "10.0.0.0/16");
    ec2.putSubnet(SUBNET, VPC, "us-east-1a");
    ec2.putFilter(FILTER);
    ec2.putNetworkLoadBalancerTarget(TARGET, BALANCER);
  }

  static Ec2World with(Unverified unverified) {
    return new Ec2World(Ec2Options.defaults().withUnverified(unverified));
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  Instant now() {
    return now;
  }

  /** An instance id that is well-formed. */
  static String instance(int n) {
    return "i-%017x".formatted(n);
  }

  /** An interface id that is well-formed. */
  static String eni(int n) {
    return "eni-%017x".formatted(n);
  }

  /** A running instance number {@code n} with the primary interface {@code eni(n)}. */
  Ec2World running(int n) {
    ec2.putInstance(InstanceSeed.running(instance(n), TYPE, SUBNET, eni(n)));
    return this;
  }

  /** A request for a session on an interface with the target, the filter and number 100. */
  static CreateTrafficMirrorSessionRequest.Builder session(String interfaceId) {
    return CreateTrafficMirrorSessionRequest.builder()
        .networkInterfaceId(interfaceId)
        .trafficMirrorTargetId(TARGET)
        .trafficMirrorFilterId(FILTER)
        .sessionNumber(100);
  }

  /** What is shown of instances under a request. */
  List<Instance> shown(Consumer<DescribeInstancesRequest.Builder> request) {
    return client.describeInstances(request).reservations().stream()
        .flatMap(reservation -> reservation.instances().stream())
        .toList();
  }

  /** The ids of instances that a filter finds. */
  List<String> find(String filter, String... values) {
    return shown(r -> r.filters(filter(filter, values))).stream()
        .map(Instance::instanceId)
        .sorted()
        .toList();
  }

  static Filter filter(String name, String... values) {
    return Filter.builder().name(name).values(values).build();
  }

  /** Status and code of the refusal that a call meets; {@code "none"} where it meets none. */
  static String refusal(Runnable call) {
    try {
      call.run();
      return "none";
    } catch (AwsServiceException refused) {
      return refused.statusCode() + " " + refused.awsErrorDetails().errorCode();
    }
  }

  /** A raw Query request. */
  HttpReply raw(String form) {
    return ec2.handle(
        new HttpCall("POST", "/", "", Map.of(), form.getBytes(StandardCharsets.UTF_8)));
  }

  private static Ec2Client client(AwsService service) {
    return Ec2Client.builder()
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
        .overrideConfiguration(o -> o.retryStrategy(DefaultRetryStrategy.doNotRetry()))
        .httpClient(new InProcess(service))
        .build();
  }

  /** Hands requests to the service without a socket. */
  private record InProcess(AwsService service) implements SdkHttpClient {

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
      return new ExecutableHttpRequest() {
        @Override
        public HttpExecuteResponse call() {
          HttpReply reply = service.handle(callOf(request));
          Map<String, List<String>> headers = new TreeMap<>();
          reply.headers().forEach((name, value) -> headers.put(name, List.of(value)));
          return HttpExecuteResponse.builder()
              .response(
                  SdkHttpFullResponse.builder().statusCode(reply.status()).headers(headers).build())
              .responseBody(AbortableInputStream.create(new ByteArrayInputStream(reply.body())))
              .build();
        }

        @Override
        public void abort() {}
      };
    }

    private static HttpCall callOf(HttpExecuteRequest request) {
      Map<String, String> headers = new TreeMap<>();
      request
          .httpRequest()
          .forEachHeader(
              (name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
      byte[] body =
          request
              .contentStreamProvider()
              .map(
                  content -> {
                    try (var stream = content.newStream()) {
                      return stream.readAllBytes();
                    } catch (IOException unreadable) {
                      throw new UncheckedIOException(unreadable);
                    }
                  })
              .orElse(new byte[0]);
      return new HttpCall(
          request.httpRequest().method().name(),
          request.httpRequest().encodedPath(),
          request.httpRequest().encodedQueryParameters().orElse(""),
          headers,
          body);
    }

    @Override
    public String clientName() {
      return "InProcess";
    }

    @Override
    public void close() {}
  }
}
