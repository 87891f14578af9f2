package io.trafficmirror.worlds;

import io.trafficmirror.embedded.Delivered;
import io.trafficmirror.embedded.EmbeddedAws;
import io.trafficmirror.embedded.EventSourceMapping;
import io.trafficmirror.embedded.MappingSettings;
import io.trafficmirror.function.DeployedFunction;
import io.trafficmirror.function.FunctionOptions;
import io.trafficmirror.function.FunctionSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.Rule;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;

/**
 * Connects the parts of a deployment as AWS does, for an emulator that only stores them: reads the
 * applied configuration back from the emulator and runs it on embedded AWS. The applied rules put
 * events on the stream, and the applied mapping delivers batches of it to the applied package,
 * which runs in its own process. Not safe for use by several threads.
 */
final class DeploymentDriver implements AutoCloseable {

  private static final int CONSECUTIVE_FAILURES = 3;

  private final EmbeddedAws aws;
  private final Clients applied;
  private final EventBridgeClient rules;
  private final Path folder;
  private final StringBuilder logOfEndedFunctions = new StringBuilder();
  private Optional<DeployedFunction> live = Optional.empty();
  private Optional<FunctionSettings> running = Optional.empty();
  private Optional<MappingSettings> reading = Optional.empty();
  private Optional<EventSourceMapping> mapping = Optional.empty();

  /**
   * Creates a driver without a deployment.
   *
   * @param applied clients for the emulator with the applied configuration
   * @param rules embedded EventBridge
   * @param folder the folder for packages and logs
   */
  DeploymentDriver(EmbeddedAws aws, Clients applied, EventBridgeClient rules, Path folder) {
    this.aws = aws;
    this.applied = applied;
    this.rules = rules;
    this.folder = folder;
  }

  /**
   * Uses the configuration that is currently applied. As in AWS, the mapping keeps its position on
   * the stream unless its own settings change, and a changed function runs in new environments.
   *
   * @param shards the number of shards of the stream
   * @param environment additional variables of the function
   */
  void connect(Deployed deployed, int shards, Map<String, String> environment) {
    if (reading.isEmpty()) {
      aws.kinesis().createStream(deployed.stream(), shards);
      aws.s3().createBucket(deployed.bucket());
    }
    copyRules();
    AppliedConfiguration asApplied = new AppliedConfiguration(applied);
    GetFunctionConfigurationResponse function =
        asApplied.function(deployed.function().orElseThrow());
    run(asApplied, function, deployed.bucket(), environment);
    EventSourceMappingConfiguration settings = asApplied.mapping(deployed.stream());
    read(
        deployed.stream(),
        AppliedConfiguration.settings(settings, Duration.ofSeconds(function.timeout())));
  }

  /** Copies the applied rules and their targets, and removes all others. */
  private void copyRules() {
    Set<String> names = new TreeSet<>();
    for (Rule rule : applied.events().listRules(all -> {}).rules()) {
      names.add(rule.name());
      rules.putRule(
          put -> put.name(rule.name()).eventPattern(rule.eventPattern()).state(rule.state()));
      List<Target> targets =
          applied.events().listTargetsByRule(request -> request.rule(rule.name())).targets();
      if (!targets.isEmpty()) {
        rules.putTargets(put -> put.rule(rule.name()).targets(targets));
      }
    }
    for (Rule rule : rules.listRules(all -> {}).rules()) {
      if (!names.contains(rule.name())) {
        List<String> ids =
            rules.listTargetsByRule(request -> request.rule(rule.name())).targets().stream()
                .map(Target::id)
                .toList();
        if (!ids.isEmpty()) {
          rules.removeTargets(remove -> remove.rule(rule.name()).ids(ids));
        }
        rules.deleteRule(delete -> delete.name(rule.name()));
      }
    }
  }

  private void run(
      AppliedConfiguration asApplied,
      GetFunctionConfigurationResponse function,
      String bucket,
      Map<String, String> environment) {
    Path zip =
        asApplied.downloadPackage(
            function, bucket, folder.resolve("package-" + function.version() + ".zip"));
    FunctionSettings settings = AppliedConfiguration.settings(function, zip, environment);
    if (!running.equals(Optional.of(settings))) {
      endFunction();
      live =
          Optional.of(
              DeployedFunction.of(
                  settings, FunctionOptions.defaults(folder.resolve("function-logs"))));
      running = Optional.of(settings);
    }
  }

  private void read(String stream, MappingSettings settings) {
    if (!reading.equals(Optional.of(settings))) {
      mapping.ifPresent(EventSourceMapping::close);
      mapping =
          Optional.of(
              new EventSourceMapping(
                  aws,
                  stream,
                  settings,
                  (event, id, timeout) -> live.orElseThrow().invoke(event, id, timeout)));
      reading = Optional.of(settings);
    }
  }

  private void endFunction() {
    live.ifPresent(
        function -> {
          logOfEndedFunctions.append(function.log());
          function.close();
        });
    live = Optional.empty();
  }

  /** Delivers every due batch to the function once, and returns their number. */
  int step() {
    return mapping.orElseThrow().runOnce();
  }

  /** Whether no record is unread, in progress or to be retried. */
  boolean idle() {
    return mapping.orElseThrow().idle();
  }

  /** Whether the last few invocations all ended with function errors. */
  boolean failsRepeatedly() {
    List<Delivered> all = mapping.orElseThrow().deliveries();
    return all.size() >= CONSECUTIVE_FAILURES
        && all.subList(all.size() - CONSECUTIVE_FAILURES, all.size()).stream()
            .allMatch(delivered -> delivered.outcome().startsWith("failed"));
  }

  /** The output of all environments of all versions. */
  String log() {
    return logOfEndedFunctions + live.map(DeployedFunction::log).orElse("");
  }

  @Override
  public void close() {
    mapping.ifPresent(EventSourceMapping::close);
    endFunction();
  }
}
