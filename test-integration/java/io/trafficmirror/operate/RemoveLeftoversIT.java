package io.trafficmirror.operate;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.embedded.EmbeddedAws;
import io.trafficmirror.embedded.EmbeddedOptions;
import io.trafficmirror.embedded.InstanceSeed;
import io.trafficmirror.embedded.SessionView;
import io.trafficmirror.embedded.TargetView;
import io.trafficmirror.harness.FleetSpec;
import io.trafficmirror.mirror.Ownership;
import io.trafficmirror.operate.Commands.Run;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.Tag;

/**
 * {@code terraform/remove-leftovers} after a destroy, with resources of the deployment {@code
 * prod}, of another deployment and of other tools.
 */
@Order(5)
final class RemoveLeftoversIT {

  private static final Map<String, String> OWN_TAGS = Map.of(Ownership.DEPLOYMENT_TAG, "prod");
  private static final Map<String, String> OWN_POOL_TAGS =
      Map.of(
          Ownership.DEPLOYMENT_TAG, "prod", Ownership.POOL_TAG, "0123456789abcdef0123456789abcdef");
  private static final Map<String, String> OTHER_TAGS = Map.of(Ownership.DEPLOYMENT_TAG, "prod-2");

  private final EmbeddedAws aws = EmbeddedAws.start(EmbeddedOptions.defaults());
  private final Commands script = new Commands(aws);
  private final Ec2Client ec2 =
      Ec2Client.builder()
          .endpointOverride(aws.endpoint())
          .region(Region.of(aws.region()))
          .credentialsProvider(
              StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "secret")))
          .httpClientBuilder(UrlConnectionHttpClient.builder())
          .build();

  @BeforeEach
  void createLeftovers() throws IOException, InterruptedException {
    Commands.requireAwsCli();
    new FleetSpec(
            List.of(new FleetSpec.Vpc("vpc-1", "10.0.0.0/16")),
            List.of(new FleetSpec.Subnet("subnet-1", "vpc-1", "us-east-1a")),
            List.of("tmf-1"),
            List.of("tmt-shared"))
        .putInto(aws.ec2());
    for (int i = 1; i <= 6; i++) {
      putInstance("i-web" + i, "eni-web" + i, Map.of("mirror", "on"));
      putSession("tms-ours" + i, "eni-web" + i, "tmt-shared", 100, OWN_TAGS);
    }
    putSession("tms-another", "eni-web1", "tmt-shared", 101, OTHER_TAGS);
    putSession("tms-untagged", "eni-web2", "tmt-shared", 101, Map.of());
    putSession("tms-byhand", "eni-web3", "tmt-shared", 101, Map.of("Name", "prod"));

    putInstance("i-pool", "eni-pool", OWN_POOL_TAGS);
    putTarget("tmt-pool", "eni-pool", OWN_POOL_TAGS);
    // Tagged by hand with the deployment's tag, but not launched as a target.
    putInstance("i-tagged", "eni-tagged", OWN_TAGS);
    putInstance("i-another", "eni-another", OTHER_TAGS);
    putTarget("tmt-another", "eni-another", OTHER_TAGS);
    putInstance("i-gone", "eni-gone", OWN_POOL_TAGS);
    aws.ec2().setState("i-gone", "terminated");
  }

  @AfterEach
  void stop() {
    ec2.close();
    aws.close();
  }

  @Test
  void removesOnlyItsOwnResourcesAndFindsNothingTheSecondTime()
      throws IOException, InterruptedException {
    Run first = script.run("yes\n");

    assertThat(first.output())
        .contains("mirror sessions: 6", "tms-ours6", "mirror targets: 1", "instances: 1", "i-pool")
        .contains("Type yes", "sessions: 6 of 6 done", "All of it is removed.")
        .doesNotContain(
            "tms-another", "tms-untagged", "tms-byhand", "i-gone", " i-web", "i-tagged");
    assertThat(first.exitCode()).isZero();
    assertThat(sessions()).containsExactlyInAnyOrder("tms-another", "tms-untagged", "tms-byhand");
    assertThat(targets()).containsExactlyInAnyOrder("tmt-shared", "tmt-another");
    assertThat(running())
        .contains("i-another", "i-tagged", "i-web1", "i-web6")
        .doesNotContain("i-pool")
        .hasSize(8);

    aws.calls().reset();
    Run second = script.run("");
    assertThat(second.output()).contains("There is nothing to remove.");
    assertThat(second.exitCode()).isZero();
    assertThat(aws.calls().byAction("ec2").keySet()).allMatch(call -> call.startsWith("Describe"));
    assertThat(aws.calls().refusedAsUnsupported()).isEmpty();
  }

  @Test
  void dryRunListsEverythingAndRemovesNothing() throws IOException, InterruptedException {
    for (int i = 7; i <= 30; i++) {
      putInstance("i-web" + i, "eni-web" + i, Map.of());
      putSession("tms-ours" + i, "eni-web" + i, "tmt-shared", 100, OWN_TAGS);
    }
    Run run = script.run("", "--dry-run");

    assertThat(run.exitCode()).isZero();
    assertThat(run.output())
        .contains("mirror sessions: 30", "tms-ours1\t", "tms-ours30\t", "i-pool");
    assertNothingIsRemoved(33);
  }

  @Test
  void removesNothingWithoutConfirmation() throws IOException, InterruptedException {
    Run run = script.run("y\n");

    assertThat(run.output()).contains("nothing was removed");
    assertThat(run.exitCode()).isEqualTo(4);
    assertNothingIsRemoved(9);
  }

  @Test
  void keepsATargetInUseByAnotherDeploymentAndItsInstance()
      throws IOException, InterruptedException {
    putSession("tms-guest", "eni-web4", "tmt-pool", 102, OTHER_TAGS);
    Run run = script.run("", "--yes");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.output())
        .contains("tmt-pool could not be removed", "TrafficMirrorTargetInUse")
        .contains("i-pool was left alone: its interface is still a mirror target");
    assertThat(sessions())
        .containsExactlyInAnyOrder("tms-another", "tms-untagged", "tms-byhand", "tms-guest");
    assertThat(targets()).contains("tmt-pool");
    assertThat(running()).contains("i-pool");
  }

  @Test
  void removesUnusedInstancesEvenIfAnotherIsInUse() throws IOException, InterruptedException {
    putSession("tms-guest", "eni-web4", "tmt-pool", 102, OTHER_TAGS);
    putInstance("i-pool2", "eni-pool2", OWN_POOL_TAGS);
    putTarget("tmt-pool2", "eni-pool2", OWN_POOL_TAGS);
    putInstance("i-half", "eni-half", OWN_POOL_TAGS);
    Run run = script.run("", "--yes");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.output()).contains("instances: 3", "instances: 2 of 2 done", "2 could not be");
    assertThat(targets()).contains("tmt-pool").doesNotContain("tmt-pool2");
    assertThat(running()).contains("i-pool").doesNotContain("i-pool2", "i-half");
  }

  @Test
  void removesAnUntaggedTargetOnlyOnItsOwnInstances() throws IOException, InterruptedException {
    putInstance("i-pool2", "eni-pool2", OWN_POOL_TAGS);
    aws.ec2().putInterfaceTarget("tmt-plain", "eni-pool2");
    putInstance("i-sensor", "eni-sensor", Map.of());
    aws.ec2().putInterfaceTarget("tmt-sensor", "eni-sensor");
    Run run = script.run("", "--yes");

    assertThat(run.output()).contains("mirror targets: 2", "tmt-plain", "All of it is removed.");
    assertThat(run.exitCode()).isZero();
    assertThat(targets()).contains("tmt-sensor").doesNotContain("tmt-plain", "tmt-pool");
    assertThat(running()).contains("i-sensor").doesNotContain("i-pool", "i-pool2");
  }

  @Test
  void keepsAnInstanceWithAnotherDeploymentsTarget() throws IOException, InterruptedException {
    putInstance("i-lent", "eni-lent", OWN_POOL_TAGS);
    putTarget("tmt-lent", "eni-lent", OTHER_TAGS);
    Run run = script.run("", "--yes");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.output()).contains("i-lent was left alone");
    assertThat(targets()).contains("tmt-lent");
    assertThat(running()).contains("i-lent").doesNotContain("i-pool");
  }

  @Test
  void ignoresDeletedResourcesAndRetriesThrottledCalls() throws IOException, InterruptedException {
    aws.faults()
        .refuseNaming(
            "ec2",
            "DeleteTrafficMirrorSession",
            "tms-ours1",
            1,
            400,
            "InvalidTrafficMirrorSessionId.NotFound")
        .refuseNaming(
            "ec2", "DeleteTrafficMirrorSession", "tms-ours2", 1, 503, "RequestLimitExceeded");
    Run run = script.run("", "--yes");

    assertThat(run.output()).contains("All of it is removed.");
    assertThat(run.exitCode()).isZero();
    assertThat(sessions()).contains("tms-ours1").doesNotContain("tms-ours2");
  }

  @Test
  void removesNothingIfAListingFails() throws IOException, InterruptedException {
    aws.faults().refuse("ec2", "DescribeInstances", 100, 403, "UnauthorizedOperation");
    Run run = script.run("", "--yes");

    assertThat(run.output()).contains("UnauthorizedOperation", "nothing was removed");
    assertThat(run.exitCode()).isEqualTo(3);
    aws.faults().clear();
    assertNothingIsRemoved(9);
  }

  @Test
  void rejectsWrongUsageWithoutCallingAws() throws IOException, InterruptedException {
    for (List<String> options :
        List.of(
            List.of("--region", "us-east-1"),
            List.of("--name", "prod"),
            List.of("--name"),
            List.of("--name", "prod' || 'x", "--region", "us-east-1"),
            List.of("--name", "prod", "--region", "us-east-1", "--yess"))) {
      assertThat(script.runWith(options).exitCode()).as("%s", options).isEqualTo(2);
    }
    Run help = script.runWith(List.of("--help"));
    assertThat(help.exitCode()).isZero();
    assertThat(help.output())
        .contains("--name", "--region", "--dry-run", "--yes")
        .contains(Ownership.DEPLOYMENT_TAG, Ownership.POOL_TAG);
    assertThat(aws.calls().byAction("ec2").keySet()).containsOnly("CreateTags");
  }

  private void assertNothingIsRemoved(int sessions) {
    assertThat(sessions()).hasSize(sessions);
    assertThat(targets()).contains("tmt-pool", "tmt-another", "tmt-shared");
    assertThat(running()).contains("i-pool", "i-another");
  }

  private void putInstance(String id, String interfaceId, Map<String, String> tags) {
    aws.ec2()
        .putInstance(InstanceSeed.running(id, "m5.large", "subnet-1", interfaceId).withTags(tags));
  }

  private void putSession(
      String id, String interfaceId, String targetId, int number, Map<String, String> tags) {
    aws.ec2().putSession(id, interfaceId, targetId, "tmf-1", number, tags);
  }

  private void putTarget(String id, String interfaceId, Map<String, String> tags) {
    aws.ec2().putInterfaceTarget(id, interfaceId);
    ec2.createTags(
        request ->
            request
                .resources(id)
                .tags(
                    tags.entrySet().stream()
                        .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                        .toList()));
  }

  private List<String> sessions() {
    return aws.ec2().sessions().stream().map(SessionView::sessionId).toList();
  }

  private List<String> targets() {
    return aws.ec2().targets().stream().map(TargetView::targetId).toList();
  }

  private List<String> running() {
    return ec2.describeInstances().reservations().stream()
        .flatMap(reservation -> reservation.instances().stream())
        .filter(instance -> instance.state().name() == InstanceStateName.RUNNING)
        .map(Instance::instanceId)
        .toList();
  }
}
