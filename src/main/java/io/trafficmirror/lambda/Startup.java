package io.trafficmirror.lambda;

import io.trafficmirror.mirror.Ownership;
import io.trafficmirror.policy.PolicyResult;
import io.trafficmirror.policy.PolicySet;
import io.trafficmirror.policy.Problem;
import io.trafficmirror.reconcile.Answer;
import io.trafficmirror.reconcile.BatchProcessor;
import io.trafficmirror.reconcile.Cloud;
import io.trafficmirror.reconcile.Deadline;
import io.trafficmirror.reconcile.Failure;
import io.trafficmirror.reconcile.Pipeline;
import io.trafficmirror.reconcile.PolicySource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * From the environment to a loop that works, or to the reasons why there is none. Never throws; may
 * be repeated, and keeps the way to AWS that it has opened.
 */
final class Startup {

  private final Host host;
  private final Settings.Result settings;
  private final LogTelemetry telemetry;
  private final Metrics metrics;
  private Optional<Cloud> opened = Optional.empty();

  Startup(Host host, Settings.Result settings, LogTelemetry telemetry, Metrics metrics) {
    this.host = host;
    this.settings = settings;
    this.telemetry = telemetry;
    this.metrics = metrics;
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
      cloud = opened.orElseGet(() -> host.cloud().apply(metrics, host.time()));
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

  private Result load(Settings valid, Cloud cloud, Deadline deadline) {
    return switch (source(valid, cloud).load(deadline)) {
      case Answer.Failed<PolicyResult>(Failure failure) ->
          new Result.NotReady("policy", List.of(failure.code() + ": " + failure.message()));
      case Answer.Got<PolicyResult>(PolicyResult.Invalid(List<Problem> problems)) ->
          new Result.NotReady("policy", problems.stream().map(Problem::toString).toList());
      case Answer.Got<PolicyResult>(
              PolicyResult.Valid(PolicySet policy, List<Problem> warnings)) -> {
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
            cloud.ec2(),
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
