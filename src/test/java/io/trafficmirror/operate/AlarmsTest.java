package io.trafficmirror.operate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every alarm has exactly one runbook and vice versa. */
class AlarmsTest {

  private static final Path MODULE = Path.of("terraform", "modules", "observability");
  private static final Path RUNBOOKS = Path.of("docs", "runbooks");
  private static final String INDEX = "README";

  /** The alarms by key, without the suffix that distinguishes several alarms of one kind. */
  private static Map<String, String> alarms() throws IOException {
    String text = Files.readString(MODULE.resolve("alarms.tf"));
    Map<String, String> alarms = new TreeMap<>();
    // A key is plain, quoted with a suffix, or the key of a for expression.
    Pattern.compile("\"?([a-z][a-z-]*[a-z])(?:-\\$\\{key}\")? (?:=|=>) \\{\n +runbook +=")
        .matcher(text)
        .results()
        .forEach(
            alarm ->
                alarms.put(
                    alarm.group(1),
                    text.substring(alarm.end(), text.indexOf("stays", alarm.end()))));
    return alarms;
  }

  private static Set<String> runbooks() throws IOException {
    try (Stream<Path> files = Files.list(RUNBOOKS)) {
      return files
          .map(file -> file.getFileName().toString().replaceFirst("\\.md$", ""))
          .filter(name -> !name.equals(INDEX))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @Test
  void everyAlarmHasARunbookAndViceVersa() throws IOException {
    assertThat(alarms()).hasSizeGreaterThan(10);
    assertThat(runbooks()).isEqualTo(alarms().keySet());
    alarms()
        .forEach(
            (key, alarm) ->
                assertThat(alarm)
                    .as("the runbook of the alarm %s has the alarm's key", key)
                    .startsWith(" \"" + key + "\""));
    assertThat(count("runbook +=", Files.readString(MODULE.resolve("alarms.tf"))))
        .as("alarms found by this test")
        .isEqualTo(alarms().size());
  }

  @ParameterizedTest
  @MethodSource("runbooks")
  void everyRunbookHasAllSectionsInOrder(String name) throws IOException {
    String text = Files.readString(RUNBOOKS.resolve(name + ".md"));
    assertThat(text).startsWith("# " + name + "\n");
    String[] sections = ("\n" + text).split("\n## ", -1);
    assertThat(Stream.of(sections).skip(1).map(section -> section.lines().findFirst().orElse("")))
        .containsExactly("Meaning", "Impact", "Diagnosis", "Mitigation", "Afterwards");
    assertThat(Stream.of(sections).skip(1))
        .allMatch(section -> section.substring(section.indexOf('\n')).strip().length() > 40);
    assertThat(sections[1].replace('\n', ' '))
        .as("what the alarm does not mean")
        .containsPattern("does not (necessarily )?(mean|show)");
    assertThat(sections[3]).as("a command that diagnoses").contains("```sh\n");
  }

  @ParameterizedTest
  @MethodSource("runbooks")
  void indexAndModuleReadmeListEveryAlarm(String name) throws IOException {
    assertThat(Files.readString(RUNBOOKS.resolve(INDEX + ".md")))
        .contains("| [" + name + "](" + name + ".md) |");
    assertThat(Files.readString(MODULE.resolve("README.md")))
        .containsPattern("\\| `" + name + "(-<key>)?` \\|");
  }

  @Test
  void everyLinkInARunbookResolves() throws IOException {
    for (String name : Stream.concat(runbooks().stream(), Stream.of(INDEX)).toList()) {
      String text = Files.readString(RUNBOOKS.resolve(name + ".md"));
      for (String link : found("\\]\\(([^)]+)\\)", text)) {
        String[] parts = link.split("#", 2);
        Path file = parts[0].isEmpty() ? Path.of(name + ".md") : Path.of(parts[0]);
        assertThat(RUNBOOKS.resolve(file)).as("%s: %s", name, link).exists();
        if (parts.length == 2) {
          assertThat(anchors(RUNBOOKS.resolve(file))).as("%s: %s", name, link).contains(parts[1]);
        }
      }
    }
  }

  @Test
  void everyAlarmNotifiesOnRecoveryAndHasAConfigurableThreshold() throws IOException {
    assertThat(Files.readString(MODULE.resolve("main.tf")))
        .containsPattern("ok_actions +=")
        .containsPattern("alarm_actions +=")
        .containsPattern("treat_missing_data +=")
        .contains("Runbook: ${var.runbook_base_url}/${each.value.runbook}.md")
        .contains("? \"breaching\" : \"not breaching\"}: ${each.value.missing}");
    Set<String> used = new TreeSet<>();
    alarms()
        .forEach(
            (key, alarm) -> {
              assertThat(alarm).as(key).contains("missing", "summary", "threshold", "statistic");
              used.addAll(found("threshold += var\\.thresholds\\.(\\w+)", alarm));
            });
    String variables = Files.readString(MODULE.resolve("variables.tf"));
    Set<String> inputs = new TreeSet<>(found("(\\w+) += optional\\(number, \\d+\\)", variables));
    assertThat(inputs).contains("stays_in_alarm_hours").hasSize(used.size() + 1).containsAll(used);
    assertThat(inputs).as("the name ends in the unit").allMatch(AlarmsTest::endsInAUnit);
  }

  private static boolean endsInAUnit(String input) {
    return Stream.of("_seconds", "_hours", "_per_5_minutes", "_per_hour", "_messages")
        .anyMatch(input::endsWith);
  }

  private static Set<String> anchors(Path file) throws IOException {
    return found("(?m)^#+ (.+)$", Files.readString(file)).stream()
        .map(heading -> heading.toLowerCase(Locale.ROOT).replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  private static List<String> found(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().map(match -> match.group(1)).toList();
  }

  private static int count(String pattern, String text) {
    return (int) Pattern.compile(pattern).matcher(text).results().count();
  }
}
