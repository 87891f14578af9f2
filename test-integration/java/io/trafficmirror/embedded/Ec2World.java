package io.trafficmirror.embedded;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.CreateTrafficMirrorSessionRequest;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesRequest;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;

/** A small fixture in embedded EC2 for its own tests, with an SDK client. */
final class Ec2World {

  static final String VPC = "vpc-0000000000000000a";
  static final String SUBNET = "subnet-0000000000000000a";
  static final String FILTER = "tmf-0000000000000000a";
  static final String TARGET = "tmt-0000000000000000a";
  static final String BALANCER =
      "arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/net/sensors/0123456789abcdef";

  /** The instance type of tests that do not depend on it. */
  static final String TYPE = "m5.large";

  private final MovableClock clock = MovableClock.atNoon();
  private final EmbeddedAws aws;

  final EmbeddedEc2 ec2;
  final Ec2Client client;

  Ec2World() {
    this(Ec2Options.defaults());
  }

  /** Creates a VPC with a subnet, a filter, and a Network Load Balancer target. */
  Ec2World(Ec2Options options) {
    aws =
        EmbeddedAws.inProcess(
            EmbeddedOptions.defaults().withClock(clock).withSeed(7).withEc2(options));
    ec2 = aws.ec2();
    client = client(aws);
    ec2.putVpc(VPC, "10.0.0.0/16");
    ec2.putSubnet(SUBNET, VPC, "us-east-1a");
    ec2.putFilter(FILTER);
    ec2.putNetworkLoadBalancerTarget(TARGET, BALANCER);
  }

  static Ec2World with(Unverified unverified) {
    return new Ec2World(Ec2Options.defaults().withUnverified(unverified));
  }

  void advance(Duration time) {
    clock.move(time);
  }

  Instant now() {
    return clock.instant();
  }

  /** The requests for something that embedded EC2 does not implement. */
  List<String> unsupported() {
    return aws.calls().refusedAsUnsupported();
  }

  /** A well-formed instance id. */
  static String instance(int n) {
    return "i-%017x".formatted(n);
  }

  /** A well-formed interface id. */
  static String eni(int n) {
    return "eni-%017x".formatted(n);
  }

  /** Adds running instance number {@code n} with the primary interface {@code eni(n)}. */
  Ec2World running(int n) {
    ec2.putInstance(InstanceSeed.running(instance(n), TYPE, SUBNET, eni(n)));
    return this;
  }

  /**
   * A request for a session on an interface, with the default target and filter and session number
   * 100.
   */
  static CreateTrafficMirrorSessionRequest.Builder session(String interfaceId) {
    return CreateTrafficMirrorSessionRequest.builder()
        .networkInterfaceId(interfaceId)
        .trafficMirrorTargetId(TARGET)
        .trafficMirrorFilterId(FILTER)
        .sessionNumber(100);
  }

  /** The instances that DescribeInstances returns. */
  List<Instance> describe(Consumer<DescribeInstancesRequest.Builder> request) {
    return client.describeInstances(request).reservations().stream()
        .flatMap(reservation -> reservation.instances().stream())
        .toList();
  }

  /** The ids of the instances that match a filter. */
  List<String> find(String filter, String... values) {
    return describe(r -> r.filters(filter(filter, values))).stream()
        .map(Instance::instanceId)
        .sorted()
        .toList();
  }

  static Filter filter(String name, String... values) {
    return Filter.builder().name(name).values(values).build();
  }

  /** The status and code of a call's error; {@code "none"} if it succeeds. */
  static String errorOf(Runnable call) {
    try {
      call.run();
      return "none";
    } catch (AwsServiceException refused) {
      return refused.statusCode() + " " + refused.awsErrorDetails().errorCode();
    }
  }

  /** Sends a raw Query request. */
  HttpReply raw(String form) {
    return ec2.handle(
        new HttpCall("POST", "/", "", Map.of(), form.getBytes(StandardCharsets.UTF_8)));
  }

  private static Ec2Client client(EmbeddedAws aws) {
    return Ec2Client.builder()
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
        .overrideConfiguration(o -> o.retryStrategy(DefaultRetryStrategy.doNotRetry()))
        .httpClient(aws.inProcessHttpClient())
        .build();
  }
}
