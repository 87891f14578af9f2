package io.trafficmirror.contract;

import static io.trafficmirror.contract.Claim.Status.DOCUMENTED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;

/** Why EC2 does not launch; a refused launch costs nothing and uses no client token up. */
interface LaunchRefusalClaims extends Claims {

  @Test
  @Claim(status = DOCUMENTED, source = Sources.ERRORS)
  default void aLaunchOfAnImageThatDoesNotExistIsRefused() {
    Refusal refusal = refused(launch -> launch.imageId(Claims.unknown("ami-")));

    assertThat(refusal.code()).isEqualTo("InvalidAMIID.NotFound");
    assertThat(refusal.status()).isEqualTo(400);
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.ERRORS)
  default void aLaunchWithASecurityGroupThatDoesNotExistIsRefused() {
    Refusal refusal = refused(launch -> launch.securityGroupIds(Claims.unknown("sg-")));

    assertThat(refusal.code()).isEqualTo("InvalidGroup.NotFound");
    assertThat(refusal.status()).isEqualTo(400);
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.ERRORS)
  default void aLaunchIntoASubnetThatDoesNotExistIsRefused() {
    Refusal refusal = refused(launch -> launch.subnetId(Claims.unknown("subnet-")));

    assertThat(refusal.code()).isEqualTo("InvalidSubnetID.NotFound");
    assertThat(refusal.status()).isEqualTo(400);
  }

  @Test
  @EmbeddedOnly("it needs a subnet that is full")
  @Claim(status = DOCUMENTED, source = Sources.ERRORS)
  default void aLaunchIntoASubnetWithoutAddressesIsRefused() {
    Refusal refusal = refused(launch -> launch.subnetId(stage().world().fullSubnetId()));

    assertThat(refusal.code()).isEqualTo("InsufficientFreeAddressesInSubnet");
  }

  @Test
  @EmbeddedOnly("it needs a zone without capacity")
  @Claim(status = DOCUMENTED, source = Sources.ERRORS)
  default void aLaunchWithoutCapacityIsRefusedAsAFaultOfTheServer() {
    stage().world().obstruct(Ec2World.Obstruction.NO_CAPACITY);

    Refusal refusal = refused(launch -> launch);

    assertThat(refusal.code()).isEqualTo("InsufficientInstanceCapacity");
    assertThat(refusal.status()).isEqualTo(500);
  }

  @Test
  @EmbeddedOnly("it needs an account at its quota")
  @Claim(status = DOCUMENTED, source = Sources.ERRORS)
  default void aLaunchPastTheQuotaOfVcpusIsRefused() {
    stage().world().obstruct(Ec2World.Obstruction.QUOTA_USED_UP);

    Refusal refusal = refused(launch -> launch);

    assertThat(refusal.code()).isEqualTo("VcpuLimitExceeded");
    assertThat(refusal.status()).isEqualTo(400);
  }

  @Test
  @EmbeddedOnly("it needs a zone that lacks a type")
  @Claim(status = DOCUMENTED, source = Sources.ERRORS)
  default void aLaunchOfATypeThatTheZoneLacksIsRefused() {
    stage().world().obstruct(Ec2World.Obstruction.TYPE_NOT_OFFERED);

    Refusal refusal = refused(launch -> launch);

    assertThat(refusal.code()).isEqualTo("Unsupported");
    assertThat(refusal.status()).isEqualTo(400);
  }

  @Test
  @EmbeddedOnly("it needs a subnet in another zone")
  @Claim(status = DOCUMENTED, source = Sources.IDEMPOTENCY)
  default void aLaunchTokenIsOfOneZone() {
    RunInstancesRequest request =
        Launches.request(stage().world(), 1).clientToken(stage().token()).build();

    Instance here = ec2().runInstances(request).instances().getFirst();
    Instance there =
        ec2()
            .runInstances(request.copy(to -> to.subnetId(stage().world().subnetInAnotherZone())))
            .instances()
            .getFirst();

    assertThat(there.instanceId()).isNotEqualTo(here.instanceId());
  }

  private Refusal refused(UnaryOperator<RunInstancesRequest.Builder> change) {
    RunInstancesRequest request = change.apply(Launches.request(stage().world(), 1)).build();
    return Refusal.of(
        () ->
            stage()
                .endsWithTheClaim(
                    ec2().runInstances(request).instances().stream()
                        .map(Instance::instanceId)
                        .toList()));
  }
}
