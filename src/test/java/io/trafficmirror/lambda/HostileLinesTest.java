package io.trafficmirror.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.trafficmirror.event.Samples;
import io.trafficmirror.fuzz.Hostile;
import io.trafficmirror.port.Failure;
import io.trafficmirror.port.FailureKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * External values that pass through the real handler to its log cannot forge a line or a metric,
 * and values that may contain a secret are not logged.
 */
class HostileLinesTest {

  private static final String SECRET = "s3cr3t";

  /**
   * The only fields of an event that a line may quote, shortened; no other field is ever logged.
   */
  private static final Set<String> LOGGED =
      Set.of(
          "source",
          "detail-type",
          "account",
          "detail.instance-id",
          "detail.state",
          "detail.id",
          "detail.type",
          "detail.accountId",
          "detail.run-id",
          "detail.started-at",
          "detail.resource.instanceDetails.instanceId");

  private final LoggingHandler handler = new LoggingHandler();
  private final LineRules rules = new LineRules();

  @Test
  void noEventFieldForgesALineOrAMetric() {
    for (String text : Hostile.TEXTS) {
      handler.handle(events((path, old) -> text));
      handler.handle(List.of(text));
    }
    assertThat(handler.lines()).hasSizeGreaterThan(1_000);
    rules.check(handler.lines());
  }

  @Test
  void noInstanceTagForgesALineOrAMetric() {
    for (String text : Hostile.TEXTS) {
      handler.handleLaunchOf(Map.of(text, "value", "Name", text, "mirror", text));
    }
    assertThat(handler.lines())
        .filteredOn(line -> line.contains("session created"))
        .hasSize(Hostile.TEXTS.size());
    rules.check(handler.lines());
  }

  @Test
  void noRecordMetadataForgesALineOrAMetric() {
    for (String text : Hostile.TEXTS) {
      handler.handleWithMetadata(text, text + ":" + text, text, text);
    }
    assertThat(handler.lines()).filteredOn(line -> line.contains("record rejected")).isNotEmpty();
    rules.check(handler.lines());
  }

  @ParameterizedTest
  @EnumSource(FailureKind.class)
  void noAwsErrorForgesALineOrAMetric(FailureKind kind) {
    for (String text : Hostile.TEXTS) {
      handler.refuseWrites(new Failure(kind, text, text));
      handler.handleLaunchOf(Map.of());
      handler.handleOldLaunchOf(Map.of());
    }
    assertThat(handler.lines()).hasSizeGreaterThan(Hostile.TEXTS.size());
    rules.check(handler.lines());
  }

  @Test
  void noSettingForgesALineOrAMetric() {
    for (String name : Settings.NAMES) {
      for (String text : Hostile.TEXTS) {
        if (!name.equals(Settings.METRICS_NAMESPACE)) {
          handler.startWith(Map.of(name, text));
        }
      }
    }
    rules.check(handler.lines());
  }

  @Test
  void noLibraryLogForgesALine() throws IOException {
    List<String> lines = new ArrayList<>();
    LibraryLogs.redirect(lines::add);
    try {
      for (String text : Hostile.TEXTS) {
        Logger.getLogger("library").log(Level.WARNING, text, new IOException(text));
      }
    } finally {
      LogManager.getLogManager().readConfiguration();
    }
    assertThat(lines).hasSize(Hostile.TEXTS.size());
    lines.forEach(LineRules::assertOneVisibleObject);
  }

  @Test
  void logsOnlyListedFieldsOfAnEvent() {
    handler.handle(events((path, old) -> LOGGED.contains(path) ? old : SECRET));
    assertThat(handler.lines()).hasSizeGreaterThan(100).noneMatch(line -> line.contains(SECRET));
  }

  @Test
  void logsNoPageTokenTagOrCredential() {
    handler.handle(events((path, old) -> path.equals("detail.token") ? SECRET : old));
    handler.handleLaunchOf(Map.of("password", SECRET, SECRET, "x"));
    handler.refuseWrites(new Failure(FailureKind.DENIED, "Denied", "no"));
    handler.handleLaunchOf(Map.of("password", SECRET, SECRET, "x"));
    for (String name :
        List.of("AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_ACCESS_KEY_ID", "PASSWORD")) {
      handler.startWith(Map.of(name, SECRET));
    }
    assertThat(handler.lines()).isNotEmpty().noneMatch(line -> line.contains(SECRET));
  }

  private interface Change {
    String of(String path, String old);
  }

  /** Variants of every sample event, each with one text changed. */
  private static List<String> events(Change change) {
    List<String> events = new ArrayList<>();
    for (String name : Samples.NAMES) {
      JsonObject event = Samples.json(name);
      changeEachText(event, "", event, change, events);
    }
    return events;
  }

  private static void changeEachText(
      JsonObject parent, String path, JsonObject event, Change change, List<String> events) {
    for (String key : List.copyOf(parent.keySet())) {
      String here = path.isEmpty() ? key : path + "." + key;
      switch (parent.get(key)) {
        case JsonPrimitive old when old.isString() -> {
          parent.addProperty(key, change.of(here, old.getAsString()));
          if (!parent.get(key).equals(old)) {
            events.add(event.toString());
          }
          parent.add(key, old);
        }
        case JsonObject object -> changeEachText(object, here, event, change, events);
        case JsonArray array -> {
          for (JsonElement element : array) {
            if (element instanceof JsonObject object) {
              changeEachText(object, here, event, change, events);
            }
          }
        }
        default -> {
          // Neither a text nor a container.
        }
      }
    }
  }
}
