package io.trafficmirror.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.embedded.Ec2Options;
import io.trafficmirror.embedded.EmbeddedAws;
import io.trafficmirror.embedded.EmbeddedOptions;
import io.trafficmirror.embedded.SessionView;
import io.trafficmirror.embedded.Unverified;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.Ec2ClientBuilder;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/** A new embedded AWS, accessed over HTTP, whose unverified behaviour is that of its variant. */
final class EmbeddedWorld implements Ec2World, AutoCloseable {

  private static final String VPC = "vpc-0c0ffee0c0ffee001";
  private static final String SUBNET = "subnet-0c0ffee0c0ffee001";
  private static final String OTHER_SUBNET = "subnet-0c0ffee0c0ffee002";
  // AWS reserves five addresses in each subnet, and this CIDR block has four.
  private static final String FULL_SUBNET = "subnet-0c0ffee0c0ffee003";
  private static final String ZONE = "us-east-1a";
  private static final String BALANCER = "tmt-0c0ffee0c0ffee001";
  private static final SdkHttpClient HTTP = UrlConnectionHttpClient.create();

  private final Unverified variant;
  private final EmbeddedAws aws;
  private final Ec2Client client;

  private EmbeddedWorld(Ec2Options options) {
    this.variant = options.unverified();
    this.aws = EmbeddedAws.start(EmbeddedOptions.defaults().withEc2(options));
    aws.ec2().putVpc(VPC, "10.0.0.0/16");
    aws.ec2().putSubnet(SUBNET, VPC, ZONE);
    aws.ec2().putSubnet(OTHER_SUBNET, VPC, aws.region() + "b");
    aws.ec2().putSubnet(FULL_SUBNET, VPC, ZONE, "10.0.255.0/30");
    aws.ec2()
        .constrainLaunches(
            o -> o.noImage(Claims.unknown("ami-")).noSecurityGroup(Claims.unknown("sg-")));
    aws.ec2()
        .putNetworkLoadBalancerTarget(
            BALANCER,
            "arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/net/sensors/1");
    this.client = builder().build();
  }

  /** A world whose instances change state only when the claim waits for it. */
  static EmbeddedWorld of(Unverified variant) {
    return new EmbeddedWorld(
        Ec2Options.defaults().withUnverified(variant).withTransitionTime(Duration.ofDays(1)));
  }

  /** A world whose instances change state immediately. */
  static EmbeddedWorld withoutTransitions() {
    return new EmbeddedWorld(Ec2Options.defaults());
  }

  private Ec2ClientBuilder builder() {
    return Ec2Client.builder()
        .endpointOverride(aws.endpoint())
        .region(Region.of(aws.region()))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
        .httpClient(HTTP);
  }

  /** Another client, with the interceptor; the caller closes it. */
  Ec2Client limited(ExecutionInterceptor interceptor) {
    return builder()
        .overrideConfiguration(with -> with.addExecutionInterceptor(interceptor))
        .build();
  }

  @Override
  public Ec2Client client() {
    return client;
  }

  @Override
  public String runId() {
    return "embedded";
  }

  @Override
  public boolean isReal() {
    return false;
  }

  @Override
  public String subnetId() {
    return SUBNET;
  }

  @Override
  public String imageId() {
    return "ami-0123456789abcdef0";
  }

  @Override
  public String supportedType() {
    return "t3.nano";
  }

  @Override
  public String unsupportedType() {
    return "t2.nano";
  }

  @Override
  public void awaitState(List<String> instanceIds, InstanceStateName state) {
    instanceIds.forEach(id -> aws.ec2().setState(id, state.toString()));
  }

  @Override
  public <T> T eventually(Supplier<T> read, Predicate<T> expected) {
    return read.get();
  }

  @Override
  public void report(Question question, String answer) {
    assertThat(answer).as(question.description()).isIn(expected(question));
  }

