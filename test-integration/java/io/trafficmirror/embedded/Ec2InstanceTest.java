package io.trafficmirror.embedded;

import static io.trafficmirror.embedded.Ec2World.SUBNET;
import static io.trafficmirror.embedded.Ec2World.VPC;
import static io.trafficmirror.embedded.Ec2World.eni;
import static io.trafficmirror.embedded.Ec2World.errorOf;
import static io.trafficmirror.embedded.Ec2World.instance;
import static io.trafficmirror.embedded.Ec2World.session;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterface;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterfaceSpecification;
import software.amazon.awssdk.services.ec2.model.InstanceStateChange;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

final class Ec2InstanceTest {

  private final Ec2World world = new Ec2World();

  @Test
  void launchCreatesOneReservationOfRunningInstancesWithAnInterfaceEach() {
    RunInstancesResponse launch = world.client.runInstances(launch(3));

    List<Instance> shown = world.describe(r -> {});
    assertThat(launch.instances())
        .allSatisfy(
            instance -> assertThat(instance.state().name()).isEqualTo(InstanceStateName.PENDING));
    assertThat(shown)
        .extracting(Instance::instanceId)
        .containsExactlyInAnyOrderElementsOf(
            launch.instances().stream().map(Instance::instanceId).toList());
    assertThat(world.client.describeInstances(r -> {}).reservations())
        .singleElement()
        .satisfies(r -> assertThat(r.reservationId()).isEqualTo(launch.reservationId()));
    assertThat(shown)
        .allSatisfy(
            instance -> {
              assertThat(instance.state().name()).isEqualTo(InstanceStateName.RUNNING);
              assertThat(instance.state().code()).isEqualTo(16);
              assertThat(instance.vpcId()).isEqualTo(VPC);
              assertThat(instance.tags())
                  .containsExactly(Tag.builder().key("k").value("v").build());
              assertThat(instance.networkInterfaces()).singleElement().satisfies(this::isPrimary);
            });
    assertThat(world.unsupported()).isEmpty();
  }

  private void isPrimary(InstanceNetworkInterface eni) {
    assertThat(eni.subnetId()).isEqualTo(SUBNET);
    assertThat(eni.interfaceType()).isEqualTo("interface");
    assertThat(eni.attachment().deviceIndex()).isZero();
    assertThat(eni.attachment().networkCardIndex()).isZero();
    assertThat(eni.attachment().deleteOnTermination()).isTrue();
  }

  @Test
  void stateTransitionsTakeTheConfiguredTime() {
    Ec2World slow = new Ec2World(Ec2Options.defaults().withTransitionTime(Duration.ofSeconds(30)));
    String id = slow.client.runInstances(launch(1)).instances().getFirst().instanceId();

    assertThat(slow.find("instance-state-name", "pending")).containsExactly(id);
    slow.advance(Duration.ofSeconds(29));
    assertThat(slow.find("instance-state-name", "running")).isEmpty();
    slow.advance(Duration.ofSeconds(1));
    assertThat(slow.find("instance-state-name", "running")).containsExactly(id);
    slow.client.stopInstances(r -> r.instanceIds(id));
    assertThat(slow.find("instance-state-code", "64")).containsExactly(id);
    slow.advance(Duration.ofSeconds(30));
    assertThat(slow.find("instance-state-code", "80")).containsExactly(id);
  }

  @Test
  void stoppingKeepsSessionsAndStartingReturnsToRunning() {
    world.running(1);
    world.client.createTrafficMirrorSession(session(eni(1)).build());
    InstanceStateChange stop =
        world.client.stopInstances(r -> r.instanceIds(instance(1))).stoppingInstances().getFirst();

    assertThat(stop.previousState().name()).isEqualTo(InstanceStateName.RUNNING);
    assertThat(stop.currentState().name()).isEqualTo(InstanceStateName.STOPPING);
    assertThat(world.find("instance-state-name", "stopped")).containsExactly(instance(1));
    assertThat(world.ec2.sessions()).hasSize(1);
    world.client.startInstances(r -> r.instanceIds(instance(1)));
    assertThat(world.find("instance-state-name", "running")).containsExactly(instance(1));
  }

  @Test
  void terminationDeletesInterfacesAndTheirSessions() {
    world.running(1);
    world.client.createTrafficMirrorSession(session(eni(1)).build());
    world.client.terminateInstances(r -> r.instanceIds(instance(1)));

    assertThat(world.ec2.sessions()).isEmpty();
    assertThat(world.client.describeNetworkInterfaces(r -> {}).networkInterfaces()).isEmpty();
    assertThat(world.describe(r -> {}))
        .singleElement()
        .satisfies(
            gone -> {
              assertThat(gone.state().name()).isEqualTo(InstanceStateName.TERMINATED);
              assertThat(gone.subnetId()).isNull();
              assertThat(gone.vpcId()).isNull();
              assertThat(gone.networkInterfaces()).isEmpty();
            });
  }

