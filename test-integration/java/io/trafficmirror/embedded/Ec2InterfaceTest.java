package io.trafficmirror.embedded;

import static io.trafficmirror.embedded.Ec2World.SUBNET;
import static io.trafficmirror.embedded.Ec2World.eni;
import static io.trafficmirror.embedded.Ec2World.errorOf;
import static io.trafficmirror.embedded.Ec2World.filter;
import static io.trafficmirror.embedded.Ec2World.instance;
import static io.trafficmirror.embedded.Ec2World.session;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterface;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterfaceSpecification;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.NetworkInterfaceStatus;

final class Ec2InterfaceTest {

  private final Ec2World world = new Ec2World().running(1);

  @Test
  void createsAttachesDetachesAndDeletesAnInterface() {
    String eni = create();
    assertThat(describe(eni).status()).isEqualTo(NetworkInterfaceStatus.AVAILABLE);

    String attachment = attach(eni, 1);
    assertThat(describe(eni).status()).isEqualTo(NetworkInterfaceStatus.IN_USE);
    assertThat(describe(eni).attachment().instanceId()).isEqualTo(instance(1));
    assertThat(describe(eni).attachment().deleteOnTermination()).isFalse();
    assertThat(world.describe(r -> {}).getFirst().networkInterfaces())
        .extracting(InstanceNetworkInterface::networkInterfaceId)
        .containsExactly(eni(1), eni);
    assertThat(errorOf(() -> delete(eni))).isEqualTo("400 InvalidNetworkInterface.InUse");

    world.client.detachNetworkInterface(r -> r.attachmentId(attachment));
    assertThat(describe(eni).status()).isEqualTo(NetworkInterfaceStatus.AVAILABLE);
    delete(eni);
    assertThat(errorOf(() -> describe(eni))).isEqualTo("400 InvalidNetworkInterfaceID.NotFound");
    assertThat(world.unsupported()).isEmpty();
  }

  @Test
  void sessionsSurviveDetachingButNotDeletionOfTheirInterface() {
    String eni = create();
    String attachment = attach(eni, 1);
    world.client.createTrafficMirrorSession(session(eni).build());

    world.client.detachNetworkInterface(r -> r.attachmentId(attachment));
    assertThat(world.ec2.sessions()).hasSize(1);
    delete(eni);
    assertThat(world.ec2.sessions()).isEmpty();
  }

  @Test
  void rejectsADeviceIndexInUseAndAnAttachedInterface() {
    String eni = create();

    assertThat(errorOf(() -> attach(eni, 0))).isEqualTo("400 InvalidParameterValue");
    attach(eni, 1);
    assertThat(errorOf(() -> attach(eni, 2))).isEqualTo("400 InvalidNetworkInterface.InUse");
  }

  @Test
  void rejectsAttachingAcrossAvailabilityZones() {
    world.ec2.putSubnet("subnet-b", Ec2World.VPC, "us-east-1b");
    String elsewhere =
        world
            .client
            .createNetworkInterface(r -> r.subnetId("subnet-b"))
            .networkInterface()
            .networkInterfaceId();

    assertThat(errorOf(() -> attach(elsewhere, 1))).isEqualTo("400 InvalidParameterCombination");
  }

  @Test
  void rejectsDetachingThePrimaryInterface() {
    String attachment = describe(eni(1)).attachment().attachmentId();

    assertThat(errorOf(() -> world.client.detachNetworkInterface(r -> r.attachmentId(attachment))))
        .isEqualTo("400 OperationNotPermitted");
    assertThat(
            errorOf(() -> world.client.detachNetworkInterface(r -> r.attachmentId("eni-attach-0"))))
        .isEqualTo("400 InvalidAttachmentID.NotFound");
  }

