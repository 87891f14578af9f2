package io.trafficmirror.lambda;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.trafficmirror.event.IgnoredReason;
import io.trafficmirror.event.MirrorEvent;
import io.trafficmirror.harness.VirtualTime;
import io.trafficmirror.mirror.Action;
import io.trafficmirror.mirror.FilterId;
import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.InstanceState;
import io.trafficmirror.mirror.InterfaceId;
import io.trafficmirror.mirror.PoolMember;
import io.trafficmirror.mirror.Reason;
import io.trafficmirror.mirror.Scope;
import io.trafficmirror.mirror.Session;
import io.trafficmirror.mirror.SessionId;
import io.trafficmirror.mirror.Slot;
import io.trafficmirror.mirror.Source;
import io.trafficmirror.mirror.TargetId;
import io.trafficmirror.mirror.TargetRef;
import io.trafficmirror.mirror.Trigger;
import io.trafficmirror.port.Failure;
import io.trafficmirror.port.FailureKind;
import io.trafficmirror.port.StreamRecord;
import io.trafficmirror.reconcile.InstanceRequest;
import io.trafficmirror.reconcile.Outcome;
import io.trafficmirror.reconcile.Telemetry.Summary;
import io.trafficmirror.reconcile.Telemetry.Sweeping;
import io.trafficmirror.run.RunStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Everything that the function can log or count, in a real run and in a dry run. Tests compare
 * dashboards, alarms and runbooks with it.
 */
final class AllTelemetry {

  private static final StreamRecord RECORD =
      new StreamRecord(0, "arn", "shardId-0", "49", "i-1", VirtualTime.START, new byte[0]);
  private static final Failure FAILURE = new Failure(FailureKind.DENIED, "Code", "text");
  private static final Scope SCOPE = new Scope("111122223333", "us-east-1");
  private static final Source SOURCE =
      new Source(SCOPE, new InstanceId("i-1"), new InterfaceId("eni-1"));
  private static final TargetRef TARGET = new TargetRef.Existing(new TargetId("tmt-1"));
  private static final Action.CreateSession CREATE =
      new Action.CreateSession(SOURCE, "tags[0]", TARGET, new FilterId("tmf-1"), 100);
  private static final Action.ModifySession MODIFY =
      new Action.ModifySession(
          SOURCE, "tags[0]", new SessionId("tms-1"), TARGET, new FilterId("tmf-1"));
  private static final Session SESSION =
      new Session(
          new SessionId("tms-1"),
          new InterfaceId("eni-1"),
          new TargetId("tmt-1"),
          new FilterId("tmf-1"),
          100,
          Map.of());

  private final List<JsonObject> lines = new ArrayList<>();

  private AllTelemetry() {}

  static AllTelemetry publish() {
    AllTelemetry all = new AllTelemetry();
    VirtualTime time = new VirtualTime();
    JsonLines lines =
        new JsonLines(line -> all.lines.add(JsonParser.parseString(line).getAsJsonObject()));
    Metrics metrics = new Metrics("Ns", "prod");
    for (boolean dryRun : List.of(false, true)) {
      LogTelemetry telemetry =
          new LogTelemetry(lines, metrics, Settings.LogLevel.INFO, dryRun, time);
      instances(telemetry);
      records(telemetry);
      targets(telemetry);
    }
    all.invalidSettings(time);
    metrics.recordCall("Ec2", "DescribeInstances", "ok");
    metrics.flush(time.now(), lines);
    return all;
  }

  private static void instances(LogTelemetry telemetry) {
    InstanceRequest request =
        new InstanceRequest(
            SCOPE,
            new InstanceId("i-1"),
            Trigger.LAUNCH,
            Optional.of(VirtualTime.START),
            List.of(RECORD));
    telemetry.instance(request, new Outcome.Created(CREATE, SESSION, VirtualTime.START));
    telemetry.instance(request, new Outcome.Modified(MODIFY, SESSION));
    telemetry.instance(request, new Outcome.WouldApply(CREATE));
    for (Reason reason : Reason.values()) {
      telemetry.instance(request, new Outcome.Settled(reason));
      telemetry.instance(request, new Outcome.Refused(reason, FAILURE));
    }
    telemetry.instance(request, new Outcome.RetryBatch(FAILURE));
    telemetry.instance(request, new Outcome.RetryInstance(FAILURE));
    telemetry.plan(List.of(CREATE));
    telemetry.retriesExhausted(request, FAILURE, "s3://bucket/key");
  }

  private static void records(LogTelemetry telemetry) {
    telemetry.ignored(
        SCOPE, RECORD, new MirrorEvent.Ignored(IgnoredReason.OTHER_STATE, "i-1 is stopped"));
    telemetry.rejected(SCOPE, RECORD, "no JSON", "s3://bucket/key");
    MirrorEvent.BackfillPage page =
        new MirrorEvent.BackfillPage("run", Optional.empty(), 1, 200, Optional.empty(), 0);
    for (RunStep step : RunStep.values()) {
      telemetry.run(SCOPE, page, step, "detail");
    }
    telemetry.batchRetried(SCOPE, "observe-page", FAILURE);
    telemetry.batch(new Summary(SCOPE, 1, 1, 0, Optional.of("49"), Duration.ofMillis(5)));
  }

  private static void targets(LogTelemetry telemetry) {
    Slot slot = new Slot("0123456789abcdef0123456789abcdef", 0, 0);
    PoolMember member =
        new PoolMember(
            new InstanceId("i-2"),
            InstanceState.PENDING,
            "m5.large",
            slot.pool(),
            Optional.of(slot),
            Optional.of(new InterfaceId("eni-2")),
            Optional.of(VirtualTime.START));
    telemetry.launched(SCOPE, slot, member);
    telemetry.reused(1);
    telemetry.swept(
        new Sweeping(SCOPE, List.of(member.id()), List.of(new TargetId("tmt-1")), 1, 9, 0));
  }

  private void invalidSettings(VirtualTime time) {
    var unused =
        new StreamHandler(
            new Host(
                new HashMap<>(),
                time,
                line -> lines.add(JsonParser.parseString(line).getAsJsonObject()),
                (meter, clock) -> {
                  throw new IllegalStateException("AWS must not be called without valid settings");
                },
                Runnable::run));
  }

  /** Every metric with its sets of dimensions, without {@code Deployment}. */
  Map<String, Set<Set<String>>> metrics() {
    Map<String, Set<Set<String>>> metrics = new TreeMap<>();
    for (JsonObject line : lines) {
      if (line.has("_aws")) {
        JsonObject directive =
            line.getAsJsonObject("_aws")
                .getAsJsonArray("CloudWatchMetrics")
                .get(0)
                .getAsJsonObject();
        Set<String> dimensions = new TreeSet<>();
        for (JsonElement name : directive.getAsJsonArray("Dimensions").get(0).getAsJsonArray()) {
          dimensions.add(name.getAsString());
        }
        if (!dimensions.remove("Deployment")) {
          throw new IllegalStateException("the dimension Deployment is missing: " + line);
        }
        for (JsonElement metric : directive.getAsJsonArray("Metrics")) {
          metrics
              .computeIfAbsent(
                  metric.getAsJsonObject().get("Name").getAsString(), name -> new HashSet<>())
              .add(dimensions);
        }
      }
    }
    return metrics;
  }

  /** The log lines without the metrics. */
  List<JsonObject> logLines() {
    return lines.stream().filter(line -> !line.has("_aws")).toList();
  }
}
