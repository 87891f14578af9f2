package io.trafficmirror.contract;

import static io.trafficmirror.contract.Claim.Status.DOCUMENTED;
import static io.trafficmirror.contract.Claim.Status.OBSERVED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.HypervisorType;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterface;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterfaceSpecification;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.InstanceTypeInfo;
import software.amazon.awssdk.services.ec2.model.NetworkInterfaceStatus;
import software.amazon.awssdk.services.ec2.model.Tag;

/** Claims about the description of instances and instance types. */
interface InstanceClaims extends Claims {

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_INSTANCE)
  default void describesTheLocationAndTagsOfARunningInstance() {
    Instance one = shared().instances().getFirst();

    assertThat(one.state().name()).isEqualTo(InstanceStateName.RUNNING);
    assertThat(one.state().code()).isEqualTo(16);
    assertThat(one.instanceId()).matches("i-([0-9a-f]{8}|[0-9a-f]{17})");
    assertThat(one.instanceTypeAsString()).isEqualTo(fixture().world().supportedType());
    assertThat(one.imageId()).isEqualTo(fixture().world().imageId());
    assertThat(one.subnetId()).isEqualTo(fixture().world().subnetId());
    assertThat(one.vpcId()).startsWith("vpc-");
    assertThat(one.tags()).contains(Launches.tag(fixture().world()));
    assertThat(one.launchTime()).isNotNull();
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_INSTANCE)
  default void attachmentIdentifiesThePrimaryInterface() {
    Instance one = shared().instances().getFirst();

    assertThat(one.networkInterfaces()).filteredOn(Launches::isPrimary).hasSize(1);
    InstanceNetworkInterface primary =
        one.networkInterfaces().stream().filter(Launches::isPrimary).findFirst().orElseThrow();
    assertThat(primary.networkInterfaceId()).matches("eni-([0-9a-f]{8}|[0-9a-f]{17})");
    assertThat(primary.interfaceType()).isEqualTo("interface");
    assertThat(primary.status()).isEqualTo(NetworkInterfaceStatus.IN_USE);
    assertThat(primary.subnetId()).isEqualTo(one.subnetId());
    assertThat(primary.vpcId()).isEqualTo(one.vpcId());
    assertThat(primary.attachment().deleteOnTermination()).isTrue();
    assertThat(primary.privateIpAddress()).isEqualTo(one.privateIpAddress());
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_RUN)
  default void oneOfTwoInterfacesIsPrimaryInAnyOrder() {
    String subnet = fixture().world().subnetId();
    List<InstanceNetworkInterfaceSpecification> backwards =
        List.of(
            InstanceNetworkInterfaceSpecification.builder().deviceIndex(1).subnetId(subnet).build(),
            InstanceNetworkInterfaceSpecification.builder()
                .deviceIndex(0)
                .subnetId(subnet)
                .build());

    Instance two =
        fixture()
            .launch(1, launch -> launch.subnetId(null).networkInterfaces(backwards))
            .getFirst();

    assertThat(two.networkInterfaces()).hasSize(2);
    assertThat(two.networkInterfaces()).filteredOn(Launches::isPrimary).hasSize(1);
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_INSTANCES)
  default void listsTerminatedInstances() {
    Instance terminatedInstance = fixture().launch();
    fixture().terminate(terminatedInstance.instanceId());

    List<Instance> read = Launches.read(ec2(), List.of(terminatedInstance.instanceId()));

    assertThat(read).hasSize(1);
    assertThat(read.getFirst().state().name()).isEqualTo(InstanceStateName.TERMINATED);
    assertThat(read.getFirst().state().code()).isEqualTo(48);
  }

  @Test
  @Claim(
      status = OBSERVED,
      source = "aws-samples/aws-vpc-traffic-mirroring-source-automation: fails on such instances")
  default void terminatedInstanceHasNoInterfaceAndNoSubnet() {
    Instance terminatedInstance = fixture().launch();
    fixture().terminate(terminatedInstance.instanceId());

    Instance read = Launches.read(ec2(), List.of(terminatedInstance.instanceId())).getFirst();

    assertThat(read.networkInterfaces()).isEmpty();
    assertThat(read.subnetId()).isNull();
    assertThat(read.vpcId()).isNull();
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_INSTANCE)
  default void stoppedInstanceKeepsItsInterfaceAndSubnet() {
    Instance one = fixture().launch();
    fixture().stop(one.instanceId());

    Instance read = Launches.read(ec2(), List.of(one.instanceId())).getFirst();

    assertThat(read.state().code()).isEqualTo(80);
    assertThat(Launches.primaryInterface(read)).isEqualTo(Launches.primaryInterface(one));
    assertThat(read.subnetId()).isEqualTo(one.subnetId());
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_INSTANCE)
  default void describesAddedAndRemovedTags() {
    String id = shared().instances().getFirst().instanceId();
    Tag later = Tag.builder().key("Contract-Later").value("1").build();

    ec2().createTags(create -> create.resources(id).tags(later));
    assertThat(tags(id, true, later)).contains(later);

    ec2().deleteTags(delete -> delete.resources(id).tags(later));
    assertThat(tags(id, false, later)).doesNotContain(later);
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_TYPES)
  default void findsInstanceTypesByNameAndByPattern() {
    String type = fixture().world().supportedType();
    String family = type.substring(0, type.indexOf('.'));

    assertThat(ec2().describeInstanceTypes(read -> read.instanceTypesWithStrings(type)))
        .extracting(page -> page.instanceTypes().stream().map(Object::toString).count())
        .isEqualTo(1L);
    assertThat(
            ec2()
                .describeInstanceTypesPaginator(
                    read -> read.filters(Fixture.filter("instance-type", family + ".*")))
                .instanceTypes())
        .extracting(InstanceTypeInfo::instanceTypeAsString)
        .contains(type)
        .allMatch(name -> name.startsWith(family + "."));
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_INSTANCE)
  default void hypervisorIsXenEvenOnNitro() {
    assertThat(shared().instances().getFirst().hypervisor()).isEqualTo(HypervisorType.XEN);
  }

  private List<Tag> tags(String id, boolean present, Tag tag) {
    return fixture()
        .world()
        .eventually(
            () -> Launches.read(ec2(), List.of(id)).getFirst().tags(),
            tags -> tags.contains(tag) == present);
  }
}