  private Set<String> expected(Question question) {
    return switch (question) {
      case DUPLICATE_SESSION_NUMBER -> Set.of(variant.takenSessionNumberCode());
      case REPLAY_AFTER_DELETE ->
          Set.of(
              variant.replayedTokenReturnsDeletedSession()
                  ? Question.Behaviour.DELETED_SESSION
                  : Question.Behaviour.NEW_SESSION);
      case TARGET_REPLAY_AFTER_DELETE ->
          Set.of(
              variant.targets().replayedTokenReturnsDeletedTarget()
                  ? Question.Behaviour.DELETED_TARGET
                  : Question.Behaviour.NEW_TARGET);
      case DUPLICATE_NUMBER_TO_FULL_TARGET ->
          Set.of(
              variant.targets().checksRoomBeforeNumber()
                  ? "TrafficMirrorSourcesPerTargetLimitExceeded"
                  : variant.takenSessionNumberCode());
      case TWO_SESSIONS_OF_ONE_SOURCE ->
          Set.of(
              variant.targets().countsSessions()
                  ? "TrafficMirrorSourcesPerTargetLimitExceeded"
                  : Question.Behaviour.COUNTED_ONCE);
      case TAG_FILTERS ->
          variant.tagFiltersWorkOnMirrorResources()
              ? Set.of(Question.Behaviour.FILTERED)
              : Set.of("InvalidParameterValue", "InvalidFilter");
      case STOPPED_SOURCE ->
          Set.of(
              variant.refusesStoppedSources()
                  ? "NetworkInterfaceNotSupported"
                  : Question.Behaviour.ACCEPTED);
      case UNKNOWN_PAGE_TOKEN -> Set.of(variant.refusedTokenCode());
      case INTERFACE_NOT_FOUND -> Set.of(variant.missingInterfaceCode());
      case DUPLICATE_NUMBER_ON_FULL_INTERFACE ->
          Set.of(
              variant.checksNumberBeforeLimits()
                  ? variant.takenSessionNumberCode()
                  : "TrafficMirrorSessionsPerInterfaceLimitExceeded");
      case SESSION_NOT_FOUND ->
          spelled("InvalidTrafficMirrorSessionId.NotFound", "InvalidTrafficMirrorSessionNotFound");
      case TARGET_NOT_FOUND ->
          spelled("InvalidTrafficMirrorTargetId.NotFound", "InvalidTrafficMirrorTargetNoFound");
      case FILTER_NOT_FOUND ->
          spelled("InvalidTrafficMirrorFilterId.NotFound", "InvalidTrafficMirrorFilterNotFound");
      case SESSION_NUMBER_OUT_OF_RANGE,
          REPLAY_AFTER_REFUSAL,
          MALFORMED_MIRROR_ID,
          LONG_PACKETS_TO_LOAD_BALANCER,
          NETWORK_ID_OUT_OF_RANGE,
          INSTANCE_PAGE_SIZE_ABOVE_1000,
          MIRROR_PAGE_SIZE_OUT_OF_RANGE,
          TWO_HUNDRED_FILTER_VALUES,
          MORE_THAN_200_FILTER_VALUES,
          LONG_CLIENT_TOKEN ->
          question.expectedAnswers();
    };
  }

  private Set<String> spelled(String observed, String documented) {
    return Set.of(variant.longNotFoundCodes() ? observed : documented);
  }

  @Override
  public List<String> unknownFilterCodes() {
    // Embedded AWS reports a filter that it does not implement, whether or not AWS has it.
    return List.of("EmbeddedAwsUnsupported", "InvalidParameterValue", "InvalidFilter");
  }

  @Override
  public String loadBalancerTarget() {
    return BALANCER;
  }

  @Override
  public void addSessions(int count, String targetId, String filterId) {
    int instances = (count + 2) / 3;
    List<String> fleet = new ArrayList<>();
    for (int number = 0; number < instances; number++) {
      fleet.add(instance(number));
    }
    aws.ec2()
        .loadInstances("{\"Reservations\":[{\"Instances\":[" + String.join(",", fleet) + "]}]}");
    for (int number = 0; number < count; number++) {
      aws.ec2()
          .putSession(
              Claims.unknown("tms-", number),
              Claims.unknown("eni-", number / 3),
              targetId,
              filterId,
              number % 3 + 1,
              Map.of());
    }
  }

  /** A running instance in the format of {@code aws ec2 describe-instances}. */
  private static String instance(int number) {
    return """
    {"InstanceId":"%s","InstanceType":"t3.nano","State":{"Code":16,"Name":"running"},
     "SubnetId":"%s","VpcId":"%s","Tags":[],
     "NetworkInterfaces":[{"NetworkInterfaceId":"%s","InterfaceType":"interface",
       "Status":"in-use","SubnetId":"%s","VpcId":"%s",
       "Attachment":{"DeviceIndex":0,"NetworkCardIndex":0,"Status":"attached",
         "DeleteOnTermination":true}}]}\
    """
        .formatted(
            Claims.unknown("i-", number), SUBNET, VPC, Claims.unknown("eni-", number), SUBNET, VPC);
  }

  @Override
  public void denyAllCalls() {
    aws.ec2().denyUntil(Instant.MAX);
  }

  @Override
  public void failLaunches(LaunchFailure what) {
    aws.ec2()
        .constrainLaunches(
            launches -> {
              switch (what) {
                case NO_CAPACITY -> launches.noCapacity(supportedType(), ZONE);
                case QUOTA_USED_UP -> launches.vcpuQuota(0);
                case TYPE_NOT_OFFERED -> launches.notOffered(supportedType(), ZONE);
              }
            });
  }

  @Override
  public String fullSubnetId() {
    return FULL_SUBNET;
  }

  @Override
  public String subnetInAnotherZone() {
    return OTHER_SUBNET;
  }

  /** The remaining sessions of this run. */
  List<SessionView> remainingSessions() {
    return aws.ec2().sessions().stream()
        .filter(session -> session.tags().containsKey(TAG))
        .toList();
  }

  /**
   * Tears down the fixture of a claim, and checks that no session remains and that the claim used
   * nothing that embedded AWS does not implement, except an unknown filter name.
   */
  void tearDown(Fixture fixture) {
    List<String> unsupported =
        aws.calls().refusedAsUnsupported().stream()
            .filter(line -> !line.contains(InstanceFilterClaims.UNKNOWN_FILTER))
            .toList();
    fixture.close();
    assertThat(unsupported).as("calls that embedded AWS does not implement").isEmpty();
    assertThat(remainingSessions()).as("remaining sessions of the claim").isEmpty();
  }

  @Override
  public void close() {
    client.close();
    aws.close();
  }
}
