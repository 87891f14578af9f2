package io.trafficmirror.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Dashboard, alarms, runbooks and documentation use only metrics and log lines that the function
 * writes.
 */
class ObservabilityTest {

  private static final Path MODULE = Path.of("terraform", "modules", "observability");
  private static final Path RUNBOOKS = Path.of("docs", "runbooks");

  private static final Set<String> QUERY_WORDS =
      Set.of("filter", "fields", "stats", "sort", "limit", "by", "as", "and", "or", "like", "desc");

  private final AllTelemetry telemetry = AllTelemetry.publish();

  @Test
  void moduleListsExactlyTheMetricsWithTheirDimensions() throws IOException {
    Map<String, Set<Set<String>>> known = new TreeMap<>();
    String metrics = Files.readString(MODULE.resolve("metrics.tf"));
    found("(?s)function_metrics = \\{\n(.*?)\n  \\}", metrics)
        .flatMap(block -> Pattern.compile("(\\w+) += \\[(.*)\\]").matcher(block).results())
        .forEach(
            (MatchResult entry) ->
                known.put(
                    entry.group(1),
                    Set.of(found("\"(\\w+)\"", entry.group(2)).collect(Collectors.toSet()))));
    assertThat(known).isEqualTo(telemetry.metrics());
  }

  @Test
  void dashboardShowsEveryMetric() throws IOException {
    String dashboard = Files.readString(MODULE.resolve("dashboard.tf"));
    Set<String> shown =
        found("local\\.(?:search|plain)\\.(\\w+)", dashboard).collect(Collectors.toSet());
    assertThat(shown).isEqualTo(telemetry.metrics().keySet());
  }

  @Test
  void everyAlarmOnAFunctionMetricUsesAllItsDimensions() throws IOException {
    String alarms = Files.readString(MODULE.resolve("alarms.tf"));
    List<MatchResult> ours =
        Pattern.compile(
                "namespace += var\\.metrics_namespace\\s+metric += \"(\\w+)\"\\s+dimensions +="
                    + " (.*)")
            .matcher(alarms)
            .results()
            .toList();
    assertThat(ours).hasSize(6);
    for (MatchResult alarm : ours) {
      Set<String> dimensions = found("(\\w+) = \"", alarm.group(2)).collect(Collectors.toSet());
      assertThat(alarm.group(2)).contains("local.deployment");
      assertThat(telemetry.metrics().get(alarm.group(1))).as(alarm.group(1)).contains(dimensions);
    }
    assertThat(telemetry.logLines())
        .as("the value that the alarm on runs that ended early watches")
        .anySatisfy(line -> assertThat(line.get("step")).hasToString("\"ended-early\""));
  }

  @Test
  void documentationListsExactlyTheMetrics() throws IOException {
    String section =
        Files.readString(Path.of("docs", "ARCHITECTURE.md")).split("\n## Metrics\n", -1)[1];
    Map<String, Set<Set<String>>> documented = new TreeMap<>();
    for (String line : section.split("\n", -1)) {
      String[] cells = line.split("\\|", -1);
      if (cells.length == 5 && cells[1].contains("`")) {
        Set<String> dimensions = found("`(\\w+)`", cells[2]).collect(Collectors.toSet());
        found("`(\\w+)`", cells[1]).forEach(name -> documented.put(name, Set.of(dimensions)));
      }
    }
    assertThat(documented).isEqualTo(telemetry.metrics());
  }

  @Test
  void everyRunbookQueryUsesExistingFieldsAndMessages() throws IOException {
    Set<String> fields =
        telemetry.logLines().stream()
            .flatMap(line -> line.keySet().stream())
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> messages =
        telemetry.logLines().stream()
            .map(line -> line.get("message").getAsString())
            .collect(Collectors.toSet());
    int queries = 0;
    for (Path runbook : runbooks()) {
      for (String query : found("(?m)^ *query '(.*)'$", Files.readString(runbook)).toList()) {
        queries++;
        assertThat(fieldsOf(query)).as("%s: %s", runbook, query).isSubsetOf(fields);
        assertThat(found("message = \"([^\"]+)\"", query).toList())
            .as("%s: %s", runbook, query)
            .isSubsetOf(messages);
        found("message like /([^/]+)/", query)
            .filter(part -> !query.contains("@message like"))
            .forEach(part -> assertThat(messages).anyMatch(message -> message.contains(part)));
      }
    }
    assertThat(queries).isGreaterThan(10);
  }

  /** The field names in a query, without those of Logs Insights and the query's own aliases. */
  private static Set<String> fieldsOf(String query) {
    Set<String> own = found("as (\\w+)", query).collect(Collectors.toSet());
    return query
        .replaceAll("\"[^\"]*\"|/[^/]*/|bin\\([^)]*\\)", " ")
        // Fields that Lambda itself writes at the end of an invocation if the log format is JSON.
        .replaceAll("\\btype = |record\\.[\\w.]+", " ")
        .transform(text -> found("(?<![@\\w])([a-z_]+)(?!\\w|\\()", text))
        .filter(word -> !own.contains(word) && !QUERY_WORDS.contains(word))
        .collect(Collectors.toSet());
  }

  private static List<Path> runbooks() throws IOException {
    try (Stream<Path> files = Files.list(RUNBOOKS)) {
      return files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
    }
  }

  private static Stream<String> found(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().map(match -> match.group(1));
  }
}
