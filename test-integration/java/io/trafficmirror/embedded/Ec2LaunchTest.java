package io.trafficmirror.embedded;

import static io.trafficmirror.embedded.Ec2World.SUBNET;
import static io.trafficmirror.embedded.Ec2World.VPC;
import static io.trafficmirror.embedded.Ec2World.errorOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.embedded.ec2.LaunchConstraints;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.HttpTokensState;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.ShutdownBehavior;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** The result of a launch, and the conditions under which it fails. */
final class Ec2LaunchTest {

  private final Ec2World world = new Ec2World();

  @Test
  void storesTheParametersOfALaunch() {
    Instance launched =
        world
            .client
            .runInstances(
                launch().toBuilder()
                    .securityGroupIds("sg-2", "sg-1")
                    .clientToken("t")
                    .metadataOptions(o -> o.httpTokens(HttpTokensState.REQUIRED))
                    .instanceInitiatedShutdownBehavior(ShutdownBehavior.TERMINATE)
                    .tagSpecifications(
                        tags(ResourceType.INSTANCE, "i"),
                        tags(ResourceType.NETWORK_INTERFACE, "n"),
                        tags(ResourceType.VOLUME, "v"))
                    .build())
            .instances()
            .getFirst();

    assertThat(world.ec2.instances())
        .singleElement()
        .isEqualTo(
            new InstanceView(
                launched.instanceId(),
                "m5.large",
                "running",
                Optional.of(SUBNET),
                "us-east-1a",
                Map.of("k", "i"),
                new InstanceView.Launch(
                    Optional.of("ami-1"),
                    Optional.of("t"),
                    world.now(),
                    "required",
                    "terminate",
                    Map.of("k", "v")),
                Optional.of(
                    new InstanceView.Interface(
                        launched.networkInterfaces().getFirst().networkInterfaceId(),
                        List.of("sg-2", "sg-1"),
                        Map.of("k", "n")))));
    assertThat(world.describe(r -> {}).getFirst().metadataOptions().httpTokens())
        .isEqualTo(HttpTokensState.REQUIRED);
  }

  @Test
  void launchFailsUnderEachConstraint() {
    assertThat(launchErrorWith(o -> o.noImage("ami-1"))).isEqualTo("400 InvalidAMIID.NotFound");
    assertThat(launchErrorWith(o -> o.noSecurityGroup("sg-1")))
        .isEqualTo("400 InvalidGroup.NotFound");
    assertThat(launchErrorWith(o -> o.notOffered("m5.large", "us-east-1a")))
        .isEqualTo("400 Unsupported");
    assertThat(launchErrorWith(o -> o.noCapacity("m5.large", "us-east-1a")))
        .isEqualTo("500 InsufficientInstanceCapacity");
    assertThat(launchErrorWith(o -> o.vcpuQuota(1))).isEqualTo("400 VcpuLimitExceeded");
    assertThat(world.ec2.instanceIds()).isEmpty();
    assertThat(launchErrorWith(o -> o.noCapacity("m5.large", "us-east-1b").noImage("ami-2")))
        .isEqualTo("none");
  }

  private String launchErrorWith(Consumer<LaunchConstraints> by) {
    world.ec2.constrainLaunches(by);
    String error = errorOf(() -> world.client.runInstances(launch()));
    world.ec2.constrainLaunches(o -> o.clear());
    return error;
  }

  @Test
  void quotaCountsTheVcpusOfRunningInstances() {
    world.ec2.constrainLaunches(o -> o.vcpuQuota(3));
    String id = world.client.runInstances(launch()).instances().getFirst().instanceId();

    assertThat(errorOf(() -> world.client.runInstances(launch())))
        .isEqualTo("400 VcpuLimitExceeded");
    world.client.terminateInstances(r -> r.instanceIds(id));
    assertThat(errorOf(() -> world.client.runInstances(launch()))).isEqualTo("none");
  }

  @Test
  void aFailedLaunchDoesNotUseTheToken() {
    world.ec2.constrainLaunches(o -> o.noCapacity("m5.large", "us-east-1a"));
    RunInstancesRequest request = launch().toBuilder().clientToken("t").build();
    errorOf(() -> world.client.runInstances(request));
    world.ec2.constrainLaunches(o -> o.clear());

    assertThat(errorOf(() -> world.client.runInstances(request))).isEqualTo("none");
  }

  @Test
  void rejectsALaunchWithoutAFreeAddress() {
    world.ec2.putSubnet("subnet-small", VPC, "us-east-1a", "10.0.99.0/28");
    RunInstancesRequest eleven =
        launch().toBuilder().subnetId("subnet-small").minCount(11).maxCount(11).build();
    world.client.runInstances(eleven);

    assertThat(
            errorOf(
                () ->
                    world.client.runInstances(
                        launch().toBuilder().subnetId("subnet-small").build())))
        .isEqualTo("400 InsufficientFreeAddressesInSubnet");
  }

  @Test
  void aNewInterfaceCannotBeATargetUntilItIsVisibleToWrites() {
    Ec2World slow =
        new Ec2World(Ec2Options.defaults().withWriteVisibilityDelay(Duration.ofSeconds(8)));
    String eni =
        slow.client
            .runInstances(launch())
            .instances()
            .getFirst()
            .networkInterfaces()
            .getFirst()
            .networkInterfaceId();

    assertThat(errorOf(() -> slow.client.createTrafficMirrorTarget(r -> r.networkInterfaceId(eni))))
        .isEqualTo("400 InvalidTrafficMirrorTarget");
    slow.advance(Duration.ofSeconds(8));
    assertThat(errorOf(() -> slow.client.createTrafficMirrorTarget(r -> r.networkInterfaceId(eni))))
        .isEqualTo("none");
  }

  @Test
  void aNewTargetCannotHaveSessionsUntilItIsVisibleToWrites() {
    Ec2World slow =
        new Ec2World(Ec2Options.defaults().withWriteVisibilityDelay(Duration.ofSeconds(8)));
    slow.running(1).running(2);
    String target =
        slow.client
            .createTrafficMirrorTarget(r -> r.networkInterfaceId(Ec2World.eni(2)))
            .trafficMirrorTarget()
            .trafficMirrorTargetId();
    Runnable mirror =
        () ->
            slow.client.createTrafficMirrorSession(
                Ec2World.session(Ec2World.eni(1)).trafficMirrorTargetId(target).build());

    assertThat(errorOf(mirror)).isEqualTo("400 InvalidTrafficMirrorTargetId.NotFound");
    slow.advance(Duration.ofSeconds(8));
    assertThat(errorOf(mirror)).isEqualTo("none");
  }

  private static RunInstancesRequest launch() {
    return Ec2InstanceTest.launch(1).toBuilder().securityGroupIds("sg-1").build();
  }

  private static TagSpecification tags(ResourceType type, String value) {
    return TagSpecification.builder()
        .resourceType(type)
        .tags(Tag.builder().key("k").value(value).build())
        .build();
  }
}
