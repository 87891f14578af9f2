package io.trafficmirror;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.have;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.trafficmirror.aws.AwsCloud;
import io.trafficmirror.aws.SdkEc2Writes;
import io.trafficmirror.port.Ec2Writes;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ec2.Ec2Client;

/**
 * The rules for imports and names; {@code package-info.java} of the base package describes the
 * import rules.
 */
class ArchitectureTest {

  private static final String BASE = "io.trafficmirror.";
  private static final String[] EVERYONE = {"java..", "org.jspecify.annotations.."};

  private static final JavaClasses PRODUCT =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.trafficmirror");

  /** Former class names that were unclear and must not come back. */
  private static final Set<String> UNCLEAR_NAMES =
      Set.of(
          "Look",
          "Ledger",
          "Settler",
          "Step",
          "Silence",
          "Verdicts",
          "Experience",
          "SeatMaker",
          "UselessLaunches",
          "Standing",
          "Late",
          "Applier",
          "WorkSet",
          "RecentTroubles",
          "Screening");

  /** The methods of {@link Ec2Client} that are not calls of EC2's API. */
  private static final Set<String> NOT_API_CALLS = Set.of("builder", "close");

  static Stream<Arguments> packages() {
    return Stream.of(
        row("mirror"),
        row("event", "io.trafficmirror.mirror..", "com.google.gson.."),
        row("policy", "io.trafficmirror.mirror..", "org.snakeyaml.engine.."),
        row("port", "io.trafficmirror.mirror.."),
        row("write", "io.trafficmirror.mirror..", "io.trafficmirror.port.."),
        row("pool", "io.trafficmirror.mirror..", "io.trafficmirror.port.."),
        row(
            "run",
            "io.trafficmirror.mirror..",
            "io.trafficmirror.port..",
            "io.trafficmirror.event.."),
        row(
            "reconcile",
            "io.trafficmirror.mirror..",
            "io.trafficmirror.event..",
            "io.trafficmirror.port..",
            "io.trafficmirror.write..",
            "io.trafficmirror.pool..",
            "io.trafficmirror.run.."),
        row(
            "aws",
            "io.trafficmirror.mirror..",
            "io.trafficmirror.policy..",
            "io.trafficmirror.port..",
            "software.amazon.awssdk..",
            "com.google.gson.."),
        row(
            "lambda",
            "io.trafficmirror..",
            "com.amazonaws.services.lambda..",
            "org.crac..",
            "com.google.gson.."));
  }

  private static Arguments row(String name, String... allowed) {
    return Arguments.of(name, List.of(allowed));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("packages")
  void packagesImportOnlyWhatTheirRuleAllows(String name, List<String> allowed) {
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
        PRODUCT.stream()
            .map(JavaClass::getPackageName)
            .filter(name -> name.startsWith(BASE))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(there).isEqualTo(withRule);
  }

  @Test
  void packagesHaveNoCycles() {
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
  void noClassIsNamedImplUtilHelperOrManager() {
    noClasses().should().haveNameMatching(".*(Impl|Util|Utils|Helper|Manager)").check(PRODUCT);
  }

  @Test
  void noClassHasAnUnclearName() {
    noClasses()
        .should(
            have(
                DescribedPredicate.describe(
                    "one of the names " + UNCLEAR_NAMES,
                    javaClass -> UNCLEAR_NAMES.contains(javaClass.getSimpleName()))))
        .check(PRODUCT);
  }

  /** All writes to EC2 must go through the pacer and the log of plans. */
  @Test
  void onlyTheWritePackageCallsEc2Writes() {
    noClasses()
        .that()
        .resideOutsideOfPackage(BASE + "write..")
        .should()
        .accessTargetWhere(
            DescribedPredicate.describe(
                "it calls a method of Ec2Writes",
                access ->
                    access.getTargetOwner().isAssignableTo(Ec2Writes.class)
                        && isWrite(access.getTarget().getName())))
        .check(PRODUCT);
  }

  private static boolean isWrite(String method) {
    return Stream.of(Ec2Writes.class.getMethods()).anyMatch(m -> m.getName().equals(method));
  }

  @Test
  void onlySdkEc2WritesCallsMutatingApis() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(SdkEc2Writes.class.getName())
        .should()
        .accessTargetWhere(
            DescribedPredicate.describe(
                "it calls a mutating API of EC2",
                access ->
                    access.getTargetOwner().isAssignableTo(Ec2Client.class)
                        && !NOT_API_CALLS.contains(access.getTarget().getName())
                        && !access.getTarget().getName().startsWith("describe")))
        .check(PRODUCT);
  }

  @Test
  void onlyAwsCloudCreatesSdkEc2Writes() {
    classes()
        .that()
        .haveFullyQualifiedName(SdkEc2Writes.class.getName())
        .should()
        .onlyHaveDependentClassesThat()
        .haveFullyQualifiedName(AwsCloud.class.getName())
        .check(PRODUCT);
  }

  /**
   * Embedded AWS and its contract are worth something only where the product has no part in them.
   */
  @Test
  void embeddedAwsAndItsContractImportNothingOfTheProductOrTheHarness() {
    String[] others =
        Stream.concat(
                packages().map(row -> BASE + row.get()[0] + ".."), Stream.of(BASE + "harness.."))
            .toArray(String[]::new);
    noClasses()
        .should()
        .dependOnClassesThat(are(resideInAnyPackage(others)))
        .check(new ClassFileImporter().importPackages(BASE + "embedded", BASE + "contract"));
  }
}