  @Test
  void launchesWithAnExistingInterface() {
    String eni = create();
    String launched =
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
                                .networkInterfaceId(eni)
                                .build()))
            .instances()
            .getFirst()
            .instanceId();

    assertThat(describe(eni).attachment().instanceId()).isEqualTo(launched);
    assertThat(describe(eni).attachment().deleteOnTermination()).isFalse();
  }

  @Test
  void filtersInterfaces() {
    String loose = create();

    assertThat(find("status", "available")).containsExactly(loose);
    assertThat(find("attachment.instance-id", instance(1))).containsExactly(eni(1));
    assertThat(find("attachment.device-index", "0")).containsExactly(eni(1));
    assertThat(find("subnet-id", SUBNET)).hasSize(2);
    assertThat(find("network-interface-id", loose, eni(9))).containsExactly(loose);
  }

  @Test
  void createsAndDescribesVpcsAndSubnets() {
    String vpc = world.client.createVpc(r -> r.cidrBlock("10.8.0.0/16")).vpc().vpcId();
    String subnet =
        world
            .client
            .createSubnet(r -> r.vpcId(vpc).cidrBlock("10.8.1.0/24").availabilityZone("us-east-1c"))
            .subnet()
            .subnetId();

    assertThat(world.client.describeVpcs(r -> r.vpcIds(vpc)).vpcs().getFirst().cidrBlock())
        .isEqualTo("10.8.0.0/16");
    assertThat(world.client.describeSubnets(r -> r.filters(filter("vpc-id", vpc))).subnets())
        .singleElement()
        .satisfies(
            shown -> {
              assertThat(shown.subnetId()).isEqualTo(subnet);
              assertThat(shown.availabilityZone()).isEqualTo("us-east-1c");
              assertThat(shown.availableIpAddressCount()).isEqualTo(251);
            });
    assertThat(errorOf(() -> world.client.createVpc(r -> r.cidrBlock("10.0.0.0/8"))))
        .isEqualTo("400 InvalidParameterValue");
    assertThat(
            errorOf(
                () -> world.client.createSubnet(r -> r.vpcId("vpc-9").cidrBlock("10.0.0.0/24"))))
        .isEqualTo("400 InvalidVpcID.Malformed");
  }

  @Test
  void rejectsDeletingAVpcOrSubnetInUse() {
    String vpc = world.client.createVpc(r -> r.cidrBlock("10.8.0.0/16")).vpc().vpcId();
    String subnet =
        world.client.createSubnet(r -> r.vpcId(vpc).cidrBlock("10.8.1.0/24")).subnet().subnetId();
    String eni =
        world
            .client
            .createNetworkInterface(r -> r.subnetId(subnet))
            .networkInterface()
            .networkInterfaceId();

    assertThat(errorOf(() -> world.client.deleteVpc(r -> r.vpcId(vpc))))
        .isEqualTo("400 DependencyViolation");
    assertThat(errorOf(() -> world.client.deleteSubnet(r -> r.subnetId(subnet))))
        .isEqualTo("400 DependencyViolation");
    delete(eni);
    world.client.deleteSubnet(r -> r.subnetId(subnet));
    world.client.deleteVpc(r -> r.vpcId(vpc));
    assertThat(world.client.describeVpcs(r -> {}).vpcs()).hasSize(1);
  }

  private String create() {
    return world
        .client
        .createNetworkInterface(r -> r.subnetId(SUBNET).description("d"))
        .networkInterface()
        .networkInterfaceId();
  }

  private String attach(String interfaceId, int deviceIndex) {
    return world
        .client
        .attachNetworkInterface(
            r -> r.networkInterfaceId(interfaceId).instanceId(instance(1)).deviceIndex(deviceIndex))
        .attachmentId();
  }

  private void delete(String interfaceId) {
    world.client.deleteNetworkInterface(r -> r.networkInterfaceId(interfaceId));
  }

  private NetworkInterface describe(String interfaceId) {
    return world
        .client
        .describeNetworkInterfaces(r -> r.networkInterfaceIds(interfaceId))
        .networkInterfaces()
        .getFirst();
  }

  private List<String> find(String name, String... values) {
    return world
        .client
        .describeNetworkInterfaces(r -> r.filters(filter(name, values)))
        .networkInterfaces()
        .stream()
        .map(NetworkInterface::networkInterfaceId)
        .toList();
  }
}
