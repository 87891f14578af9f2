package io.trafficmirror.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.Reason;
import io.trafficmirror.mirror.Trigger;
import io.trafficmirror.port.Failure;
import io.trafficmirror.port.FailureKind;
import io.trafficmirror.port.StreamRecord;
import io.trafficmirror.port.VirtualTime;
import io.trafficmirror.reconcile.InstanceRequest;
import io.trafficmirror.reconcile.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LogTelemetryTest {

  private final VirtualTime time = new VirtualTime();
  private final List<String> sink = new ArrayList<>();
  private final JsonLines lines = new JsonLines(sink::add);
  private final Metrics metrics = new Metrics("Ns", "prod");
  private final LogTelemetry telemetry =
      new LogTelemetry(lines, metrics, Settings.LogLevel.WARN, time);

  @ParameterizedTest
  @EnumSource(Reason.class)
  void onlyWhatNeedsAPersonIsWarnedOfAndCountedForOne(Reason reason) {
    telemetry.instance(look(), new Outcome.Settled(reason));
    telemetry.instance(
        look(), new Outcome.Refused(reason, new Failure(FailureKind.DENIED, "Code", "text")));

    boolean needsAPerson = reason.weight() == Reason.Weight.NEEDS_A_PERSON;
    assertThat(sink).hasSize(needsAPerson ? 2 : 0).allMatch(line -> line.contains("\"WARN\""));
    sink.clear();
    metrics.flush(time.now(), lines);
    assertThat(sink)
        .filteredOn(line -> line.contains("\"NeedsAPerson\":2.0"))
        .hasSize(needsAPerson ? 1 : 0)
        .allMatch(line -> line.contains("\"Dimensions\":[[\"Deployment\"]]"));
  }

  @Test
  void wrongSettingsAreCountedUnderTheNameAndNamespaceThatAreSet() {
    JsonObject line =
        initialisationFailure(
            Map.of(Settings.DEPLOYMENT, "prod", Settings.METRICS_NAMESPACE, "Elsewhere"));
    assertThat(line.get("Deployment").getAsString()).isEqualTo("prod");
    assertThat(line.toString()).contains("\"Namespace\":\"Elsewhere\"");
  }

  @Test
  void wrongSettingsAreCountedEvenWhereTheNameIsWrong() {
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
                  throw new IllegalStateException("there is no way to AWS without settings");
                },
                Runnable::run));
    return sink.stream()
        .map(text -> JsonParser.parseString(text).getAsJsonObject())
        .filter(line -> line.has("InitialisationFailures"))
        .findFirst()
        .orElseThrow();
  }

  private static InstanceRequest look() {
    StreamRecord record =
        new StreamRecord(0, "arn", "shard", "1", "i-1", VirtualTime.START, new byte[0]);
    return new InstanceRequest(
        new InstanceId("i-1"), Trigger.LAUNCH, Optional.empty(), List.of(record));
  }
}
