package io.trafficmirror.lambda;

import io.trafficmirror.event.EventParser;
import io.trafficmirror.mirror.Ownership;
import io.trafficmirror.mirror.PolicySet;
import io.trafficmirror.policy.PolicyParser;
import io.trafficmirror.policy.PolicyResult;
import io.trafficmirror.policy.Problem;
import io.trafficmirror.port.Answer;
import io.trafficmirror.port.Cloud;
import io.trafficmirror.port.Deadline;
import io.trafficmirror.port.Failure;
import io.trafficmirror.port.PolicyDocument;
import io.trafficmirror.port.PolicySource;
import io.trafficmirror.reconcile.BatchProcessor;
import io.trafficmirror.reconcile.Pipeline;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Initialises the function from its settings: creates the AWS clients and loads the policy. Returns
 * the reasons if that fails, and throws nothing. May be repeated, and reuses the AWS clients that
 * it has created.
 */
final class Startup {

  /** The smallest page size that EC2 accepts. */
  private static final int PRIMING_PAGE = 5;

  private static final Duration PRIMING_TIME = Duration.ofSeconds(5);

  /** An event of an unknown type. */
  private static final String PRIMING_EVENT =
      """
      {"source":"none","detail-type":"none","detail":{}}\
      """;

  private final Host host;
  private final JsonLines lines;
  private final Settings.Result settings;
  private final LogTelemetry telemetry;
  private final Metrics metrics;
  private Optional<Cloud> opened = Optional.empty();
  private boolean snapshotExpected;

  Startup(
      Host host,
      JsonLines lines,
      Settings.Result settings,
      LogTelemetry telemetry,
      Metrics metrics) {
    this.host = host;
    this.lines = lines;
    this.settings = settings;
    this.telemetry = telemetry;
    this.metrics = metrics;
    this.snapshotExpected = Snapshot.isExpected(host.environment());
  }

  /** The result of an initialisation. */
  sealed interface Result {
    record Ready(BatchProcessor processor) implements Result {}

    /** The failed step ({@code what}: settings, aws or policy) and all reasons ({@code why}). */
    record NotReady(String what, List<String> why) implements Result {}
  }

  Result run(Deadline deadline) {
    return switch (settings) {
      case Settings.Result.Invalid(List<String> problems) ->
          new Result.NotReady("settings", problems);
      case Settings.Result.Valid(Settings valid) -> open(valid, deadline);
    };
  }

  /**
   * Creates the clients and loads the policy. Catches every {@link RuntimeException}: the SDK
   * throws several types for an invalid Region, endpoint or name, and an exception that escapes
   * makes Lambda fail to publish the version.
   */
  private Result open(Settings valid, Deadline deadline) {
    Cloud cloud;
    try {
      cloud = opened.orElseGet(this::open);
      opened = Optional.of(cloud);
    } catch (RuntimeException e) {
      return new Result.NotReady("aws", List.of(String.valueOf(e.getMessage())));
    }
    try {
      return load(valid, cloud, deadline);
    } catch (RuntimeException e) {
      return new Result.NotReady("policy", List.of(e.toString()));
    }
  }

  private Cloud open() {
    Cloud cloud = host.cloud().apply(metrics, host.time());
    if (snapshotExpected) {
      cloud.beforeSnapshot();
    }
    return cloud;
  }

  /**
   * Before the snapshot, does work that the first batch would otherwise have to do, and removes
   * state that must not be copied. A failed priming call only makes the first batch slower. If the
   * removal fails, credentials may remain in the snapshot, and a warning says so.
   */
  void beforeSnapshot() {
    opened.ifPresent(
        cloud -> {
          try {
            prime(cloud);
          } catch (RuntimeException e) {
            telemetry.warn("priming before the snapshot failed", Map.of("why", e));
          }
          try {
            cloud.beforeSnapshot();
          } catch (RuntimeException e) {
            telemetry.warn("the snapshot may contain credentials", Map.of("why", e));
          }
        });
    metrics.flush(host.time().now(), lines);
  }

  /**
   * Parses one event and makes one read call. This loads the classes that account for most of the
   * delay of a first batch. The result of the call is ignored.
   */
  private void prime(Cloud cloud) {
    EventParser.parse(PRIMING_EVENT.getBytes(StandardCharsets.UTF_8), "");
    Deadline deadline = new Deadline(host.time().now().plus(PRIMING_TIME), host.time());
    cloud.ec2Reads().page(PRIMING_PAGE, Optional.empty(), deadline);
  }

  /** Called in an environment that was restored from the snapshot: connections may be reused. */
  void afterRestore() {
    snapshotExpected = false;
    opened.ifPresent(Cloud::afterRestore);
  }

  private Result load(Settings valid, Cloud cloud, Deadline deadline) {
    return switch (source(valid, cloud).load(deadline)) {
      case Answer.Failed<PolicyDocument>(Failure failure) ->
          new Result.NotReady("policy", List.of(failure.code() + ": " + failure.message()));
      case Answer.Got<PolicyDocument>(PolicyDocument file) -> parse(valid, cloud, file);
    };
  }

  private Result parse(Settings valid, Cloud cloud, PolicyDocument file) {
    return switch (PolicyParser.parse(file.name(), file.content())) {
      case PolicyResult.Invalid(List<Problem> problems) ->
          new Result.NotReady("policy", problems.stream().map(Problem::toString).toList());
      case PolicyResult.Valid(PolicySet policy, List<Problem> warnings) -> {
        warnings.forEach(warning -> telemetry.warn("policy warning", Map.of("problem", warning)));
        yield ready(valid, cloud, policy);
      }
    };
  }

  private static PolicySource source(Settings settings, Cloud cloud) {
    return switch (settings.policy()) {
      case Settings.PolicyLocation.InFile(String path) -> cloud.policyInFile(path);
      case Settings.PolicyLocation.InS3 s3 -> cloud.policyInS3(s3.bucket(), s3.key(), s3.version());
    };
  }

  private Result ready(Settings valid, Cloud cloud, PolicySet policy) {
    Pipeline pipeline =
        new Pipeline(
            cloud.ec2Reads(),
            cloud.ec2Writes(),
            cloud.failureStore(valid.failureBucket()),
            cloud.stream(),
            telemetry,
            host.time(),
            host.executor());
    return new Result.Ready(
        pipeline.processor(
            policy,
            new Ownership(valid.deployment()),
            valid.limits(),
            valid.dryRun(),
            host.time().now()));
  }
}
