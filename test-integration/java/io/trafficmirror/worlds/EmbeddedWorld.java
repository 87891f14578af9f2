package io.trafficmirror.worlds;

import io.trafficmirror.aws.AwsCloud;
import io.trafficmirror.embedded.EmbeddedAws;
import io.trafficmirror.embedded.EmbeddedOptions;
import io.trafficmirror.embedded.EventSourceMapping;
import io.trafficmirror.embedded.HandlerFunction;
import io.trafficmirror.embedded.MappingSettings;
import io.trafficmirror.lambda.Host;
import io.trafficmirror.lambda.Settings;
import io.trafficmirror.lambda.StreamHandler;
import io.trafficmirror.port.VirtualTime;
import io.trafficmirror.worlds.Deployed.FirstPage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.services.eventbridge.model.Rule;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;

/**
 * Embedded AWS alone, always there: the handler in this process, the patterns of the repository's
 * files, and a clock that only goes on when everybody waits.
 */
final class EmbeddedWorld implements World {

  private static final String STREAM = Setup.NAME + "-events";
  private static final String BUCKET = Setup.NAME + "-failures";
  private static final String LAUNCHES = Setup.NAME + "-launch";
  private static final String FINDINGS = Setup.NAME + "-finding";
  private static final String POLICY_KEY = "policy/mirror-policy.yaml";
  private static final int MOST_STEPS = 3_000;

  static {
    // What a function finds in its environment; the in-process client never looks at the address.
    System.setProperty("aws.region", "us-east-1");
    System.setProperty("aws.accessKeyId", Clients.ACCESS_KEY);
    System.setProperty("aws.secretAccessKey", Clients.ACCESS_KEY);
  }

  private final VirtualTime time = new VirtualTime();
  private final EmbeddedAws aws = EmbeddedAws.start(EmbeddedOptions.defaults().withClock(time));
  private final Clients clients = Clients.at(service -> aws.endpoint(), aws.region());
  private final EmbeddedRules rules =
      new EmbeddedRules(clients.events(), aws.kinesis().streamArn(STREAM));
  private final List<String> lines = new ArrayList<>();
  private Optional<StreamHandler> handler = Optional.empty();
  private Optional<EventSourceMapping> mapping = Optional.empty();

  @Override
  public Clients clients() {
    return clients;
  }

  @Override
  public String account() {
    return aws.account();
  }

  @Override
  public Deployed deploy(Setup setup, String policy) {
    if (mapping.isEmpty()) {
      clients.kinesis().createStream(make -> make.streamName(STREAM).shardCount(1));
      clients.s3().createBucket(make -> make.bucket(BUCKET));
    }
    aws.s3().put(BUCKET, POLICY_KEY, policy.getBytes(StandardCharsets.UTF_8));
    rules.put(LAUNCHES, "instance-running.json", "$.detail.instance-id");
    if (setup.findings()) {
      rules.put(FINDINGS, "guardduty-finding.json", "$.detail.resource.instanceDetails.instanceId");
    } else {
      rules.remove(FINDINGS);
    }
    handler = Optional.of(new StreamHandler(host(setup)));
    if (mapping.isEmpty()) {
      mapping =
          Optional.of(
              new EventSourceMapping(
                  aws,
                  STREAM,
                  MappingSettings.defaults().withFailureBucket(BUCKET),
                  (event, id, timeout) ->
                      new HandlerFunction(handler.orElseThrow(), time).invoke(event, id, timeout)));
    }
    return new Deployed(
        STREAM,
        setup.findings() ? List.of(LAUNCHES, FINDINGS) : List.of(LAUNCHES),
        BUCKET,
        Optional.empty(),
        firstPage());
  }

  private FirstPage firstPage() {
    return new FirstPage(
        "backfill/" + aws.account() + "/" + aws.region(),
        """
        {"source":"traffic-mirror-pipeline","detail-type":"Backfill Page",\
        "detail":{"run-id":"<aws.scheduler.scheduled-time>",\
        "started-at":"<aws.scheduler.scheduled-time>","page-size":%d}}\
        """
            .formatted(Setup.PAGE_SIZE));
  }

  private Host host(Setup setup) {
    return new Host(
        Map.of(
            Settings.DEPLOYMENT,
            Setup.NAME,
            Settings.POLICY_BUCKET,
            BUCKET,
            Settings.POLICY_KEY,
            POLICY_KEY,
            Settings.FAILURE_BUCKET,
            BUCKET,
            Settings.DRY_RUN,
            Boolean.toString(setup.dryRun())),
        time,
        lines::add,
        (meter, clock) -> AwsCloud.over(aws.inProcessHttpClient(), meter, clock),
        Runnable::run);
  }

  @Override
  public void destroy() {
    rules.remove(LAUNCHES);
    rules.remove(FINDINGS);
    mapping.ifPresent(EventSourceMapping::close);
    mapping = Optional.empty();
    clients.kinesis().deleteStream(delete -> delete.streamName(STREAM));
  }

  /** Buckets are left out: embedded S3 does not delete them. */
  @Override
  public SortedSet<String> inventory() {
    SortedSet<String> all = new TreeSet<>();
    clients.events().listRules(list -> {}).rules().stream()
        .map(Rule::name)
        .forEach(rule -> all.add("rule " + rule));
    if (hasStream()) {
      all.add("stream " + STREAM);
    }
    mapping.ifPresent(there -> all.add("event source mapping " + STREAM));
    return all;
  }

  private boolean hasStream() {
    try {
      clients.kinesis().describeStreamSummary(ask -> ask.streamName(STREAM));
      return true;
    } catch (ResourceNotFoundException none) {
      return false;
    }
  }

  @Override
  public void emit(AwsEvent event) {
    aws.eventBridge().putAwsEvent(event.envelope(aws.account(), aws.region(), time.now()));
  }

  @Override
  public boolean until(BooleanSupplier seen) {
    for (int i = 0; i < MOST_STEPS; i++) {
      if (seen.getAsBoolean()) {
        return true;
      }
      if (mapping.isEmpty() || mapping.get().idle()) {
        return seen.getAsBoolean();
      }
      if (mapping.get().runOnce() == 0) {
        time.sleep(Duration.ofSeconds(1));
      }
    }
    return false;
  }

  @Override
  public void settle() {
    until(() -> false);
  }

  @Override
  public Instant now() {
    return time.now();
  }

  @Override
  public String log() {
    return String.join("\n", lines);
  }

  @Override
  public Optional<EmbeddedAws> embedded() {
    return Optional.of(aws);
  }

  @Override
  public Optional<String> leavesOut(Claim claim) {
    return switch (claim) {
      case THE_FUNCTION_IS_CONFIGURED ->
          Optional.of("the function is a handler in this process, and none of Lambda's");
      case THE_SCHEDULE_FIRES -> Optional.of("there is no scheduler");
      case TROUBLE_IS_RETRIED -> Optional.empty();
    };
  }

  @Override
  public void close() {
    mapping.ifPresent(EventSourceMapping::close);
    clients.close();
    aws.close();
  }
}
