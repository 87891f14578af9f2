package io.trafficmirror.lambda;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.trafficmirror.event.IgnoredReason;
import io.trafficmirror.event.MirrorEvent;
import io.trafficmirror.mirror.Action;
import io.trafficmirror.mirror.FilterId;
import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.InstanceState;
import io.trafficmirror.mirror.InterfaceId;
import io.trafficmirror.mirror.PoolMember;
import io.trafficmirror.mirror.Reason;
import io.trafficmirror.mirror.Session;
import io.trafficmirror.mirror.SessionId;
import io.trafficmirror.mirror.Slot;
import io.trafficmirror.mirror.TargetId;
import io.trafficmirror.mirror.Trigger;
import io.trafficmirror.port.Failure;
import io.trafficmirror.port.FailureKind;
import io.trafficmirror.port.StreamRecord;
import io.trafficmirror.port.VirtualTime;
import io.trafficmirror.reconcile.InstanceRequest;
import io.trafficmirror.reconcile.Outcome;
import io.trafficmirror.reconcile.Telemetry.RunStep;
import io.trafficmirror.reconcile.Telemetry.Summary;
import io.trafficmirror.reconcile.Telemetry.Sweeping;
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

/** Whatever the function can tell, told once: what dashboards, alarms and runbooks are held to. */
final class EverythingTold {

  private static final StreamRecord RECORD =
      new StreamRecord(0, "arn", "shardId-0", "49", "i-1", VirtualTime.START, new byte[0]);
  private static final Failure FAILURE = new Failure(FailureKind.DENIED, "Code", "text");
  private static final Action CREATE =
      new Action.CreateSession(
          new InstanceId("i-1"),
          new InterfaceId("eni-1"),
          "tags[0]",
          new TargetId("tmt-1"),
          new FilterId("tmf-1"),
          100);
  private static final Session SESSION =
      new Session(
          new SessionId("tms-1"),
          new InterfaceId("eni-1"),
          new TargetId("tmt-1"),
          new FilterId("tmf-1"),
          100,
          Map.of());

  private final List<JsonObject> lines = new ArrayList<>();

  private EverythingTold() {}

  static EverythingTold tell() {
    EverythingTold told = new EverythingTold();
    VirtualTime time = new VirtualTime();
    JsonLines lines =
        new JsonLines(line -> told.lines.add(JsonParser.parseString(line).getAsJsonObject()));
    Metrics metrics = new Metrics("Ns", "prod");
    LogTelemetry telemetry = new LogTelemetry(lines, metrics, Settings.LogLevel.INFO, time);
    instances(telemetry);
    records(telemetry);
    targets(telemetry);
    told.wrongSettings(time);
    metrics.called("Ec2", "DescribeInstances", "ok");
    metrics.flush(time.now(), lines);
    return told;
  }

  private static void instances(LogTelemetry telemetry) {
    InstanceRequest look =
        new InstanceRequest(
            new InstanceId("i-1"), Trigger.LAUNCH, Optional.of(VirtualTime.START), List.of(RECORD));
    telemetry.instance(look, new Outcome.Created(CREATE, SESSION, VirtualTime.START));
    telemetry.instance(look, new Outcome.Modified(CREATE, SESSION));
    telemetry.instance(look, new Outcome.WouldAct(List.of(CREATE)));
    for (Reason reason : Reason.values()) {
      telemetry.instance(look, new Outcome.Settled(reason));
      telemetry.instance(look, new Outcome.Refused(reason, FAILURE));
    }
    telemetry.instance(look, new Outcome.RetryForEveryone(FAILURE));
    telemetry.instance(look, new Outcome.RetryForInstance(FAILURE));
    telemetry.plan(List.of(CREATE));
    telemetry.left(look, FAILURE, "s3://bucket/key");
  }

  private static void records(LogTelemetry telemetry) {
    telemetry.ignored(RECORD, new MirrorEvent.Ignored(IgnoredReason.OTHER_STATE, "i-1 is stopped"));
    telemetry.rejected(RECORD, "no JSON", "s3://bucket/key");
    MirrorEvent.BackfillPage page =
        new MirrorEvent.BackfillPage("run", Optional.empty(), 1, 200, Optional.empty(), 0);
    for (RunStep step : RunStep.values()) {
      telemetry.run(page, step, "detail");
    }
    telemetry.trouble("observe-page", FAILURE);
    telemetry.batch(new Summary(1, 1, 0, Optional.of("49"), Duration.ofMillis(5)));
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
    telemetry.launched(slot, member);
    telemetry.reused(1);
    telemetry.swept(new Sweeping(List.of(member.id()), List.of(new TargetId("tmt-1")), 1, 9, 0));
  }

  private void wrongSettings(VirtualTime time) {
    var unused =
        new StreamHandler(
            new Host(
                new HashMap<>(),
                time,
                line -> lines.add(JsonParser.parseString(line).getAsJsonObject()),
                (meter, clock) -> {
                  throw new IllegalStateException("there is no way to AWS without settings");
                },
                Runnable::run));
  }

  /** Every metric with the dimensions beside {@code Deployment} that it is written with. */
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
          throw new IllegalStateException("without the deployment: " + line);
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

  /** The log lines, metrics left out. */
  List<JsonObject> logLines() {
    return lines.stream().filter(line -> !line.has("_aws")).toList();
  }
}
