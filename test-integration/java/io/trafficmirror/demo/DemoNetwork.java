package io.trafficmirror.demo;

import java.util.List;

/** The network of generated fleets: three VPCs with nine subnets, and the sensors. */
final class DemoNetwork {

  /** The Region of the demo. */
  static final String REGION = "us-east-1";

  /** The account of the demo, an ID that AWS reserves for documentation. */
  static final String ACCOUNT = "111122223333";

  /** The mirror target in the shipped policy that is an interface of the fleet. */
  static final String SENSOR_TARGET = "tmt-00000000000000d01";

  /** A mirror target that no policy refers to. Its instance must not be mirrored either. */
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

  /** All subnets: per VPC, two in one Availability Zone and one in another. */
  static List<Subnet> subnets() {
    return SUBNETS;
  }

  /**
   * The possible subnets of the interfaces of an instance in {@code home}: those of its VPC and
   * Availability Zone.
   */
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
   * @param network the first three octets of its addresses
   */
  record Subnet(String id, String vpc, String zone, String network) {}
}
