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

/** What an instance looks like in its states. */
interface InstanceClaims extends Claims {

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_INSTANCE)
  default void aRunningInstanceShowsWhereItIsAndWhatItCarries() {
    Instance one = pool().instances().getFirst();

    assertThat(one.state().name()).isEqualTo(InstanceStateName.RUNNING);
    assertThat(one.state().code()).isEqualTo(16);
    assertThat(one.instanceId()).matches("i-([0-9a-f]{8}|[0-9a-f]{17})");
    assertThat(one.instanceTypeAsString()).isEqualTo(stage().world().supportedType());
    assertThat(one.imageId()).isEqualTo(stage().world().imageId());
    assertThat(one.subnetId()).isEqualTo(stage().world().subnetId());
    assertThat(one.vpcId()).startsWith("vpc-");
    assertThat(one.tags()).contains(Launches.tag(stage().world()));
    assertThat(one.launchTime()).isNotNull();
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_INSTANCE)
  default void thePrimaryInterfaceIsKnownByItsAttachment() {
    Instance one = pool().instances().getFirst();

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
  default void ofTwoInterfacesOneIsPrimaryWhateverTheirOrder() {
    String subnet = stage().world().subnetId();
    List<InstanceNetworkInterfaceSpecification> backwards =
        List.of(
            InstanceNetworkInterfaceSpecification.builder().deviceIndex(1).subnetId(subnet).build(),
            InstanceNetworkInterfaceSpecification.builder()
                .deviceIndex(0)
                .subnetId(subnet)
                .build());

    Instance two =
        stage().launch(1, launch -> launch.subnetId(null).networkInterfaces(backwards)).getFirst();

    assertThat(two.networkInterfaces()).hasSize(2);
    assertThat(two.networkInterfaces()).filteredOn(Launches::isPrimary).hasSize(1);
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_INSTANCES)
  default void aTerminatedInstanceIsStillListed() {
    Instance gone = stage().launch();
    stage().terminate(gone.instanceId());

    List<Instance> read = Launches.read(ec2(), List.of(gone.instanceId()));

    assertThat(read).hasSize(1);
    assertThat(read.getFirst().state().name()).isEqualTo(InstanceStateName.TERMINATED);
    assertThat(read.getFirst().state().code()).isEqualTo(48);
  }

  @Test
  @Claim(
      status = OBSERVED,
      source = "aws-samples/aws-vpc-traffic-mirroring-source-automation: fails on such instances")
  default void aTerminatedInstanceHasNoInterfaceAndNoSubnet() {
    Instance gone = stage().launch();
    stage().terminate(gone.instanceId());

    Instance read = Launches.read(ec2(), List.of(gone.instanceId())).getFirst();

    assertThat(read.networkInterfaces()).isEmpty();
    assertThat(read.subnetId()).isNull();
    assertThat(read.vpcId()).isNull();
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_INSTANCE)
  default void aStoppedInstanceKeepsItsInterfaceAndSubnet() {
    Instance one = stage().launch();
    stage().stop(one.instanceId());

    Instance read = Launches.read(ec2(), List.of(one.instanceId())).getFirst();

    assertThat(read.state().code()).isEqualTo(80);
    assertThat(Launches.primaryInterface(read)).isEqualTo(Launches.primaryInterface(one));
    assertThat(read.subnetId()).isEqualTo(one.subnetId());
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_INSTANCE)
  default void aTagThatIsAddedLaterIsSeenAndOneThatIsRemovedIsNot() {
    String id = pool().instances().getFirst().instanceId();
    Tag later = Tag.builder().key("Contract-Later").value("1").build();

    ec2().createTags(create -> create.resources(id).tags(later));
    assertThat(tags(id, true, later)).contains(later);

    ec2().deleteTags(delete -> delete.resources(id).tags(later));
    assertThat(tags(id, false, later)).doesNotContain(later);
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_TYPES)
  default void instanceTypesAreFoundByNameAndByPattern() {
    String type = stage().world().supportedType();
    String family = type.substring(0, type.indexOf('.'));

    assertThat(ec2().describeInstanceTypes(read -> read.instanceTypesWithStrings(type)))
        .extracting(page -> page.instanceTypes().stream().map(Object::toString).count())
        .isEqualTo(1L);
    assertThat(
            ec2()
                .describeInstanceTypesPaginator(
                    read -> read.filters(Stage.filter("instance-type", family + ".*")))
                .instanceTypes())
        .extracting(InstanceTypeInfo::instanceTypeAsString)
        .contains(type)
        .allMatch(name -> name.startsWith(family + "."));
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_INSTANCE)
  default void theHypervisorOfAnInstanceSaysXenEvenOnNitro() {
    assertThat(pool().instances().getFirst().hypervisor()).isEqualTo(HypervisorType.XEN);
  }

  private List<Tag> tags(String id, boolean present, Tag tag) {
    return stage()
        .world()
        .eventually(
            () -> Launches.read(ec2(), List.of(id)).getFirst().tags(),
            tags -> tags.contains(tag) == present);
  }
}
