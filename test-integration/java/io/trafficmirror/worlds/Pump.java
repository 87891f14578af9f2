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
 * Does what AWS does between the parts of a deployment, and what an emulator that only keeps them
 * does not: what was applied is read back from the emulator and put to work on embedded AWS. The
 * applied rules put events on the stream, the applied mapping takes batches of it to the applied
 * package, which runs in a process of its own. One thread at a time.
 */
final class Pump implements AutoCloseable {

  private static final int FAILURES_IN_A_ROW = 3;

  private final EmbeddedAws aws;
  private final Clients applied;
  private final EventBridgeClient rules;
  private final Path folder;
  private final StringBuilder logOfEndedOnes = new StringBuilder();
  private Optional<DeployedFunction> live = Optional.empty();
  private Optional<FunctionSettings> running = Optional.empty();
  private Optional<MappingSettings> reading = Optional.empty();
  private Optional<EventSourceMapping> mapping = Optional.empty();

  /**
   * A pump without a deployment.
   *
   * @param applied the emulator that was applied to
   * @param rules embedded EventBridge
   * @param folder for packages and logs
   */
  Pump(EmbeddedAws aws, Clients applied, EventBridgeClient rules, Path folder) {
    this.aws = aws;
    this.applied = applied;
    this.rules = rules;
    this.folder = folder;
  }

  /**
   * Takes over what is applied now. As in AWS, the mapping keeps its place on the stream where its
   * own settings are the same, and a changed function runs in new environments.
   *
   * @param shards of the stream
   * @param environment what the function's place sets besides
   */
  void connect(Deployed there, int shards, Map<String, String> environment) {
    if (reading.isEmpty()) {
      aws.kinesis().createStream(there.stream(), shards);
      aws.s3().createBucket(there.bucket());
    }
    takeOverRules();
    Applied asApplied = new Applied(applied);
    GetFunctionConfigurationResponse function = asApplied.function(there.function().orElseThrow());
    run(asApplied, function, there.bucket(), environment);
    EventSourceMappingConfiguration settings = asApplied.mapping(there.stream());
    read(there.stream(), Applied.settings(settings, Duration.ofSeconds(function.timeout())));
  }

  /** The same rules with the same targets, and no other. */
  private void takeOverRules() {
    Set<String> names = new TreeSet<>();
    for (Rule rule : applied.events().listRules(all -> {}).rules()) {
      names.add(rule.name());
      rules.putRule(
          put -> put.name(rule.name()).eventPattern(rule.eventPattern()).state(rule.state()));
      List<Target> targets =
          applied.events().listTargetsByRule(ask -> ask.rule(rule.name())).targets();
      if (!targets.isEmpty()) {
        rules.putTargets(put -> put.rule(rule.name()).targets(targets));
      }
    }
    for (Rule rule : rules.listRules(all -> {}).rules()) {
      if (!names.contains(rule.name())) {
        List<String> ids =
            rules.listTargetsByRule(ask -> ask.rule(rule.name())).targets().stream()
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
      Applied asApplied,
      GetFunctionConfigurationResponse function,
      String bucket,
      Map<String, String> environment) {
    Path zip =
        asApplied.code(function, bucket, folder.resolve("package-" + function.version() + ".zip"));
    FunctionSettings settings = Applied.settings(function, zip, environment);
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
          logOfEndedOnes.append(function.log());
          function.close();
        });
    live = Optional.empty();
  }

  /** Takes every batch that is due to the function, once; how many there were. */
  int step() {
    return mapping.orElseThrow().runOnce();
  }

  /** Whether nothing is unread, waiting or given back. */
  boolean idle() {
    return mapping.orElseThrow().idle();
  }

  /** Whether the last few invocations ended in errors of the function, one after the other. */
  boolean failsAlways() {
    List<Delivered> all = mapping.orElseThrow().deliveries();
    return all.size() >= FAILURES_IN_A_ROW
        && all.subList(all.size() - FAILURES_IN_A_ROW, all.size()).stream()
            .allMatch(delivered -> delivered.outcome().startsWith("failed"));
  }

  /** What all environments of all versions have printed. */
  String log() {
    return logOfEndedOnes + live.map(DeployedFunction::log).orElse("");
  }

  @Override
  public void close() {
    mapping.ifPresent(EventSourceMapping::close);
    endFunction();
  }
}
