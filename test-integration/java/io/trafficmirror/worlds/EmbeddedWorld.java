package io.trafficmirror.worlds;

import static io.trafficmirror.harness.Deployment.FAILURES;
import static io.trafficmirror.harness.Deployment.STREAM;

import io.trafficmirror.embedded.EmbeddedAws;
import io.trafficmirror.embedded.EmbeddedOptions;
import io.trafficmirror.embedded.MappingSettings;
import io.trafficmirror.harness.AwsEvent;
import io.trafficmirror.harness.DeploymentOptions;
import io.trafficmirror.harness.Events;
import io.trafficmirror.harness.SteppedDeployment;
import io.trafficmirror.harness.VirtualTime;
import io.trafficmirror.lambda.Settings;
import io.trafficmirror.worlds.Deployed.FirstPage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.services.eventbridge.model.Rule;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;

/**
 * Embedded AWS only, always available: the handler in this process, the event patterns from the
 * repository's files, and a virtual clock that advances only when nothing else is to do.
 */
final class EmbeddedWorld implements World {

  private static final String LAUNCHES = Setup.NAME + "-launch";
  private static final String FINDINGS = Setup.NAME + "-finding";
  private static final int MAX_STEPS = 3_000;

  private final VirtualTime time = new VirtualTime();
  private final EmbeddedAws aws = EmbeddedAws.start(EmbeddedOptions.defaults().withClock(time));
  private final Clients clients = Clients.at(service -> aws.endpoint(), aws.region());
  private final EmbeddedRules rules =
      new EmbeddedRules(clients.events(), aws.kinesis().streamArn(STREAM));
  private final StringBuilder logOfDestroyed = new StringBuilder();
  private Optional<SteppedDeployment> deployment = Optional.empty();

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
    SteppedDeployment existing = deployment.orElseGet(() -> deployment(policy));
    deployment = Optional.of(existing);
    existing.policy(policy);
    existing.variables().put(Settings.DRY_RUN, Boolean.toString(setup.dryRun()));
    existing.replaceEnvironment();
    rules.put(LAUNCHES, Events.launchPattern(), Events.LAUNCH_KEY);
    if (setup.findings()) {
      rules.put(FINDINGS, Events.findingPattern(), Events.FINDING_KEY);
    } else {
      rules.remove(FINDINGS);
    }
    return new Deployed(
        STREAM,
        setup.findings() ? List.of(LAUNCHES, FINDINGS) : List.of(LAUNCHES),
        FAILURES,
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

  private SteppedDeployment deployment(String policy) {
    DeploymentOptions options =
        DeploymentOptions.of(policy)
            .withMapping(MappingSettings.defaults().withFailureBucket(FAILURES))
            .withEnvironment(Map.of(Settings.DEPLOYMENT, Setup.NAME));
    return new SteppedDeployment(aws, time, options);
  }

  @Override
  public void destroy() {
    rules.remove(LAUNCHES);
    rules.remove(FINDINGS);
    deployment.ifPresent(
        gone -> {
          logOfDestroyed.append(gone.log());
          gone.closeEnvironments();
        });
    deployment = Optional.empty();
    clients.kinesis().deleteStream(delete -> delete.streamName(STREAM));
  }

  /** Without buckets, because embedded S3 does not delete them. */
  @Override
  public SortedSet<String> inventory() {
    SortedSet<String> all = new TreeSet<>();
    clients.events().listRules(list -> {}).rules().stream()
        .map(Rule::name)
        .forEach(rule -> all.add("rule " + rule));
    if (hasStream()) {
      all.add("stream " + STREAM);
    }
    deployment.ifPresent(existing -> all.add("event source mapping " + STREAM));
    return all;
  }

  private boolean hasStream() {
    try {
      clients.kinesis().describeStreamSummary(request -> request.streamName(STREAM));
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
  public boolean waitUntil(BooleanSupplier seen) {
    for (int i = 0; i < MAX_STEPS; i++) {
      if (seen.getAsBoolean()) {
        return true;
      }
      if (deployment.isEmpty() || deployment.get().mapping().idle()) {
        return seen.getAsBoolean();
      }
      if (deployment.get().mapping().runOnce() == 0) {
        time.sleep(Duration.ofSeconds(1));
      }
    }
    return false;
  }

  @Override
  public void waitUntilIdle() {
    waitUntil(() -> false);
  }

  @Override
  public Instant now() {
    return time.now();
  }

  @Override
  public String log() {
    return logOfDestroyed + deployment.map(SteppedDeployment::log).orElse("");
  }

  @Override
  public Optional<EmbeddedAws> embedded() {
    return Optional.of(aws);
  }

  @Override
  public Optional<String> unsupportedReason(Capability capability) {
    return switch (capability) {
      case LAMBDA_FUNCTION ->
          Optional.of("the function is a handler in this process, not a Lambda function");
      case SCHEDULER -> Optional.of("there is no scheduler");
      case EC2_FAULTS -> Optional.empty();
    };
  }

  @Override
  public void close() {
    deployment.ifPresent(SteppedDeployment::closeEnvironments);
    clients.close();
    aws.close();
  }
}