  @Test
  void aRetainedInterfaceKeepsItsSessionsAfterTermination() {
    String id =
        world
            .client
            .runInstances(
                r ->
                    r.imageId("ami-1")
                        .instanceType("m5.large")
                        .minCount(1)
                        .maxCount(1)
                        .networkInterfaces(
                            InstanceNetworkInterfaceSpecification.builder()
                                .deviceIndex(0)
                                .subnetId(SUBNET)
                                .deleteOnTermination(false)
                                .build()))
            .instances()
            .getFirst()
            .instanceId();
    String eni =
        world.describe(r -> {}).getFirst().networkInterfaces().getFirst().networkInterfaceId();
    world.client.createTrafficMirrorSession(session(eni).build());
    world.client.terminateInstances(r -> r.instanceIds(id));

    assertThat(world.ec2.sessions()).extracting(SessionView::interfaceId).containsExactly(eni);
    assertThat(world.client.describeNetworkInterfaces(r -> {}).networkInterfaces())
        .singleElement()
        .satisfies(left -> assertThat(left.statusAsString()).isEqualTo("available"));
  }

  @Test
  void showsATerminatedInstanceForAnHour() {
    world.running(1);
    world.ec2.setState(instance(1), "terminated");
    world.advance(Duration.ofMinutes(59));
    assertThat(world.describe(r -> r.instanceIds(instance(1)))).hasSize(1);
    world.advance(Duration.ofMinutes(2));

    assertThat(world.describe(r -> {})).isEmpty();
    assertThat(errorOf(() -> world.describe(r -> r.instanceIds(instance(1)))))
        .isEqualTo("400 InvalidInstanceID.NotFound");
  }

  @Test
  void rejectsStartingATerminatedInstance() {
    world.running(1);
    world.client.terminateInstances(r -> r.instanceIds(instance(1)));

    assertThat(errorOf(() -> world.client.startInstances(r -> r.instanceIds(instance(1)))))
        .isEqualTo("400 IncorrectInstanceState");
    assertThat(errorOf(() -> world.client.terminateInstances(r -> r.instanceIds(instance(1)))))
        .isEqualTo("none");
  }

  @Test
  void oneUnknownIdFailsTheWholeCall() {
    world.running(1);

    assertThat(errorOf(() -> world.describe(r -> r.instanceIds(instance(1), instance(2)))))
        .isEqualTo("400 InvalidInstanceID.NotFound");
    assertThat(errorOf(() -> world.describe(r -> r.instanceIds("i-banana"))))
        .isEqualTo("400 InvalidInstanceID.Malformed");
    assertThat(world.find("instance-id", instance(1), instance(2))).containsExactly(instance(1));
  }

  @Test
  void filtersInstancesByTheImplementedFilters() {
    world.ec2.putInstance(
        InstanceSeed.running(instance(1), "m5.large", SUBNET, eni(1))
            .withInterface(eni(11), 1)
            .withTags(Map.of("env", "prod")));
    world.ec2.putInstance(
        InstanceSeed.running(instance(2), "c5.xlarge", SUBNET, eni(2)).withState("stopped"));

    assertThat(world.find("tag:env", "prod")).containsExactly(instance(1));
    assertThat(world.find("tag-key", "env")).containsExactly(instance(1));
    assertThat(world.find("instance-type", "c5.*")).containsExactly(instance(2));
    assertThat(world.find("subnet-id", SUBNET)).hasSize(2);
    assertThat(world.find("vpc-id", "vpc-none")).isEmpty();
    assertThat(world.find("network-interface.network-interface-id", eni(11)))
        .containsExactly(instance(1));
    assertThat(world.find("network-interface.attachment.device-index", "1"))
        .containsExactly(instance(1));
    assertThat(world.unsupported()).isEmpty();
  }

  @Test
  void rejectsALaunchWithAnUnknownTypeOrWithoutASubnet() {
    assertThat(
            errorOf(
                () ->
                    world.client.runInstances(
                        launch(1).toBuilder().instanceType("m5.hugest").build())))
        .isEqualTo("400 InvalidParameterValue");
    assertThat(
            errorOf(() -> world.client.runInstances(launch(1).toBuilder().subnetId(null).build())))
        .isEqualTo("400 VPCIdNotSpecified");
    assertThat(world.ec2.instanceIds()).isEmpty();
  }

  @Test
  void rejectsALaunchInAFullSubnet() {
    String small =
        world.client.createSubnet(r -> r.vpcId(VPC).cidrBlock("10.9.0.0/28")).subnet().subnetId();

    assertThat(
            errorOf(
                () -> world.client.runInstances(launch(12).toBuilder().subnetId(small).build())))
        .isEqualTo("400 InsufficientFreeAddressesInSubnet");
    assertThat(
            errorOf(
                () -> world.client.runInstances(launch(11).toBuilder().subnetId(small).build())))
        .isEqualTo("none");
    assertThat(
            world
                .client
                .describeSubnets(r -> r.subnetIds(small))
                .subnets()
                .getFirst()
                .availableIpAddressCount())
        .isZero();
  }

  static RunInstancesRequest launch(int count) {
    return RunInstancesRequest.builder()
        .imageId("ami-1")
        .instanceType("m5.large")
        .minCount(count)
        .maxCount(count)
        .subnetId(SUBNET)
        .tagSpecifications(
            TagSpecification.builder()
                .resourceType(ResourceType.INSTANCE)
                .tags(Tag.builder().key("k").value("v").build())
                .build())
        .build();
  }
}
