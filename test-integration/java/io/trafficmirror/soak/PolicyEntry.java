package io.trafficmirror.soak;

import io.trafficmirror.embedded.InstanceView;
import io.trafficmirror.harness.FleetSpec;
import io.trafficmirror.harness.SessionCheck;
import io.trafficmirror.harness.TargetPool;
import java.util.List;
import java.util.Optional;

/**
 * An entry of the soak's policy, modelled without the product's parser.
 *
 * @param name its name in the soak
 * @param filter the mirror filter
 * @param target the mirror target; empty for a target on demand
 * @param number the session number, unless a foreign session has it
 */
record PolicyEntry(String name, String filter, Optional<String> target, int number) {

  static final PolicyEntry BLUE =
      new PolicyEntry("tag blue", "tmf-0blue", Optional.of("tmt-0blue"), 100);
  static final PolicyEntry RED = new PolicyEntry("tag red", "tmf-0red", Optional.of("tmt-0red"), 7);
  static final PolicyEntry POOL = new PolicyEntry("tag pool", "tmf-0pool", Optional.empty(), 100);
  static final PolicyEntry SUBNET =
      new PolicyEntry("subnet", "tmf-0subnet", Optional.of("tmt-0blue"), 100);
  static final PolicyEntry VPC = new PolicyEntry("vpc", "tmf-0vpc", Optional.of("tmt-0red"), 100);

  static final List<PolicyEntry> ALL = List.of(BLUE, RED, POOL, SUBNET, VPC);

  /** The key of the tag that selects an entry. */
  static final String TAG = "mirror";

  static final String WATCHED_VPC = "vpc-0watched";
  static final String PLAIN_VPC = "vpc-0plain";
  static final String WATCHED_SUBNET = "subnet-0watched";
  static final String SUBNET_OF_WATCHED_VPC = "subnet-0of-watched-vpc";
  static final String PLAIN_SUBNET = "subnet-0plain";
  static final String SENSORS_SUBNET = "subnet-0sensors";

  /** The launch parameters of targets on demand. */
  static final String SENSOR_TYPE = "t3.micro";

  static final String SENSOR_IMAGE = "ami-0sensor";
  static final String SENSOR_GROUP = "sg-0sensor";

  private static final TargetPool SENSORS =
      new TargetPool(SENSOR_TYPE, SENSOR_IMAGE, List.of(SENSOR_GROUP), Optional.of(SENSORS_SUBNET));

  static final String POLICY =
      """
      tags:
      - tagList: [{Key: mirror, Value: blue}]
        filterId: tmf-0blue
        targetId: tmt-0blue
      - tagList: [{Key: mirror, Value: red}, {Key: mirror, Value: scarlet}]
        filterId: tmf-0red
        targetId: tmt-0red
        sessionNumber: 7
      - tagList: [{Key: mirror, Value: pool}]
        filterId: tmf-0pool
        targetInstanceType: t3.micro
        targetInstanceAmi: ami-0sensor
        targetSecurityGroupIds: [sg-0sensor]
        targetSubnetId: subnet-0sensors
      subnets:
      - subnetId: subnet-0watched
        filterId: tmf-0subnet
        targetId: tmt-0blue
      vpcs:
      - vpcId: vpc-0watched
        filterId: tmf-0vpc
        targetId: tmt-0red
      """;

  static final FleetSpec SPEC =
      new FleetSpec(
          List.of(
              new FleetSpec.Vpc(WATCHED_VPC, "10.0.0.0/8"),
              new FleetSpec.Vpc(PLAIN_VPC, "10.0.0.0/8")),
          List.of(
              subnet(SUBNET_OF_WATCHED_VPC, WATCHED_VPC, "us-east-1a", "10.1.0.0/16"),
              subnet(WATCHED_SUBNET, PLAIN_VPC, "us-east-1a", "10.2.0.0/16"),
              subnet(PLAIN_SUBNET, PLAIN_VPC, "us-east-1b", "10.3.0.0/16"),
              subnet(SENSORS_SUBNET, PLAIN_VPC, "us-east-1b", "10.4.0.0/16")),
          ALL.stream().map(PolicyEntry::filter).toList(),
          List.of("tmt-0blue", "tmt-0red"));

  private static FleetSpec.Subnet subnet(String id, String vpc, String zone, String cidr) {
    return new FleetSpec.Subnet(id, vpc, zone, Optional.of(cidr));
  }

  /** Whether an instance has the launch parameters of the policy's targets on demand. */
  static boolean isSensor(InstanceView instance) {
    return TargetPool.of(instance).equals(SENSORS);
  }

  /** The expected target and filter. */
  SessionCheck.Wanted wanted() {
    return new SessionCheck.Wanted(target.orElse(SENSORS.place()), filter);
  }

  /** The entry that matches an instance with that tag in that subnet. */
  static Optional<PolicyEntry> matching(Optional<String> tag, String subnet) {
    return switch (tag.orElse("")) {
      case "blue" -> Optional.of(BLUE);
      case "red", "scarlet" -> Optional.of(RED);
      case "pool" -> Optional.of(POOL);
      default ->
          switch (subnet) {
            case WATCHED_SUBNET -> Optional.of(SUBNET);
            case SUBNET_OF_WATCHED_VPC -> Optional.of(VPC);
            default -> Optional.empty();
          };
    };
  }
}
