package io.trafficmirror.laws;

import io.trafficmirror.aws.AwsCloud;
import io.trafficmirror.embedded.Ec2Options;
import io.trafficmirror.embedded.EmbeddedAws;
import io.trafficmirror.embedded.EmbeddedOptions;
import io.trafficmirror.embedded.EventSourceMapping;
import io.trafficmirror.embedded.HandlerFunction;
import io.trafficmirror.embedded.LambdaFunction;
import io.trafficmirror.embedded.MappingSettings;
import io.trafficmirror.embedded.Unverified;
import io.trafficmirror.lambda.Host;
import io.trafficmirror.lambda.StreamHandler;
import io.trafficmirror.port.Time;
import io.trafficmirror.port.VirtualTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.Executor;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;

/** One deployment of the product on one embedded AWS, and an operator's view of both. */
final class World {

  static final String STREAM = "events";
  static final String FAILURES = "failures";
  static final String POLICIES = "policies";
  static final String POLICY_KEY = "policy.yaml";
  static final String DEPLOYMENT = "prod";

  static {
    // What a function finds in its environment; the in-process client never looks at the address.
    System.setProperty("aws.region", "us-east-1");
    System.setProperty("aws.accessKeyId", "embedded");
    System.setProperty("aws.secretAccessKey", "embedded");
  }

  final VirtualTime time = new VirtualTime();
  final EmbeddedAws aws;
  final List<String> lines = new ArrayList<>();
  final Map<String, String> environment = new HashMap<>();
  final MappingSettings settings;
  EventSourceMapping mapping;
  Executor executor = Runnable::run;
  int cloudsOpened;
  private final List<AwsCloud> clouds = Collections.synchronizedList(new ArrayList<>());

  World(long seed, Unverified unverified, MappingSettings settings, int shards, String policy) {
    this(seed, Ec2Options.defaults().withUnverified(unverified), settings, shards, policy);
  }

  World(
      long seed,
      Unverified unverified,
      MappingSettings settings,
      int shards,
      String policy,
      int maximumSessions) {
    this(
        seed,
        Ec2Options.defaults().withUnverified(unverified).withMaximumSessions(maximumSessions),
        settings,
        shards,
        policy);
  }

  World(long seed, Ec2Options ec2, MappingSettings settings, int shards, String policy) {
    this.settings = settings;
    aws =
        EmbeddedAws.inProcess(
            EmbeddedOptions.defaults().withSeed(seed).withClock(time).withEc2(ec2));
    aws.kinesis().createStream(STREAM, shards);
    aws.s3().createBucket(FAILURES);
    aws.s3().createBucket(POLICIES);
    aws.s3().put(POLICIES, POLICY_KEY, policy.getBytes(StandardCharsets.UTF_8));
    environment.put("MIRROR_DEPLOYMENT", DEPLOYMENT);
    environment.put("MIRROR_POLICY_BUCKET", POLICIES);
    environment.put("MIRROR_POLICY_KEY", POLICY_KEY);
    environment.put("MIRROR_FAILURE_BUCKET", FAILURES);
    mapping = new EventSourceMapping(aws, STREAM, settings, new Revived());
  }

  static World withPolicy(String policy) {
    return new World(1, Unverified.defaults(), MappingSettings.defaults(), 1, policy);
  }

  /** Connects another function, or the same in another way, to the stream from its start. */
  void connect(MappingSettings settings, LambdaFunction function) {
    mapping = new EventSourceMapping(aws, STREAM, settings, function);
  }

  /** A new environment of the function, as Lambda makes one whenever it likes. */
  LambdaFunction environment() {
    System.setProperty("aws.endpointUrl", "http://127.0.0.1:1");
    StreamHandler handler =
        new StreamHandler(
            new Host(
                environment,
                time,
                this::write,
                (meter, clock) -> {
                  cloudsOpened++;
                  AwsCloud cloud = AwsCloud.over(aws.inProcessHttpClient(), meter, clock);
                  clouds.add(cloud);
                  return cloud;
                },
                executor));
    return new HandlerFunction(handler, time);
  }

  /**
   * Every environment that was made so far is gone, with its threads: thousands of them are more
   * than a machine has.
   */
  void endEnvironments() {
    clouds.forEach(AwsCloud::close);
    clouds.clear();
  }

