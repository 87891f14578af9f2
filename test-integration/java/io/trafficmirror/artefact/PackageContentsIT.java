package io.trafficmirror.artefact;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The contents of the package's jars, and their licences. */
class PackageContentsIT {

  private static final Set<String> PERMISSIVE =
      Set.of("Apache-2.0", "MIT", "MIT-0", "BSD-2-Clause");

  private static final Pattern LISTED =
      Pattern.compile("^([a-z0-9_-]+) +([A-Za-z0-9.-]+)$", Pattern.MULTILINE);

  private static final SortedMap<String, SortedMap<String, byte[]>> JARS = Jars.all();

  @Test
  void noJarIsSigned() {
    JARS.forEach(
        (jar, entries) ->
            assertThat(entries.keySet())
                .as(jar)
                .noneMatch(name -> name.matches("META-INF/[^/]+\\.(SF|RSA|DSA|EC)")));
  }

  @Test
  void noClassIsInTwoJars() {
    Map<String, List<String>> places = new TreeMap<>();
    JARS.forEach(
        (jar, entries) ->
            Jars.classes(entries)
                .keySet()
                .forEach(name -> places.computeIfAbsent(name, key -> new ArrayList<>()).add(jar)));
    assertThat(places).hasSizeGreaterThan(10_000);
    places.values().removeIf(jars -> jars.size() == 1);
    assertThat(places).isEmpty();
  }

  @Test
  void ownJarContainsTheProductAndNoTests() {
    List<String> own =
        JARS.keySet().stream().filter(jar -> jar.startsWith("traffic-mirror-pipeline-")).toList();
    assertThat(own).hasSize(1);
    Set<String> packages =
        Jars.classes(JARS.getOrDefault(own.getFirst(), new TreeMap<>())).keySet().stream()
            .map(name -> name.replaceFirst("/[^/]+$", "").replaceFirst("io/trafficmirror/?", ""))
            .collect(Collectors.toSet());
    assertThat(packages)
        .isSubsetOf(
            "",
            "event",
            "mirror",
            "policy",
            "port",
            "write",
            "pool",
            "run",
            "reconcile",
            "aws",
            "lambda")
        .contains("lambda");
  }

  @Test
  void containsNoSecondHttpClientNoLoggingBackendAndNoRuntime() {
    assertThat(JARS.keySet())
        .noneMatch(jar -> jar.matches(".*(netty|httpclient|log4j|logback|runtime-interface).*"));
  }

  @Test
  void listsExactlyTheJarsWithPermissiveLicences() {
    Map<String, String> listed = listed();
    Set<String> there = new TreeSet<>(JARS.keySet().stream().map(Jars::nameOf).toList());
    there.remove("traffic-mirror-pipeline");
    assertThat(listed.keySet()).isEqualTo(there);
    assertThat(PERMISSIVE).containsAll(listed.values());
  }

  @Test
  void listedLicencesMatchTheJars() {
    Map<String, String> listed = listed();
    List<String> undeclared = new ArrayList<>();
    JARS.forEach(
        (jar, entries) -> {
          String name = Jars.nameOf(jar);
          String declaredLicences = declaredLicences(entries);
          if (declaredLicences.isBlank()) {
            undeclared.add(name);
          } else if (listed.containsKey(name)) {
            assertThat(declaredLicences)
                .as(jar)
                .containsAnyOf(keywordsOf(listed.getOrDefault(name, "")));
          }
        });
    assertThat(undeclared).as("jars that declare no licence").containsExactly("reactive-streams");
  }

  private static Map<String, String> listed() {
    Map<String, String> listed = new TreeMap<>();
    for (MatchResult line : LISTED.matcher(Jars.text("THIRD-PARTY.txt")).results().toList()) {
      listed.put(line.group(1), line.group(2));
    }
    return listed;
  }

  /** The licence texts in a jar's POM, manifest and licence files, in lower case. */
  private static String declaredLicences(Map<String, byte[]> entries) {
    StringBuilder declaredLicences = new StringBuilder();
    entries.forEach(
        (name, bytes) -> {
          String text = new String(bytes, StandardCharsets.UTF_8);
          if (name.matches("META-INF/maven/.*/pom\\.xml")) {
            declaredLicences.append(part(text, "(?s)<licenses>.*</licenses>"));
          } else if (name.equals("META-INF/MANIFEST.MF")) {
            declaredLicences.append(part(text.replaceAll("\r?\n ", ""), "Bundle-License:.*"));
          } else if (name.matches("META-INF/LICENSE(\\.txt)?")) {
            declaredLicences.append(text);
          }
        });
    return declaredLicences.toString().toLowerCase(Locale.ROOT);
  }

  private static String part(String text, String pattern) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .findFirst()
        .orElse("");
  }

  private static String[] keywordsOf(String id) {
    return switch (id) {
      case "Apache-2.0" -> new String[] {"apache"};
      case "MIT" -> new String[] {"mit", "permission is hereby granted, free of charge"};
      case "MIT-0" -> new String[] {"mit-0"};
      case "BSD-2-Clause" -> new String[] {"bsd-2-clause"};
      default -> new String[] {id};
    };
  }
}
