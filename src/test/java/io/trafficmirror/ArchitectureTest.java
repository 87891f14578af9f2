package io.trafficmirror;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The import rule and what goes with it; {@code package-info.java} of the base package says it in
 * prose.
 */
class ArchitectureTest {

  private static final String BASE = "io.trafficmirror.";
  private static final String[] EVERYONE = {"java..", "org.jspecify.annotations.."};

  private static final JavaClasses PRODUCT =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(
              BASE + "event",
              BASE + "mirror",
              BASE + "policy",
              BASE + "port",
              BASE + "reconcile",
              BASE + "aws",
              BASE + "lambda");

  static Stream<Arguments> packages() {
    return Stream.of(
        Arguments.of("mirror", List.of()),
        Arguments.of("event", List.of("io.trafficmirror.mirror..", "com.google.gson..")),
        Arguments.of("policy", List.of("io.trafficmirror.mirror..", "org.snakeyaml.engine..")),
        Arguments.of("port", List.of("io.trafficmirror.mirror..")),
        Arguments.of(
            "reconcile",
            List.of(
                "io.trafficmirror.mirror..",
                "io.trafficmirror.event..",
                "io.trafficmirror.port..")),
        Arguments.of(
            "aws",
            List.of(
                "io.trafficmirror.mirror..",
                "io.trafficmirror.policy..",
                "io.trafficmirror.port..",
                "software.amazon.awssdk..",
                "com.google.gson..")),
        Arguments.of(
            "lambda",
            List.of(
                "io.trafficmirror..",
                "com.amazonaws.services.lambda..",
                "org.crac..",
                "com.google.gson..")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("packages")
  void aPackageImportsWhatTheRuleAllowsAndNothingElse(String name, List<String> allowed) {
    String own = BASE + name + "..";
    String[] all =
        Stream.of(Stream.of(EVERYONE), Stream.of(own), allowed.stream())
            .flatMap(s -> s)
            .toArray(String[]::new);
    classes()
        .that()
        .resideInAPackage(own)
        .should()
        .onlyDependOnClassesThat(are(resideInAnyPackage(all)))
        .check(PRODUCT);
  }

  @Test
  void everyPackageHasARule() {
    Set<String> withRule = new TreeSet<>(packages().map(a -> BASE + a.get()[0]).toList());
    Set<String> there =
        new TreeSet<>(PRODUCT.stream().map(JavaClass::getPackageName).distinct().toList());
    assertThat(there).isEqualTo(withRule);
  }

  @Test
  void thereAreNoCycles() {
    slices().matching(BASE + "(*)..").should().beFreeOfCycles().check(PRODUCT);
  }

  @Test
  void onlyLambdaReadsTheClockOrTheEnvironment() {
    noClasses()
        .that()
        .resideOutsideOfPackage(BASE + "lambda..")
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(LocalDateTime.class, "now")
        .orShould()
        .callMethod(ZonedDateTime.class, "now")
        .orShould()
        .dependOnClassesThat(are(JavaClass.Predicates.assignableTo(Clock.class)))
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "getenv")
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .orShould()
        .callMethod(System.class, "getProperty", String.class)
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .check(PRODUCT);
  }

  @Test
  void namesSayWhatAThingIs() {
    noClasses().should().haveNameMatching(".*(Impl|Util|Utils|Helper|Manager)").check(PRODUCT);
  }
}
