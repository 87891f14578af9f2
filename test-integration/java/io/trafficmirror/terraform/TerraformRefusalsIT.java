package io.trafficmirror.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The error messages of failing plans that users are most likely to see. {@code terraform test}
 * checks that every invalid input is rejected; these tests check the texts.
 */
@Order(6)
class TerraformRefusalsIT {

  private static final String POLICY = "config/scenario-1.yaml";
  private static final String DIGEST = TerraformRun.PACKAGE + ".inputs.sha256";
  private static final Inputs SCENARIO = Inputs.file("scenarios/scenario-1.tfvars");

  private static final List<MotoServer> SERVERS = new ArrayList<>();
  private static final List<TerraformRun> RUNS = new ArrayList<>();

  private static final List<Path> FOLDERS = new ArrayList<>();

  @BeforeAll
  static void start() throws IOException {
    TerraformTools tools =
        TerraformTools.orSkip(TerraformTools.Need.EMULATOR, TerraformRefusalsIT.class);
    Path folder = Folders.temporary();
    FOLDERS.add(folder);
    SERVERS.add(MotoServer.start(tools, folder.resolve("moto.log")));
    Path copy = Files.createDirectory(folder.resolve("repository"));
    RUNS.add(TerraformRun.copyForEmulator(tools, copy, SERVERS.getLast().environment()));
    run().init();
  }

  @AfterAll
  static void stop() {
    SERVERS.forEach(MotoServer::close);
    FOLDERS.forEach(Folders::delete);
  }

  private static TerraformRun run() {
    return RUNS.getLast();
  }

  @AfterEach
  void putBack() {
    run().restore(POLICY);
    run().restore(DIGEST);
  }

  static Stream<Arguments> policies() {
    return Stream.of(
        Arguments.of("", "is empty, or not UTF-8 text: write at least one entry"),
        Arguments.of("tags: [\n", "is not YAML. To see the line, run: echo 'yamldecode(file("),
        Arguments.of("- tags\n", "is not a mapping: write at least one entry"),
        Arguments.of("tags: []\n", "has no entry: write at least one"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("policies")
  void namesAnUnreadablePolicyFile(String policy, String sentence) {
    run().write(POLICY, policy);

    assertThat(run().failingPlan(SCENARIO)).contains("scenario-1.yaml " + sentence);
  }

  @Test
  void namesAMissingPolicyFile() {
    assertThat(run().failingPlan(SCENARIO.with("policy_file", "none.yaml")))
        .contains("There is no policy file none.yaml: write it");
  }

  @Test
  void policyFileDefaultsToTheRegion() {
    Inputs inputs = Inputs.none().with("region", "eu-north-1");

    assertThat(run().failingPlan(inputs)).contains("config/eu-north-1.yaml: write it");
  }

  @Test
  void rejectsTheUnfilledPolicyTemplate() {
    Inputs inputs = Inputs.none().with("region", "us-east-1");

    assertThat(run().failingPlan(inputs))
        .contains("subnets[0] has no filterId, or it is still <INSERT_VALUE>: fill in the id of")
        .contains("vpcs[0] has no vpcId, or it is still <INSERT_VALUE>");
  }

  @Test
  void reportsEveryPolicyProblemAtOnce() {
    Inputs inputs = SCENARIO.with("policy_file", "tests/policies/problems.yaml");

    assertThat(run().failingPlan(inputs))
        .contains("tags[0] has no tagList: write a list of tags, each with Key and Value.")
        .contains("tags[1] has a tag without Key or Value")
        .contains("subnets[0] has no filterId")
        .contains("subnets[1] sends its traffic nowhere: fill in targetId")
        .contains(
            "subnets[2] launches its targets, but has no targetInstanceAmi,"
                + " targetSecurityGroupIds: fill that in, or targetId instead.")
        .contains("vpcs[0] has no vpcId")
        .contains("vpcs[0] has 'tmt-a' as filterId: use the id of a traffic mirror filter")
        .contains("vpcs[0] has 'tmt-*' as targetId: use the id of a traffic mirror target")
        .contains("vpcs[1] has a key 'targetID' that means nothing")
        .contains("vpcs[2] is not a mapping");
  }

  @Test
  void reportsAMissingPackage() {
    assertThat(run().failingPlan(SCENARIO.with("package_file", "none.zip")))
        .contains("There is no package none.zip: run mvn package");
  }

  @Test
  void rejectsAPackageBuiltFromOtherSources() {
    run().write(DIGEST, "0123456789abcdef\n");

    assertThat(run().failingPlan(SCENARIO))
        .contains("was not built from this repository's current sources")
        .contains("run mvn package");
  }

  @Test
  void rejectsAStreamRetentionThatDoesNotExceedTheRecordAge() {
    Inputs inputs = SCENARIO.with("batching", "{max_record_age_seconds=86400}");

    assertThat(run().failingPlan(inputs))
        .contains(
            "The stream keeps a record for 86400 seconds, but the mapping retries it for 86400"
                + " seconds: raise stream.retention_hours, or lower"
                + " batching.max_record_age_seconds.");
  }

  @Test
  void reportsEveryInvalidLimitOfTargetsOnDemandAtOnce() {
    Inputs inputs =
        SCENARIO.with(
            "targets_on_demand",
            "{launches_per_invocation=51,sweep_after_minutes=9,sweep_limit=0,"
                + "more_source_families=[\"m9g.large\",\"c9g\"]}");

    assertThat(run().failingPlan(inputs))
        .contains("launches_per_invocation is 51: use a whole number from 1 to 50.")
        .contains("sweep_after_minutes is 9: use a whole number from 10")
        .contains("or 0 for no sweep.")
        .contains("sweep_limit is 0: use a whole number from 1 to 100")
        .contains("more_source_families has 'm9g.large': use the part of an instance type before");
  }

  @Test
  void reportsSeveralInvalidInputsAtOnce() {
    Inputs inputs =
        SCENARIO
            .with("name", "traffic mirror")
            .with("backfill_interval_minutes", "14")
            .with("guardduty_min_severity", "11");

    assertThat(run().failingPlan(inputs))
        .contains("name is 'traffic mirror': use 1 to 40 letters, digits, '-' or '_'.")
        .contains("backfill_interval_minutes is 14: use a whole number, 15 or more")
        .contains("guardduty_min_severity is 11: use 0 to 10");
  }
}
