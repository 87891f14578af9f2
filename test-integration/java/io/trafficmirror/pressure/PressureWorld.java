package io.trafficmirror.pressure;

import io.trafficmirror.aws.AwsCloud;
import io.trafficmirror.embedded.EmbeddedAws;
import io.trafficmirror.embedded.EmbeddedOptions;
import io.trafficmirror.embedded.EventSourceMapping;
import io.trafficmirror.embedded.Polling;
import io.trafficmirror.embedded.SharedClock;
import io.trafficmirror.embedded.StoredRecord;
import io.trafficmirror.lambda.Host;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One deployment of the product on one embedded AWS, all of it by one clock. Events go over rules
 * of EventBridge to the stream, page records are put on it directly, as a schedule does.
 */
public final class PressureWorld {

  /** The name of its stream. */
  public static final String STREAM = "events";

  /** The name of its failure bucket. */
  public static final String FAILURES = "failures";

  private static final String POLICIES = "policies";
  private static final String POLICY_KEY = "policy.yaml";
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  static {
    // What a function finds in its environment; the in-process client never looks at the address.
    System.setProperty("aws.region", "us-east-1");
    System.setProperty("aws.accessKeyId", "embedded");
    System.setProperty("aws.secretAccessKey", "embedded");
  }

  private final SharedClock clock;
  private final EmbeddedAws aws;
  private final Functions functions;
  private final EventSourceMapping mapping;
  private final List<String> troubles = new ArrayList<>();
  private final List<Consumer<String>> listeners = new ArrayList<>();

  private PressureWorld(
      SharedClock clock, PressureOptions options, Function<EmbeddedOptions, EmbeddedAws> regions) {
    this.clock = clock;
    this.aws =
        regions.apply(
            EmbeddedOptions.defaults()
                .withSeed(options.seed())
                .withClock(clock)
                .withEc2(options.ec2()));
    aws.kinesis().createStream(STREAM, options.shards());
    aws.s3().createBucket(FAILURES);
    aws.s3().createBucket(POLICIES);
    aws.s3().put(POLICIES, POLICY_KEY, options.policy().getBytes(StandardCharsets.UTF_8));
    String streamArn = aws.kinesis().streamArn(STREAM);
    aws.eventBridge()
        .putRule("launches", Records.LAUNCHES, streamArn, Optional.of("$.detail.instance-id"));
    aws.eventBridge()
        .putRule(
            "findings",
            Records.FINDINGS,
            streamArn,
            Optional.of("$.detail.resource.instanceDetails.instanceId"));
    this.functions =
        new Functions(made -> host(options, made), clock, options.coldStart(), options.seed());
    this.mapping = new EventSourceMapping(aws, STREAM, options.mapping(), functions);
  }

  /** A world in which nothing runs yet. */
  public static PressureWorld create(SharedClock clock, PressureOptions options) {
    return new PressureWorld(clock, options, EmbeddedAws::inProcess);
  }

  /**
   * One whose AWS also listens on the loopback interface, for callers outside this process. They
   * may call while nobody plays by the clock, and only while calls take no time.
   */
  public static PressureWorld createListening(SharedClock clock, PressureOptions options) {
    return new PressureWorld(clock, options, EmbeddedAws::start);
  }

  private Host host(PressureOptions options, Consumer<AwsCloud> made) {
    Map<String, String> environment = new HashMap<>(options.environment());
    environment.put("MIRROR_DEPLOYMENT", "prod");
    environment.put("MIRROR_POLICY_BUCKET", POLICIES);
    environment.put("MIRROR_POLICY_KEY", POLICY_KEY);
    environment.put("MIRROR_FAILURE_BUCKET", FAILURES);
    return new Host(
        environment,
        new ClockTime(clock),
        this::log,
        (meter, time) -> {
          System.setProperty("aws.endpointUrl", "http://127.0.0.1:1");
          AwsCloud cloud = AwsCloud.over(aws.inProcessHttpClient(), meter, time);
          made.accept(cloud);
          return cloud;
        },
        clock.executor());
  }

  /** The AWS that it stands on. */
  public EmbeddedAws aws() {
    return aws;
  }

  /** The clock of everything. */
  public SharedClock clock() {
    return clock;
  }

  /** The function's environments. */
  public Functions functions() {
    return functions;
  }

  /** Lambda's side of the stream. */
  public EventSourceMapping mapping() {
    return mapping;
  }

  /** From now on the stream is read, as slowly as Lambda does it. */
  public void start() {
    mapping.start(Polling.asLambda(clock));
  }

  /** Ends the reading; invocations under way have some seconds to end. */
  public void stop() {
    mapping.close();
  }

  /**
   * Waits until nothing is unread, under way or given back.
   *
   * @param patience how long at most
   * @return whether it came to rest
   */
  public boolean awaitRest(Duration patience) throws InterruptedException {
    Instant end = clock.instant().plus(patience);
    while (!mapping.idle()) {
      if (clock.instant().isAfter(end)) {
        return false;
      }
      clock.sleep(BETWEEN_LOOKS);
    }
    return true;
  }

  /** EC2 says that an instance runs now. */
  public void announceLaunch(String instance) {
    aws.eventBridge().putAwsEvent(Records.launched(instance, clock.instant()));
  }

  /** GuardDuty reports an instance. */
  public void announceFinding(String instance) {
    aws.eventBridge().putAwsEvent(Records.found(instance, clock.instant()));
  }

  /** The partition key of the pages of every run, and of sweeps. */
  public String backfillKey() {
    return "backfill/" + aws.account() + "/" + aws.region();
  }

  /** The first page of a backfill run, as the schedule or an operator puts it. */
  public void backfill(String run, int pageSize) {
    put(backfillKey(), Records.firstPage(run, pageSize));
  }

  /** Puts anything on the stream; answers its sequence number. */
  public String put(String partitionKey, String data) {
    return aws.kinesis().put(STREAM, partitionKey, data.getBytes(StandardCharsets.UTF_8));
  }

  /** Asks for a sweep of the pools, as a schedule or an operator does. */
  public void sweep(String run) {
    put(backfillKey(), Records.sweep(run));
  }

  /** Everything that is on the stream and not forgotten, shard by shard. */
  public List<StoredRecord> records() {
    return aws.kinesis().records(STREAM);
  }

  /** What is in the failure bucket, by key. */
  public SortedMap<String, byte[]> kept() {
    return aws.s3().objects(FAILURES);
  }

  /** Tells the listener every line that the function logs. */
  public synchronized void onLine(Consumer<String> listener) {
    listeners.add(listener);
  }

  /** The lines that the function logged as warnings or errors, the last thousand of them. */
  public synchronized List<String> troubles() {
    return List.copyOf(troubles);
  }

  private synchronized void log(String line) {
    listeners.forEach(listener -> listener.accept(line));
    if (line.contains("\"level\":\"WARN\"") || line.contains("\"level\":\"ERROR\"")) {
      troubles.add(line);
      if (troubles.size() > 1_000) {
        troubles.removeFirst();
      }
    }
  }
}
