package io.trafficmirror.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.trafficmirror.embedded.EmbeddedAws;
import io.trafficmirror.embedded.EmbeddedOptions;
import io.trafficmirror.embedded.InstanceSeed;
import io.trafficmirror.embedded.SessionView;
import io.trafficmirror.lambda.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * The first scenario with every switch on: deployed to an emulator, given a different policy, and
 * destroyed.
 */
@Order(2)
class TerraformOnMotoIT {

  private static final Path DOCUMENT = Path.of("docs", "permissions.md");

  @BeforeAll
  static void deploy() {
    TerraformTools.orSkip(TerraformTools.Need.EMULATOR, TerraformOnMotoIT.class);
    FirstDeployment.result();
  }

  @Test
  void secondPlanIsEmpty() {
    TerraformPlan second = observations().secondPlan();
    assertThat(second.changes()).as(second.text()).isEmpty();
  }

  @Test
  void applyCreatesEveryResource() {
    assertThat(kinds())
        .isEqualTo(
            Map.ofEntries(
                Map.entry("stream", 1L),
                Map.entry("function", 1L),
                Map.entry("event source mapping", 1L),
                Map.entry("rule", 2L),
                Map.entry("schedule", 1L),
                Map.entry("schedule group", 1L),
                Map.entry("queue", 3L),
                Map.entry("bucket", 1L),
                Map.entry("role", 4L),
                Map.entry("log group", 1L),
                Map.entry("dashboard", 1L),
                Map.entry("alarm", 21L)));
  }

  @Test
  void everyTaggableResourceExceptBucketObjectsHasTheDeploymentsTags() {
    String name = observations().functionEnvironment().getOrDefault(Settings.DEPLOYMENT, "");
    JsonObject tags = new JsonObject();
    tags.addProperty("traffic-mirror-pipeline:deployment", name);

    Map<String, JsonElement> planned = observations().firstPlan().planned("tags");
    planned.keySet().removeIf(address -> address.contains(".aws_s3_object."));

    assertThat(planned)
        .containsKeys(
            "module.event_stream.aws_kinesis_stream.events",
            "module.stream_consumer.aws_lambda_function.consumer")
        .allSatisfy((address, all) -> assertThat(all).as(address).isEqualTo(tags));
  }

  @Test
  void destroyRemovesEverything() {
    assertThat(observations().left()).isEmpty();
  }

