package io.trafficmirror.harness;

import io.trafficmirror.aws.AwsCloud;
import io.trafficmirror.embedded.EmbeddedAws;
import io.trafficmirror.embedded.StoredRecord;
import io.trafficmirror.lambda.Host;
import io.trafficmirror.lambda.Settings;
import io.trafficmirror.port.CallMeter;
import io.trafficmirror.port.Cloud;
import io.trafficmirror.port.Time;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;

/**
 * A deployment on embedded AWS: stream, buckets, policy, and the function's environment variables
 * and log. {@link SteppedDeployment} and {@link RunningDeployment} add Lambda.
 */
public abstract sealed class Deployment permits SteppedDeployment, RunningDeployment {

  /** The deployment name, which is in the tags of all created resources. */
  public static final String NAME = "prod";

  /** The name of the stream. */
  public static final String STREAM = "events";

  /** The name of the failure bucket. */
  public static final String FAILURES = "failures";

  private static final String POLICIES = "policies";
  private static final String POLICY_KEY = "policy.yaml";

  private final EmbeddedAws aws;
  private final InstantSource clock;
  private final Time time;
  private final Map<String, String> variables = new HashMap<>();
  private final AtomicInteger cloudsOpened = new AtomicInteger();
  private final List<String> warnings = new ArrayList<>();
  private final List<Consumer<String>> listeners = new ArrayList<>();

  Deployment(EmbeddedAws aws, InstantSource clock, Time time, DeploymentOptions options) {
    this.aws = aws;
    this.clock = clock;
    this.time = time;
    // Lambda sets these in every environment.
    System.setProperty("aws.region", aws.region());
    System.setProperty("aws.accessKeyId", "embedded");
    System.setProperty("aws.secretAccessKey", "embedded");
    aws.kinesis().createStream(STREAM, options.shards());
    aws.s3().createBucket(FAILURES);
    aws.s3().createBucket(POLICIES);
    policy(options.policy());
    variables.put(Settings.DEPLOYMENT, NAME);
    variables.put(Settings.POLICY_BUCKET, POLICIES);
    variables.put(Settings.POLICY_KEY, POLICY_KEY);
    variables.put(Settings.FAILURE_BUCKET, FAILURES);
    variables.putAll(options.environment());
  }

  /** The embedded AWS. */
  public final EmbeddedAws aws() {
    return aws;
  }

  final InstantSource instantSource() {
    return clock;
  }

  /** The environment variables for execution environments created from now on. Mutable. */
  public final Map<String, String> variables() {
    return variables;
  }

  /** Replaces the policy. */
  public final void policy(String yaml) {
    aws.s3().put(POLICIES, POLICY_KEY, yaml.getBytes(StandardCharsets.UTF_8));
  }

  final Host host(BiFunction<CallMeter, Time, Cloud> cloud, Executor executor) {
    return host(time, cloud, executor);
  }

  final Host host(Time of, BiFunction<CallMeter, Time, Cloud> cloud, Executor executor) {
    return new Host(variables, of, this::log, cloud, executor);
  }

  /** Creates the clients of an environment. */
  AwsCloud open(CallMeter meter, Time of) {
    stayInProcess();
    cloudsOpened.incrementAndGet();
    return AwsCloud.over(aws.inProcessHttpClient(), meter, of);
  }

  /**
   * Sets an endpoint without a listener. The in-process HTTP client ignores it; any other client
   * would fail instead of reaching AWS.
   */
  static void stayInProcess() {
    System.setProperty("aws.endpointUrl", "http://127.0.0.1:1");
  }

  /** The number of times that an environment created its clients. */
  public final int cloudsOpened() {
    return cloudsOpened.get();
  }

  /** An EC2 client for callers other than the product. */
  public final Ec2Client ec2Client() {
    return Ec2Client.builder()
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("operator", "operator")))
        .httpClient(aws.inProcessHttpClient())
        .build();
  }

  /** Puts a record on the stream and returns its sequence number. */
  public final String put(String partitionKey, String data) {
    return aws.kinesis().put(STREAM, partitionKey, data.getBytes(StandardCharsets.UTF_8));
  }

  /** Puts the event for a running instance on the stream. */
  public final void launch(String instance) {
    put(instance, Events.launched(instance, clock.instant()));
  }

  /** The partition key of all backfill pages and pool sweeps. */
  public final String backfillKey() {
    return "backfill/" + aws.account() + "/" + aws.region();
  }

  /** Puts the first page of a backfill run on the stream, like the schedule or an operator. */
  public final void backfill(String run, int pageSize) {
    put(backfillKey(), Events.firstPage(run, pageSize));
  }

  /** Puts a pool sweep on the stream, like a schedule or an operator. */
  public final void sweep(String run) {
    put(backfillKey(), Events.sweep(run));
  }

  /** All records on the stream, ordered by shard. */
  public final List<StoredRecord> records() {
    return aws.kinesis().records(STREAM);
  }

  /** The objects in the failure bucket, by key. */
  public final SortedMap<String, byte[]> failureObjects() {
    return aws.s3().objects(FAILURES);
  }

  /** Passes every line that the function logs to the listener. */
  public final synchronized void onLine(Consumer<String> listener) {
    listeners.add(listener);
  }

  /** The last 1,000 warnings and errors that the function logged. */
  public final synchronized List<String> loggedWarnings() {
    return List.copyOf(warnings);
  }

  synchronized void log(String line) {
    listeners.forEach(listener -> listener.accept(line));
    if (line.contains("\"level\":\"WARN\"") || line.contains("\"level\":\"ERROR\"")) {
      warnings.add(line);
      if (warnings.size() > 1_000) {
        warnings.removeFirst();
      }
    }
  }
}
