package io.trafficmirror.embedded;

import static io.trafficmirror.embedded.Ec2World.SUBNET;
import static io.trafficmirror.embedded.Ec2World.VPC;
import static io.trafficmirror.embedded.Ec2World.eni;
import static io.trafficmirror.embedded.Ec2World.instance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterface;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/** Resources loaded from a file or created by a test. */
final class Ec2InventoryTest {

  private final Ec2World world = new Ec2World();

  @Test
  void loadsAFileOfReservations() {
    int loaded =
        world.ec2.loadInstances(
            """
            {"Reservations": [
              {"ReservationId": "r-1", "Instances": [
                {"InstanceId": "i-1", "InstanceType": "c5.large", "State": {"Code": 16, "Name": "running"},
                 "SubnetId": "subnet-x", "VpcId": "vpc-x", "Placement": {"AvailabilityZone": "us-east-1c"},
                 "Tags": [{"Key": "env", "Value": "prod"}],
                 "NetworkInterfaces": [
                   {"NetworkInterfaceId": "eni-b", "SubnetId": "subnet-y", "VpcId": "vpc-x",
                    "InterfaceType": "efa", "Attachment": {"DeviceIndex": 1, "NetworkCardIndex": 1,
                    "Status": "attached", "DeleteOnTermination": false}},
                   {"NetworkInterfaceId": "eni-a", "Attachment": {"DeviceIndex": 0}}]},
                {"InstanceId": "i-2", "SomethingNew": [1, 2]}]},
              {"Instances": [{"InstanceId": "i-3", "State": {"Name": "terminated"}}]}]}
            """);

    assertThat(loaded).isEqualTo(3);
    assertThat(world.ec2.instanceIds()).containsExactly("i-1", "i-2", "i-3");
    Instance one = world.describe(r -> r.instanceIds("i-1")).getFirst();
    assertThat(one.subnetId()).isEqualTo("subnet-x");
    assertThat(one.placement().availabilityZone()).isEqualTo("us-east-1c");
    assertThat(one.networkInterfaces())
        .extracting(InstanceNetworkInterface::networkInterfaceId)
        .as("order of the file")
        .containsExactly("eni-b", "eni-a");
    assertThat(one.networkInterfaces().getFirst().interfaceType()).isEqualTo("efa");
    assertThat(one.networkInterfaces().getFirst().attachment().networkCardIndex()).isEqualTo(1);
    assertThat(one.networkInterfaces().getFirst().attachment().deleteOnTermination()).isFalse();
    assertThat(one.networkInterfaces().getLast().subnetId()).isEqualTo("subnet-x");
    assertThat(world.client.describeSubnets(r -> r.subnetIds("subnet-y")).subnets()).hasSize(1);
    assertThat(world.describe(r -> r.instanceIds("i-2")).getFirst().networkInterfaces()).isEmpty();
    assertThat(world.describe(r -> r.instanceIds("i-3")).getFirst().state().name())
        .isEqualTo(InstanceStateName.TERMINATED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "nonsense{ | not JSON",
        "[] | Reservations is missing",
        "{\"Reservations\": 1} | Reservations is not a list",
        "{\"Reservations\": [{\"Instances\": [{}]}]} | instance number 1 has no InstanceId",
        "{\"Reservations\": [{\"Instances\": [{\"InstanceId\": 5}]}]} | InstanceId is not a string",
        "{\"Reservations\": [{\"Instances\": [{\"InstanceId\": \"x\"}]}]} | 'x' is not an id of the"
            + " form i-...",
        "{\"Reservations\": [{\"Instances\": [{\"InstanceId\": \"i-1\"}, {\"InstanceId\":"
            + " \"i-1\"}]}]} | i-1 already exists",
        "{\"Reservations\": [{\"Instances\": [{\"InstanceId\": \"i-1\", \"State\": {\"Name\":"
            + " \"asleep\"}}]}]} | i-1: 'asleep' is not an instance state",
        "{\"Reservations\": [{\"Instances\": [{\"InstanceId\": \"i-1\", \"Tags\": {}}]}]} | i-1:"
            + " Tags is not a list",
        "{\"Reservations\": [{\"Instances\": [{\"InstanceId\": \"i-1\", \"InstanceType\":"
            + " \"big\"}]}]} | i-1: 'big' is not an instance type",
        "{\"Reservations\": [{\"Instances\": [{\"InstanceId\": \"i-1\", \"SubnetId\":"
            + " \"subnet-0000000000000000a\", \"VpcId\": \"vpc-z\"}]}]} | i-1:"
            + " subnet-0000000000000000a is in",
        "{\"Reservations\": [{\"Instances\": [{\"InstanceId\": \"i-1\", \"NetworkInterfaces\":"
            + " [{}]}]}]} | i-1: an interface without",
        "{\"Reservations\": [{\"Instances\": [{\"InstanceId\": \"i-1\", \"NetworkInterfaces\":"
            + " [{\"NetworkInterfaceId\": \"eni-1\", \"Attachment\": {\"DeviceIndex\":"
            + " \"a\"}}]}]}]} | i-1: DeviceIndex is not a whole number",
      })
  void rejectsABrokenFileNamingTheInstanceAndChangesNothing(String json, String message) {
    assertThatThrownBy(() -> world.ec2.loadInstances(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
    assertThat(world.ec2.instanceIds()).isEmpty();
    assertThat(world.client.describeVpcs(r -> {}).vpcs()).hasSize(1);
  }

  @Test
  void rejectsInvalidSeeds() {
    world.running(1).running(2);
    world.ec2.putInterfaceTarget("tmt-1", eni(1));
    world.ec2.putSession("tms-1", eni(2), "tmt-1", Ec2World.FILTER, 1, Map.of());

    assertRejected(() -> world.ec2.putVpc("vpc-1", "somewhere"));
    assertRejected(() -> world.ec2.putVpc("subnet-1", "10.0.0.0/16"));
    assertRejected(() -> world.ec2.putSubnet("subnet-1", "vpc-1", "us-east-1a"));
    assertRejected(() -> world.ec2.putSubnet(SUBNET, VPC, "us-east-1a"));
    assertRejected(() -> world.ec2.putInterfaceTarget("tmt-2", eni(9)));
    assertRejected(() -> world.ec2.putInterfaceTarget("tmt-2", eni(1)));
    assertRejected(() -> world.ec2.putInterfaceTarget("tmt-2", eni(2)));
    assertRejected(
        () -> world.ec2.putSession("tms-2", eni(2), "tmt-1", Ec2World.FILTER, 1, Map.of()));
    assertRejected(
        () -> world.ec2.putSession("tms-2", eni(2), "tmt-9", Ec2World.FILTER, 2, Map.of()));
    assertRejected(
        () -> world.ec2.putInstance(InstanceSeed.running("i-9", "m5.large", "nowhere", "")));
    assertRejected(() -> world.ec2.setState(instance(9), "running"));
    assertRejected(() -> world.ec2.setTag(instance(9), "k", "v"));
    world.ec2.setState(instance(1), "terminated");
    assertRejected(() -> world.ec2.setState(instance(1), "running"));
  }

  private static void assertRejected(Runnable put) {
    assertThatThrownBy(put::run).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void generatesIdsThatASeedOmits() {
    String id =
        world.ec2.putInstance(
            InstanceSeed.running("", "m5.large", SUBNET, "").withInterface("", 1));

    assertThat(id).matches("i-[0-9a-f]{17}");
    assertThat(world.describe(r -> r.instanceIds(id)).getFirst().networkInterfaces())
        .hasSize(2)
        .allSatisfy(eni -> assertThat(eni.networkInterfaceId()).matches("eni-[0-9a-f]{17}"));
  }

  @Test
  void theSameSeedGeneratesTheSameIds() {
    String one = world.ec2.putInstance(InstanceSeed.running("", "m5.large", SUBNET, ""));
    String other = new Ec2World().ec2.putInstance(InstanceSeed.running("", "m5.large", SUBNET, ""));

    assertThat(one).isEqualTo(other);
  }

  @Test
  void describesInstanceTypesByName() {
    var types =
        world
            .client
            .describeInstanceTypes(
                r -> r.instanceTypesWithStrings("c4.large", "m5.metal", "m8g.large"))
            .instanceTypes();

    assertThat(types)
        .extracting(
            t -> t.instanceTypeAsString() + " " + t.hypervisorAsString() + " " + t.bareMetal())
        .containsExactlyInAnyOrder(
            "c4.large xen false", "m5.metal null true", "m8g.large nitro false");
    assertThat(
            Ec2World.errorOf(
                () -> world.client.describeInstanceTypes(r -> r.instanceTypesWithStrings("x.y"))))
        .isEqualTo("400 InvalidInstanceType");
    assertThat(
            world
                .client
                .describeInstanceTypes(r -> r.filters(Ec2World.filter("instance-type", "c5.*")))
                .instanceTypes())
        .hasSizeGreaterThan(5);
  }
}
