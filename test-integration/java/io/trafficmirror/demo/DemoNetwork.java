package io.trafficmirror.demo;

import java.util.List;

/** The network that generated fleets live in: three VPCs, nine subnets, and the shipped sensors. */
final class DemoNetwork {

  /** The region that the demo plays in. */
  static final String REGION = "us-east-1";

  /** The account that owns everything; one of AWS's documentation accounts. */
  static final String ACCOUNT = "111122223333";

  /** The mirror target that the shipped policy names and that is an interface of the fleet. */
  static final String SENSOR_TARGET = "tmt-00000000000000d01";

  /** A mirror target that no policy names: its instance must be left alone all the same. */
  static final String SPARE_TARGET = "tmt-00000000000000d02";

  private static final List<Subnet> SUBNETS =
      List.of(
          new Subnet("subnet-00000000000000a01", "vpc-00000000000000a00", "us-east-1a", "10.10.1"),
          new Subnet("subnet-00000000000000a02", "vpc-00000000000000a00", "us-east-1a", "10.10.2"),
          new Subnet("subnet-00000000000000a03", "vpc-00000000000000a00", "us-east-1b", "10.10.3"),
          new Subnet("subnet-00000000000000b01", "vpc-00000000000000b00", "us-east-1a", "10.20.1"),
          new Subnet("subnet-00000000000000b02", "vpc-00000000000000b00", "us-east-1a", "10.20.2"),
          new Subnet("subnet-00000000000000b03", "vpc-00000000000000b00", "us-east-1b", "10.20.3"),
          new Subnet("subnet-00000000000000c01", "vpc-00000000000000c00", "us-east-1a", "10.30.1"),
          new Subnet("subnet-00000000000000c02", "vpc-00000000000000c00", "us-east-1a", "10.30.2"),
          new Subnet("subnet-00000000000000c03", "vpc-00000000000000c00", "us-east-1b", "10.30.3"));

  private DemoNetwork() {}

  /** All subnets: of each VPC two in one Availability Zone and one in another. */
  static List<Subnet> subnets() {
    return SUBNETS;
  }

  /** Where an interface of an instance in {@code home} can be: an instance has one zone. */
  static List<Subnet> siblings(Subnet home) {
    return SUBNETS.stream()
        .filter(s -> s.vpc().equals(home.vpc()) && s.zone().equals(home.zone()))
        .toList();
  }

  /**
   * A subnet.
   *
   * @param id its id
   * @param vpc its VPC
   * @param zone its Availability Zone
   * @param network the first three numbers of its addresses
   */
  record Subnet(String id, String vpc, String zone, String network) {}
}
