package io.trafficmirror.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.trafficmirror.demo.Expectation.Mirrored;
import io.trafficmirror.demo.Expectation.None;
import io.trafficmirror.demo.Summary.RunInputs;
import io.trafficmirror.demo.Verdict.ActualSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class SummaryTest {
  private static final Expectation EXPECTATION =
      new Expectation(
          Map.of(
              "i-1", new Mirrored("tags[0]", "eni-1", "tmt-1", "tmf-1"),
              "i-2", new None("not-running")),
          Map.of("tags[0]", 1, "vpcs[0]", 0));
  private static final ActualSession RIGHT = new ActualSession("tms-1", "eni-1", "tmt-1", "tmf-1");

  @Test
  void jsonContainsTheDocumentedKeysInOrder() throws IOException {
    JsonObject json = json(summary(List.of(RIGHT), 1, List.of()));

    assertThat(json.keySet())
        .containsExactly(
            "fleet_size",
            "expected",
            "mirrored",
            "missed",
            "wrong",
            "doubled",
            "would_mirror",
            "target_instances",
            "target_instances_expected",
            "records_rejected",
            "ec2_calls",
            "ec2_calls_by_phase",
            "event_to_session_ms",
            "by_entry",
            "by_reason",
            "outcomes",
            "inventory",
            "policy",
            "seed",
            "dry_run",
            "complaints",
            "seconds",
            "instances");
    String page = Files.readString(Path.of("docs", "demo.md")).replaceAll("\\s+", " ");
    assertThat(page)
        .contains(
            json.keySet().stream().map(key -> "`" + key + "`").collect(Collectors.joining(", ")));
    assertThat(json.get("fleet_size").getAsInt()).isEqualTo(2);
    assertThat(json.get("mirrored").getAsInt()).isEqualTo(1);
    assertThat(json.getAsJsonObject("ec2_calls").get("DescribeInstances").getAsInt()).isEqualTo(3);
    JsonObject first = json.getAsJsonObject("ec2_calls_by_phase").getAsJsonObject("first_backfill");
    assertThat(first.get("creates").getAsInt()).isEqualTo(1);
    assertThat(first.get("creates_refused").getAsInt()).isEqualTo(1);
    assertThat(first.get("per_instance").getAsDouble()).isEqualTo(0.04);
    assertThat(first.get("others_per_instance").getAsDouble()).isEqualTo(0.03);
  }

  @Test
  void jsonContainsTheSessionOrTheReasonOfEachInstance() {
    JsonObject json = json(summary(List.of(RIGHT), 1, List.of()));

    assertThat(json.getAsJsonArray("instances").asList())
        .containsExactly(
            JsonParser.parseString(
                """
                {"account": "111122223333", "region": "us-east-1", "instance": "i-1",
                 "interface": "eni-1", "entry": "tags[0]",
                 "session": {"id": "tms-1", "target": "tmt-1"}}
                """),
            JsonParser.parseString(
                """
                {"account": "111122223333", "region": "us-east-1", "instance": "i-2",
                 "interface": null, "entry": null,
                 "reason": {"label": "not-running",
                            "explanation": "it is neither pending nor running"}}
                """));
  }

  @Test
  void isGoodWithoutDiscrepanciesAndProblems() {
    assertThat(summary(List.of(RIGHT), 1, List.of()).isGood()).isTrue();
    assertThat(summary(List.of(RIGHT), 1, List.of("not idle")).isGood()).isFalse();
    assertThat(summary(List.of(), 0, List.of()).isGood()).isFalse();
  }

  @Test
  void tableEndsWithTheVerdict() {
    assertThat(table(summary(List.of(RIGHT), 1, List.of())))
        .contains("All is well.")
        .anySatisfy(line -> assertThat(line).contains("tags[0]"))
        .anySatisfy(line -> assertThat(line).contains("not running"))
        .anySatisfy(line -> assertThat(line).contains("CreateTrafficMirrorSession"));
    assertThat(table(summary(List.of(), 0, List.of("launches: not idle"))))
        .contains("missed: i-1 has no session on eni-1", "launches: not idle")
        .endsWith("Not all is well.");
  }

  @Test
  void tableShowsRefusedCreatesOnlyInPhasesThatHaveSome() {
    Summary summary = summary(List.of(RIGHT), 1, List.of());

    assertThat(table(summary))
        .filteredOn(line -> line.contains("creates that EC2 refused"))
        .singleElement()
        .asString()
        .endsWith("         1");
  }

  @Test
  void tableFitsItsWidth() {
    List<String> lines = table(summary(List.of(RIGHT), 1, List.of()));

    assertThat(lines).anyMatch(line -> line.matches("-+")).allMatch(line -> line.length() <= 70);
    assertThat(lines)
        .anyMatch(line -> line.matches(" *records rejected \\(1 is broken on purpose\\) +1"));
  }

  @Test
  void reportsAnUnmatchedEntryWithZeroAndBeforeTheVerdict() {
    Summary summary = summary(List.of(RIGHT), 1, List.of());

    JsonObject entry = json(summary).getAsJsonObject("by_entry").getAsJsonObject("vpcs[0]");
    assertThat(entry.get("expected").getAsInt()).isZero();
    assertThat(entry.get("mirrored").getAsInt()).isZero();
    assertThat(table(summary))
        .anyMatch(line -> line.matches(" *vpcs\\[0\\] +0 +0"))
        .contains("vpcs[0] matches no instance of this fleet")
        .endsWith("", "All is well.");
  }

  private static Summary summary(List<ActualSession> sessions, int created, List<String> problems) {
    return new Summary(
        new RunInputs("fleet", "policy", 1, false, false),
        EXPECTATION,
        Verdict.of(EXPECTATION, sessions),
        created,
        Map.of(),
        1,
        Map.of("created", 1),
        List.of(
            new PhaseCalls(
                "first_backfill",
                100,
                Map.of("DescribeInstances", 2, "CreateTrafficMirrorSession", 2),
                1),
            new PhaseCalls("second_backfill", 100, Map.of("DescribeInstances", 1), 0)),
        new Latency(1, 5, 5, 5),
        problems,
        List.of(
            new InstanceResult(
                "111122223333",
                "us-east-1",
                "i-1",
                Optional.of("eni-1"),
                Optional.of("tags[0]"),
                new InstanceResult.Session("tms-1", "tmt-1")),
            new InstanceResult(
                "111122223333",
                "us-east-1",
                "i-2",
                Optional.empty(),
                Optional.empty(),
                new InstanceResult.Reason("not-running", "it is neither pending nor running"))),
        1.25);
  }

  private static List<String> table(Summary summary) {
    return SummaryTable.of(summary, Path.of("target/demo/instances.csv"));
  }

  private static JsonObject json(Summary summary) {
    return JsonParser.parseString(summary.toJson()).getAsJsonObject();
  }
}