  /** The same on clients that all share, with a clock of the caller's; it is cheap to make. */
  LambdaFunction lightEnvironment(Time clock) {
    System.setProperty("aws.endpointUrl", "http://127.0.0.1:1");
    SharedCloud cloud = new SharedCloud(aws.inProcessHttpClient());
    Host host = new Host(environment, clock, this::write, cloud::open, executor);
    return cloud.wrap(new HandlerFunction(cloud.in(() -> new StreamHandler(host)), time));
  }

  private void write(String line) {
    synchronized (lines) {
      lines.add(line);
    }
  }

  /** An operator's way to EC2, outside the product. */
  Ec2Client ec2Client() {
    return Ec2Client.builder()
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("operator", "operator")))
        .httpClient(aws.inProcessHttpClient())
        .build();
  }

  /** Puts an event on the stream under a key, as a rule of EventBridge would. */
  void put(String partitionKey, String json) {
    aws.kinesis().put(STREAM, partitionKey, json.getBytes(StandardCharsets.UTF_8));
  }

  void launch(String instance) {
    put(instance, launched(instance, time.now()));
  }

  /** The partition key of the pages of every run, and of sweeps. */
  String backfillKey() {
    return "backfill/" + aws.account() + "/" + aws.region();
  }

  void backfill(String run, int pageSize) {
    put(backfillKey(), page(run, pageSize));
  }

  void sweep(String run) {
    put(backfillKey(), swept(run));
  }

  /** Invokes the function until nothing is left, as time goes by between one look and the next. */
  void runToTheEnd() {
    for (int i = 0; i < 3_000 && !mapping.idle(); i++) {
      mapping.runOnce();
      time.sleep(Duration.ofSeconds(1));
    }
    if (!mapping.idle()) {
      throw new AssertionError("there is still work after an hour: " + lastLines());
    }
  }

  SortedMap<String, byte[]> kept() {
    return aws.s3().objects(FAILURES);
  }

  String log() {
    synchronized (lines) {
      return String.join("\n", lines);
    }
  }

  private List<String> lastLines() {
    return lines.subList(Math.max(0, lines.size() - 10), lines.size());
  }

  static String launched(String instance, Instant at) {
    return """
    {"version":"0","id":"7bf73129-1428-4cd3-a780-95db273d1602","source":"aws.ec2",
     "detail-type":"EC2 Instance State-change Notification","account":"111122223333",
     "time":"%s","region":"us-east-1",
     "resources":["arn:aws:ec2:us-east-1:111122223333:instance/%s"],
     "detail":{"instance-id":"%s","state":"running"}}\
    """
        .formatted(at, instance, instance);
  }

  static String found(String instance, Instant at) {
    return """
    {"version":"0","id":"05f56b73-0000-0000-0000-000000000001","source":"aws.guardduty",
     "detail-type":"GuardDuty Finding","account":"111122223333","time":"%s",
     "region":"us-east-1","resources":[],
     "detail":{"accountId":"111122223333","id":"f-1","type":"UnauthorizedAccess:EC2/SSHBruteForce",
      "resource":{"resourceType":"Instance","instanceDetails":{"instanceId":"%s"}},
      "service":{"archived":false,"additionalInfo":{}},"severity":5}}\
    """
        .formatted(at, instance);
  }

  static String page(String run, int pageSize) {
    return """
    {"source":"traffic-mirror-pipeline","detail-type":"Backfill Page",
     "detail":{"run-id":"%s","page-size":%d}}\
    """
        .formatted(run, pageSize);
  }

  static String swept(String run) {
    return """
    {"source":"traffic-mirror-pipeline","detail-type":"Target Sweep",
     "detail":{"run-id":"%s"}}\
    """
        .formatted(run);
  }

  /** One environment that lives on from invocation to invocation, made with the first. */
  private final class Revived implements LambdaFunction {
    private LambdaFunction current = (event, id, timeout) -> new Result.Failed("none", "none");
    private boolean made;

    @Override
    public Result invoke(byte[] event, String requestId, Duration timeout) {
      if (!made) {
        current = environment();
        made = true;
      }
      return current.invoke(event, requestId, timeout);
    }
  }
}
