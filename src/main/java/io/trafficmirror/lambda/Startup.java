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
 * From the environment to a loop that works, or to the reasons why there is none. Never throws; may
 * be repeated, and keeps the way to AWS that it has opened.
 */
final class Startup {

  /** The smallest page that EC2 gives. */
  private static final int PRIMING_PAGE = 5;

  private static final Duration PRIMING_TIME = Duration.ofSeconds(5);

  /** Of no kind that there is. */
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
  private boolean snapshotAhead;

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
    this.snapshotAhead = Snapshot.isComing(host.environment());
  }

  /** What became of it. */
  sealed interface Result {
    record Ready(BatchProcessor processor) implements Result {}

    /** {@code what} is one of settings, aws, policy; {@code why} holds all reasons. */
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
   * The SDK throws what it likes where region, endpoint or names make no sense; that must not break
   * a publication.
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
    if (snapshotAhead) {
      cloud.beforeSnapshot();
    }
    return cloud;
  }

  /**
   * Does what can be done before a snapshot and would otherwise be done in the first batch; leaves
   * nothing in it that must not be copied. What goes wrong is told and costs nothing but time.
   */
  void beforeSnapshot() {
    opened.ifPresent(
        cloud -> {
          try {
            prime(cloud);
          } catch (RuntimeException e) {
            telemetry.warn("not all was ready for the snapshot", Map.of("why", e));
          }
          try {
            cloud.beforeSnapshot();
          } catch (RuntimeException e) {
            telemetry.warn("the snapshot may hold credentials", Map.of("why", e));
          }
        });
    metrics.flush(host.time().now(), lines);
  }

  /**
   * One call that changes nothing: with it, the ways to ask EC2 and to read its answer are loaded,
   * most of what a first batch would wait for. What EC2 answers is of no matter.
   */
  private void prime(Cloud cloud) {
    EventParser.parse(PRIMING_EVENT.getBytes(StandardCharsets.UTF_8), "");
    Deadline deadline = new Deadline(host.time().now().plus(PRIMING_TIME), host.time());
    cloud.ec2Reads().page(PRIMING_PAGE, Optional.empty(), deadline);
  }

  /** This is a copy; connections may be kept again. */
  void afterRestore() {
    snapshotAhead = false;
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
