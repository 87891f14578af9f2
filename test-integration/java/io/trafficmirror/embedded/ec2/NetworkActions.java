package io.trafficmirror.embedded.ec2;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** VPCs and subnets. */
final class NetworkActions {

  private final World world;
  private final Listing<Vpc> vpcs;
  private final Listing<Subnet> subnets;

  NetworkActions(World world) {
    this.world = world;
    // 5 to 1,000: EC2 API reference, DescribeVpcs and DescribeSubnets.
    Listing.Bounds bounds = new Listing.Bounds(5, 1000, Optional.empty());
    this.vpcs =
        new Listing<>(world, "DescribeVpcs", world.vpcs, vpcFilters(world), bounds, NotFound::vpcs)
            .indexedById("vpc-id");
    this.subnets =
        new Listing<>(
                world,
                "DescribeSubnets",
                world.subnets,
                subnetFilters(world),
                bounds,
                NotFound::subnets)
            .indexedById("subnet-id");
  }

  Map<String, Action> actions() {
    return Map.of(
        "CreateVpc", Action.of("CidrBlock! +Tags", this::createVpc),
        "DeleteVpc", Action.of("VpcId!", this::deleteVpc),
        "DeleteSubnet", Action.of("SubnetId!", this::deleteSubnet),
        "DescribeVpcs", Action.of("VpcId.# +Filter +Page", this::describeVpcs),
        "CreateSubnet", Action.of("VpcId! CidrBlock! AvailabilityZone +Tags", this::createSubnet),
        "DescribeSubnets", Action.of("SubnetId.# +Filter +Page", this::describeSubnets));
  }

  private static FilterTable<Vpc> vpcFilters(World world) {
    return new FilterTable<Vpc>("DescribeVpcs")
        .one("vpc-id", Vpc::id)
        .one("cidr", Vpc::cidr)
        .one("owner-id", vpc -> world.account())
        .one("state", vpc -> "available")
        .one("is-default", vpc -> "false")
        .tags(Vpc::tags);
  }

  private static FilterTable<Subnet> subnetFilters(World world) {
    return new FilterTable<Subnet>("DescribeSubnets")
        .one("subnet-id", Subnet::id)
        .one("vpc-id", Subnet::vpcId)
        .one("availability-zone", Subnet::zone)
        .one("cidr-block", subnet -> subnet.cidr().toString())
        .one("available-ip-address-count", s -> Long.toString(world.freeAddresses(s)))
        .one("owner-id", subnet -> world.account())
        .one("state", subnet -> "available")
        .one("default-for-az", subnet -> "false")
        .tags(Subnet::tags);
  }

  private void createVpc(Parameters request, Xml out) {
    Cidr cidr = cidr(request);
    Vpc vpc =
        new Vpc(
            world.ids().next("vpc"), cidr.toString(), Tags.onCreate(request, "vpc", Set.of("vpc")));
    world.vpcs.put(vpc, world.now());
    write(out.open("vpc"), vpc);
    out.close();
  }

  private void createSubnet(Parameters request, Xml out) {
    String vpcId = request.required("VpcId");
    if (world.vpcs.now(vpcId).isEmpty()) {
      throw NotFound.vpcs(List.of(vpcId));
    }
    String zone = request.text("AvailabilityZone").orElse(world.region() + "a");
    if (!zone.matches(world.region() + "[a-f]")) {
      throw ApiException.invalidValue(zone, "availabilityZone");
    }
    Subnet subnet =
        new Subnet(
            world.ids().next("subnet"),
            vpcId,
            zone,
            cidr(request),
            Tags.onCreate(request, "subnet", Set.of("subnet")));
    world.subnets.put(subnet, world.now());
    write(out.open("subnet"), subnet);
    out.close();
  }

  private void deleteVpc(Parameters request, Xml out) {
    String id = request.required("VpcId");
    if (world.vpcs.now(id).isEmpty()) {
      throw NotFound.vpcs(List.of(id));
    }
    if (world.subnets.all().stream().anyMatch(subnet -> subnet.vpcId().equals(id))) {
      throw inUse("vpc", id);
    }
    world.vpcs.remove(id, world.now());
    out.flag("return", true);
  }

  private void deleteSubnet(Parameters request, Xml out) {
    String id = request.required("SubnetId");
    Subnet subnet = world.subnets.now(id).orElseThrow(() -> NotFound.subnets(List.of(id)));
    if (world.freeAddresses(subnet) < subnet.cidr().usable()) {
      throw inUse("subnet", id);
    }
    world.subnets.remove(id, world.now());
    out.flag("return", true);
  }

  private static ApiException inUse(String kind, String id) {
    return new ApiException(
        "DependencyViolation",
        "The %s '%s' has dependencies and cannot be deleted.".formatted(kind, id));
  }

  private static Cidr cidr(Parameters request) {
    String text = request.required("CidrBlock");
    return Cidr.parse(text)
        .filter(cidr -> cidr.length() >= 16 && cidr.length() <= 28)
        .orElseThrow(() -> ApiException.invalidValue(text, "cidrBlock"));
  }

  private void describeVpcs(Parameters request, Xml out) {
    Listing.Page<Vpc> page = vpcs.page(request, request.list("VpcId"), world.current());
    out.open("vpcSet");
    for (Vpc vpc : page.items()) {
      write(out.open("item"), vpc);
      out.close();
    }
    out.close().text("nextToken", page.nextToken());
  }

  private void describeSubnets(Parameters request, Xml out) {
    Listing.Page<Subnet> page = subnets.page(request, request.list("SubnetId"), world.current());
    out.open("subnetSet");
    for (Subnet subnet : page.items()) {
      write(out.open("item"), subnet);
      out.close();
    }
    out.close().text("nextToken", page.nextToken());
  }

  private void write(Xml out, Vpc vpc) {
    out.text("vpcId", vpc.id())
        .text("ownerId", world.account())
        .text("state", "available")
        .text("cidrBlock", vpc.cidr())
        .text("instanceTenancy", "default")
        .flag("isDefault", false);
    Tags.write(out, vpc.tags());
  }

  private void write(Xml out, Subnet subnet) {
    out.text("subnetId", subnet.id())
        .text("subnetArn", world.arn("subnet", subnet.id()))
        .text("ownerId", world.account())
        .text("state", "available")
        .text("vpcId", subnet.vpcId())
        .text("cidrBlock", subnet.cidr().toString())
        .number("availableIpAddressCount", world.freeAddresses(subnet))
        .text("availabilityZone", subnet.zone())
        .flag("defaultForAz", false)
        .flag("mapPublicIpOnLaunch", false);
    Tags.write(out, subnet.tags());
  }
}
