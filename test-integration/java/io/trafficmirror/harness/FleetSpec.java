package io.trafficmirror.harness;

import io.trafficmirror.embedded.EmbeddedEc2;
import java.util.List;
import java.util.Optional;

/**
 * The initial state of an account: its network, and the resources that a policy refers to.
 *
 * @param vpcs the VPCs
 * @param subnets the subnets of the VPCs
 * @param filters ids of mirror filters
 * @param targets ids of mirror targets, each a Network Load Balancer
 */
public record FleetSpec(
    List<Vpc> vpcs, List<Subnet> subnets, List<String> filters, List<String> targets) {

  /** A VPC and its CIDR block. */
  public record Vpc(String id, String cidr) {}

  /**
   * A subnet.
   *
   * @param cidr its CIDR block; empty for the next free one of the VPC
   */
  public record Subnet(String id, String vpc, String zone, Optional<String> cidr) {

    /** Creates a subnet with the next free CIDR block. */
    public Subnet(String id, String vpc, String zone) {
      this(id, vpc, zone, Optional.empty());
    }
  }

  public FleetSpec {
    vpcs = List.copyOf(vpcs);
    subnets = List.copyOf(subnets);
    filters = List.copyOf(filters);
    targets = List.copyOf(targets);
  }

  /** Creates all resources in EC2. */
  public void putInto(EmbeddedEc2 ec2) {
    vpcs.forEach(vpc -> ec2.putVpc(vpc.id(), vpc.cidr()));
    for (Subnet subnet : subnets) {
      subnet
          .cidr()
          .ifPresentOrElse(
              cidr -> ec2.putSubnet(subnet.id(), subnet.vpc(), subnet.zone(), cidr),
              () -> ec2.putSubnet(subnet.id(), subnet.vpc(), subnet.zone()));
    }
    filters.forEach(ec2::putFilter);
    ec2.putNetworkLoadBalancerTargets(targets);
  }
}