  /** Moto has no mirror sessions, so those of the function are in embedded AWS. */
  @Test
  void removeLeftoversRemovesTheSessionsOfADestroyedDeployment() throws Exception {
    assertThat(observations().left()).as("resources after the destroy").isEmpty();
    String deployment = observations().functionEnvironment().getOrDefault(Settings.DEPLOYMENT, "");
    try (EmbeddedAws aws = EmbeddedAws.start(EmbeddedOptions.defaults())) {
      aws.ec2().putVpc("vpc-1", "10.0.0.0/16");
      aws.ec2().putSubnet("subnet-1", "vpc-1", "us-east-1a");
      aws.ec2().putFilter("tmf-1");
      aws.ec2()
          .putNetworkLoadBalancerTarget(
              "tmt-1",
              "arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/net/sensors/1");
      aws.ec2().putInstance(InstanceSeed.running("i-1", "m5.large", "subnet-1", "eni-1"));
      putSession(aws, "tms-ours", 100, deployment);
      putSession(aws, "tms-another", 101, deployment + "-2");

      ProcessBuilder command =
          new ProcessBuilder(
                  Path.of("terraform", "remove-leftovers").toAbsolutePath().toString(),
                  "--name",
                  deployment,
                  "--region",
                  aws.region(),
                  "--yes")
              .redirectErrorStream(true);
      command.environment().put("AWS_ENDPOINT_URL", aws.endpoint().toString());
      command.environment().put("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
      command.environment().put("AWS_SECRET_ACCESS_KEY", "secret");
      command.environment().put("AWS_CONFIG_FILE", "/dev/null");
      command.environment().put("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
      Process process = command.start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(process.waitFor()).as(output).isZero();
      assertThat(aws.ec2().sessions())
          .extracting(SessionView::sessionId)
          .containsExactly("tms-another");
    }
  }

  private static void putSession(EmbeddedAws aws, String id, int number, String deployment) {
    aws.ec2()
        .putSession(
            id,
            "eni-1",
            "tmt-1",
            "tmf-1",
            number,
            Map.of("traffic-mirror-pipeline:deployment", deployment));
  }

  @Test
  void functionHasExactlyTheSettingsThatItReads() {
    List<String> names = new ArrayList<>(Settings.NAMES);
    // Only for tests and local runs; a deployed function reads its policy from S3.
    names.remove(Settings.POLICY_FILE);
    // Absent if no family is configured.
    names.remove(Settings.MORE_SOURCE_FAMILIES);

    assertThat(observations().functionEnvironment()).containsOnlyKeys(names);
  }

  @Test
  void functionSettingsAreValid() {
    assertThat(Settings.read(observations().functionEnvironment()))
        .isInstanceOf(Settings.Result.Valid.class);
  }

  @Test
  void policyChangeUpdatesOnlyWhatDependsOnIt() {
    assertThat(FirstDeployment.policyChange().plan().changes())
        .isEqualTo(
            Map.of(
                "module.stream_consumer.aws_s3_object.policy",
                "update",
                "module.stream_consumer.aws_lambda_function.consumer",
                "update",
                "module.stream_consumer.aws_lambda_alias.live",
                "update",
                "module.stream_consumer.aws_iam_role_policy.consumer",
                "update",
                "module.backfill[0].aws_scheduler_schedule.backfill",
                "delete+create",
                // The new policy uses targets on demand; the first one did not.
                "module.observability.aws_cloudwatch_metric_alarm.this[\"target-launches\"]",
                "create",
                "module.observability.aws_cloudwatch_dashboard.this",
                "update"));
  }

  @Test
  void policyChangeIsAppliedCompletely() {
    TerraformPlan next = FirstDeployment.policyChange().nextPlan();
    assertThat(next.changes()).as(next.text()).isEmpty();
  }

  @Test
  void planShowsThePolicyAsText() {
    assertThat(observations().firstPlan().text()).contains("- Key: MyKey", "Value: MyValue");
    assertThat(FirstDeployment.policyChange().plan().text())
        .containsPattern("(?m)^ +- +- Key: MyKey$")
        .containsPattern("(?m)^ +\\+ +targetInstanceType: t3.micro$");
  }

  @Test
  void documentedPermissionsMatchTheRoles() throws IOException {
    String tables =
        PermissionsTable.render(
            observations().permissions(), FirstDeployment.policyChange().permissions());
    Files.writeString(Path.of("target", "permissions.md"), tables + "\n");

    String[] parts = Files.readString(DOCUMENT).split("<!-- /?permissions -->", -1);

    assertThat(parts).as("docs/permissions.md, split at its markers").hasSize(3);
    assertThat(parts[1].strip())
        .as("the text between the markers; the expected text is in target/permissions.md")
        .isEqualTo(tables);
  }

  @Test
  void onlyDescribeCallsAreAllowedOnAllResources() {
    assertThat(FirstDeployment.policyChange().permissions().values().stream().flatMap(List::stream))
        .filteredOn(permission -> permission.resources().contains("*"))
        .allSatisfy(
            permission ->
                assertThat(permission.actions())
                    .allMatch(action -> action.startsWith("ec2:Describe")));
  }

  @Test
  void allowsLaunchesAndTheirRemovalOnlyIfAnEntryUsesTargetsOnDemand() {
    List<String> more =
        List.of(
            "ec2:RunInstances",
            "ec2:CreateTrafficMirrorTarget",
            "ec2:DeleteTrafficMirrorTarget",
            "ec2:TerminateInstances");
    assertThat(actions(observations().permissions())).doesNotContainAnyElementsOf(more);
    assertThat(actions(FirstDeployment.policyChange().permissions())).containsAll(more);
  }

  private static List<String> actions(Map<String, List<Permission>> permissions) {
    return permissions.values().stream()
        .flatMap(List::stream)
        .flatMap(permission -> permission.actions().stream())
        .toList();
  }

  private static Map<String, Long> kinds() {
    return observations().applied().stream()
        .collect(
            Collectors.groupingBy(
                thing -> thing.substring(0, thing.lastIndexOf(' ')), Collectors.counting()));
  }

  private static Observations observations() {
    return FirstDeployment.result().observations();
  }
}
