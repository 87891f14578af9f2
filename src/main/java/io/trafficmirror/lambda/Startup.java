package io.trafficmirror.lambda;

import io.trafficmirror.mirror.Ownership;
import io.trafficmirror.policy.PolicyResult;
import io.trafficmirror.policy.PolicySet;
import io.trafficmirror.policy.Problem;
import io.trafficmirror.reconcile.Answer;
import io.trafficmirror.reconcile.BatchProcessor;
import io.trafficmirror.reconcile.Cloud;
import io.trafficmirror.reconcile.Failure;
import io.trafficmirror.reconcile.Pipeline;
import io.trafficmirror.reconcile.PolicySource;
import java.util.List;
import java.util.Map;

/**
 * From the environment to a loop that works, or to the reasons why there is none. Never throws; may
 * be repeated.
 */
final class Startup {

  private Startup() {}

  /** What became of it. */
  sealed interface Result {
    record Ready(BatchProcessor processor) implements Result {}

    /** {@code what} is one of settings, aws, policy; {@code why} holds all reasons. */
    record NotReady(String what, List<String> why) implements Result {}
  }

  static Result run(Host host, Settings.Result read, LogTelemetry telemetry, Metrics metrics) {
    return switch (read) {
      case Settings.Result.Invalid(List<String> problems) ->
          new Result.NotReady("settings", problems);
      case Settings.Result.Valid(Settings settings) -> open(host, settings, telemetry, metrics);
    };
  }

  private static Result open(
      Host host, Settings settings, LogTelemetry telemetry, Metrics metrics) {
    Cloud cloud;
    try {
      cloud = host.cloud().apply(metrics, host.time());
    } catch (RuntimeException e) {
      // The SDK throws what it likes where region or endpoint make no sense; that must not break a
      // publication.
      return new Result.NotReady("aws", List.of(String.valueOf(e.getMessage())));
    }
    return switch (source(settings, cloud).load()) {
      case Answer.Failed<PolicyResult>(Failure failure) ->
          new Result.NotReady("policy", List.of(failure.code() + ": " + failure.message()));
      case Answer.Got<PolicyResult>(PolicyResult.Invalid(List<Problem> problems)) ->
          new Result.NotReady("policy", problems.stream().map(Problem::toString).toList());
      case Answer.Got<PolicyResult>(
              PolicyResult.Valid(PolicySet policy, List<Problem> warnings)) -> {
        warnings.forEach(warning -> telemetry.warn("policy warning", Map.of("problem", warning)));
        yield ready(host, settings, cloud, policy, telemetry);
      }
    };
  }

  private static PolicySource source(Settings settings, Cloud cloud) {
    return switch (settings.policy()) {
      case Settings.PolicyLocation.InFile(String path) -> cloud.policyInFile(path);
      case Settings.PolicyLocation.InS3 s3 -> cloud.policyInS3(s3.bucket(), s3.key(), s3.version());
    };
  }

  private static Result ready(
      Host host, Settings settings, Cloud cloud, PolicySet policy, LogTelemetry telemetry) {
    Pipeline pipeline =
        new Pipeline(
            cloud.ec2(),
            cloud.failureStore(settings.failureBucket()),
            cloud.stream(),
            telemetry,
            host.time(),
            host.executor());
    return new Result.Ready(
        pipeline.processor(
            policy,
            new Ownership(settings.deployment()),
            settings.limits(),
            settings.dryRun(),
            host.time().now()));
  }
}
