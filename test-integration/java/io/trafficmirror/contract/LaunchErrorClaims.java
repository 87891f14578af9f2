package io.trafficmirror.contract;

import static io.trafficmirror.contract.Claim.Status.DOCUMENTED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;

/** Claims about launches that EC2 rejects, and about the scope of their client tokens. */
interface LaunchErrorClaims extends Claims {

  @Test
  @Claim(status = DOCUMENTED, source = Sources.ERRORS)
  default void rejectsALaunchOfAnUnknownImage() {
    Ec2Error error = launchError(launch -> launch.imageId(Claims.unknown("ami-")));

    assertThat(error.code()).isEqualTo("InvalidAMIID.NotFound");
    assertThat(error.status()).isEqualTo(400);
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.ERRORS)
  default void rejectsALaunchWithAnUnknownSecurityGroup() {
    Ec2Error error = launchError(launch -> launch.securityGroupIds(Claims.unknown("sg-")));

    assertThat(error.code()).isEqualTo("InvalidGroup.NotFound");
    assertThat(error.status()).isEqualTo(400);
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.ERRORS)
  default void rejectsALaunchIntoAnUnknownSubnet() {
    Ec2Error error = launchError(launch -> launch.subnetId(Claims.unknown("subnet-")));

    assertThat(error.code()).isEqualTo("InvalidSubnetID.NotFound");
    assertThat(error.status()).isEqualTo(400);
  }

  @Test
  @EmbeddedOnly("it needs a subnet that is full")
  @Claim(status = DOCUMENTED, source = Sources.ERRORS)
  default void rejectsALaunchIntoASubnetWithoutFreeAddresses() {
    Ec2Error error = launchError(launch -> launch.subnetId(fixture().world().fullSubnetId()));

    assertThat(error.code()).isEqualTo("InsufficientFreeAddressesInSubnet");
  }

  @Test
  @EmbeddedOnly("it needs a zone without capacity")
  @Claim(status = DOCUMENTED, source = Sources.ERRORS)
  default void rejectsALaunchWithoutCapacityWithStatus500() {
    fixture().world().failLaunches(Ec2World.LaunchFailure.NO_CAPACITY);

    Ec2Error error = launchError(launch -> launch);

    assertThat(error.code()).isEqualTo("InsufficientInstanceCapacity");
    assertThat(error.status()).isEqualTo(500);
  }

  @Test
  @EmbeddedOnly("it needs an account at its quota")
  @Claim(status = DOCUMENTED, source = Sources.ERRORS)
  default void rejectsALaunchAboveTheVcpuQuota() {
    fixture().world().failLaunches(Ec2World.LaunchFailure.QUOTA_USED_UP);

    Ec2Error error = launchError(launch -> launch);

    assertThat(error.code()).isEqualTo("VcpuLimitExceeded");
    assertThat(error.status()).isEqualTo(400);
  }

  @Test
  @EmbeddedOnly("it needs a zone that does not offer a type")
  @Claim(status = DOCUMENTED, source = Sources.ERRORS)
  default void rejectsATypeThatTheZoneDoesNotOffer() {
    fixture().world().failLaunches(Ec2World.LaunchFailure.TYPE_NOT_OFFERED);

    Ec2Error error = launchError(launch -> launch);

    assertThat(error.code()).isEqualTo("Unsupported");
    assertThat(error.status()).isEqualTo(400);
  }

  @Test
  @EmbeddedOnly("it needs a subnet in another zone")
  @Claim(status = DOCUMENTED, source = Sources.IDEMPOTENCY)
  default void clientTokensOfLaunchesAreScopedToAnAvailabilityZone() {
    RunInstancesRequest request =
        Launches.request(fixture().world(), 1).clientToken(fixture().token()).build();

    Instance here = ec2().runInstances(request).instances().getFirst();
    Instance there =
        ec2()
            .runInstances(request.copy(to -> to.subnetId(fixture().world().subnetInAnotherZone())))
            .instances()
            .getFirst();

    assertThat(there.instanceId()).isNotEqualTo(here.instanceId());
  }

  private Ec2Error launchError(UnaryOperator<RunInstancesRequest.Builder> change) {
    RunInstancesRequest request = change.apply(Launches.request(fixture().world(), 1)).build();
    return Ec2Error.of(
        () ->
            fixture()
                .terminateAfterwards(
                    ec2().runInstances(request).instances().stream()
                        .map(Instance::instanceId)
                        .toList()));
  }
}
