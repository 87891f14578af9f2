package io.trafficmirror.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.trafficmirror.harness.VirtualTime;
import io.trafficmirror.mirror.Action;
import io.trafficmirror.mirror.FilterId;
import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.InstanceState;
import io.trafficmirror.mirror.InterfaceId;
import io.trafficmirror.mirror.PoolMember;
import io.trafficmirror.mirror.Reason;
import io.trafficmirror.mirror.Scope;
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
import io.trafficmirror.reconcile.Telemetry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LogTelemetryTest {

  private static final Scope SCOPE = new Scope("111122223333", "us-east-1");
  private static final Source SOURCE =
      new Source(SCOPE, new InstanceId("i-1"), new InterfaceId("eni-1"));
  private static final TargetRef TARGET = new TargetRef.Existing(new TargetId("tmt-1"));
  private static final FilterId FILTER = new FilterId("tmf-1");
  private static final Slot SLOT = new Slot("0a1b", 2, 1);
  private static final PoolMember MEMBER =
      new PoolMember(
          new InstanceId("i-9"),
          InstanceState.PENDING,
          "t3.micro",
          SLOT.pool(),
          Optional.of(SLOT),
          Optional.of(new InterfaceId("eni-9")),
          Optional.of(VirtualTime.START));

  private final VirtualTime time = new VirtualTime();
  private final List<String> sink = new ArrayList<>();
  private final JsonLines lines = new JsonLines(sink::add);
  private final Metrics metrics = new Metrics("Ns", "prod");
  private final LogTelemetry telemetry = telemetry(Settings.LogLevel.WARN, false);

  private LogTelemetry telemetry(Settings.LogLevel level, boolean dryRun) {
    return new LogTelemetry(lines, metrics, level, dryRun, time);
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void warnsAndCountsOnlyReasonsThatRequireAction(Reason reason) {
    telemetry.instance(request(), new Outcome.Settled(reason));
    telemetry.instance(
        request(), new Outcome.Refused(reason, new Failure(FailureKind.DENIED, "Code", "text")));

    boolean actionRequired = reason.severity() == Reason.Severity.ACTION_REQUIRED;
    assertThat(sink).hasSize(actionRequired ? 2 : 0).allMatch(line -> line.contains("\"WARN\""));
    sink.clear();
    metrics.flush(time.now(), lines);
    assertThat(sink)
        .filteredOn(line -> line.contains("\"ActionRequired\":2.0"))
        .hasSize(actionRequired ? 1 : 0)
        .allMatch(line -> line.contains("\"Dimensions\":[[\"Deployment\"]]"));
  }

  @Test
  void everyLogLineContainsAccountAndRegion() {
    AllTelemetry.publish().logLines().stream()
        .filter(line -> !line.get("message").getAsString().startsWith("not ready"))
        .forEach(
            line -> {
              assertThat(line.get("account").getAsString()).isEqualTo("111122223333");
              assertThat(line.get("region").getAsString()).isEqualTo("us-east-1");
            });
  }

  @Test
  void logsAPlanAsOneLineWithItsActionsInOrder() {
    telemetry(Settings.LogLevel.INFO, false)
        .plan(
            List.of(
                new Action.TerminateTarget(SCOPE, MEMBER.id()),
                new Action.CreateSession(SOURCE, "tags[0]", TARGET, FILTER, 100)));
    assertThat(message("plan").getAsJsonArray("actions"))
        .extracting(JsonElement::getAsString)
        .containsExactly(
            "terminate i-9",
            "create session number 100 on eni-1 of i-1: to tmt-1 with tmf-1, entry tags[0]");
  }

  @Test
  void logsButDoesNotCountLaunchesAndSweepsInADryRun() {
    LogTelemetry dryRun = telemetry(Settings.LogLevel.INFO, true);
    dryRun.plan(List.of(new Action.TerminateTarget(SCOPE, MEMBER.id())));
    dryRun.launched(SCOPE, SLOT, MEMBER);
    dryRun.reused(3);
    dryRun.swept(sweeping());
    assertThat(messages())
        .containsExactly(
            "plan of a dry run",
            "dry run: a target would be launched",
            "dry run: a sweep would do this");
    assertThat(message("dry run: a target would be launched").get("slot").getAsInt()).isEqualTo(2);
    assertThat(flushed()).isEmpty();
  }

  @Test
  void logsAndCountsLaunchesAndSweeps() {
    LogTelemetry telemetry = telemetry(Settings.LogLevel.INFO, false);
    telemetry.launched(SCOPE, SLOT, MEMBER);
    telemetry.reused(3);
    telemetry.swept(sweeping());
    assertThat(messages()).containsExactly("target launched", "sweep");
    assertThat(message("sweep").getAsJsonArray("terminated"))
        .extracting(JsonElement::getAsString)
        .containsExactly("i-9");
    assertThat(flushed())
        .singleElement()
        .satisfies(
            line ->
                assertThat(line.toString())
                    .contains(
                        "\"TargetsLaunched\":1.0",
                        "\"TargetsReused\":3.0",
                        "\"TargetsSwept\":1.0",
                        "\"PoolSize\":4.0",
                        "\"PoolFreeCapacity\":9.0"));
  }

  @Test
  void logsTheActionOfAnInstanceInADryRun() {
    telemetry(Settings.LogLevel.INFO, true)
        .instance(
            request(),
            new Outcome.WouldApply(
                new Action.CreateSession(
                    SOURCE, "tags[0]", new TargetRef.OfSlot(SLOT), FILTER, 100)));
    JsonObject line = message("dry run: nothing was written");
    assertThat(line.get("action").getAsString()).isEqualTo("create");
    assertThat(line.get("interface").getAsString()).isEqualTo("eni-1");
    assertThat(line.get("target").getAsString())
        .isEqualTo("the target to be created in slot 2 of pool 0a1b, generation 1");
  }

  private static Telemetry.Sweeping sweeping() {
    return new Telemetry.Sweeping(
        SCOPE, List.of(MEMBER.id()), List.of(new TargetId("tmt-9")), 4, 9, 0);
  }

  private List<JsonObject> logged() {
    return sink.stream().map(text -> JsonParser.parseString(text).getAsJsonObject()).toList();
  }

  private List<String> messages() {
    return logged().stream().map(line -> line.get("message").getAsString()).toList();
  }

  private JsonObject message(String message) {
    return logged().stream()
        .filter(line -> line.get("message").getAsString().equals(message))
        .findFirst()
        .orElseThrow();
  }

  /** Flushes the metrics and returns their lines. */
  private List<JsonObject> flushed() {
    sink.clear();
    metrics.flush(time.now(), lines);
    return logged();
  }

  @Test
  void countsInvalidSettingsUnderTheConfiguredDeploymentAndNamespace() {
    JsonObject line =
        initialisationFailure(
            Map.of(Settings.DEPLOYMENT, "prod", Settings.METRICS_NAMESPACE, "Elsewhere"));
    assertThat(line.get("Deployment").getAsString()).isEqualTo("prod");
    assertThat(line.toString()).contains("\"Namespace\":\"Elsewhere\"");
  }

  @Test
  void countsInvalidSettingsIfTheDeploymentIsInvalid() {
    JsonObject line = initialisationFailure(Map.of(Settings.DEPLOYMENT, "no name\n"));
    assertThat(line.get("Deployment").getAsString()).isEqualTo("unknown");
    assertThat(line.toString()).contains("\"Namespace\":\"TrafficMirrorPipeline\"");
  }

  private JsonObject initialisationFailure(Map<String, String> environment) {
    var unused =
        new StreamHandler(
            new Host(
                new HashMap<>(environment),
                time,
                sink::add,
                (meter, clock) -> {
                  throw new IllegalStateException("AWS must not be called without valid settings");
                },
                Runnable::run));
    return sink.stream()
        .map(text -> JsonParser.parseString(text).getAsJsonObject())
        .filter(line -> line.has("InitialisationFailures"))
        .findFirst()
        .orElseThrow();
  }

  private static InstanceRequest request() {
    StreamRecord record =
        new StreamRecord(0, "arn", "shard", "1", "i-1", VirtualTime.START, new byte[0]);
    return new InstanceRequest(
        SCOPE, new InstanceId("i-1"), Trigger.LAUNCH, Optional.empty(), List.of(record));
  }
}
