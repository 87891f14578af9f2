package io.trafficmirror.embedded.ec2;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** The actions on network interfaces, except attachments. */
final class InterfaceActions {

  private static final String KIND = "network-interface";

  private final World world;
  private final Listing<Interface> listing;

  InterfaceActions(World world) {
    this.world = world;
    // 5 to 1,000: EC2 API reference, DescribeNetworkInterfaces.
    Listing.Bounds bounds = new Listing.Bounds(5, 1000, Optional.empty());
    this.listing =
        new Listing<>(
                world,
                "DescribeNetworkInterfaces",
                world.interfaces,
                filters(world),
                bounds,
                NotFound::interfaces)
            .indexedById("network-interface-id")
            .indexed("attachment.instance-id", world.interfacesByInstance::find);
  }

  Map<String, Action> actions() {
    return Map.of(
        "DescribeNetworkInterfaces",
        Action.of("NetworkInterfaceId.# +Filter +Page", this::describe),
        "CreateNetworkInterface",
        Action.of(
            "SubnetId! Description PrivateIpAddress SecurityGroupId.# +Tags +Token", this::create),
        "DeleteNetworkInterface",
        Action.of("NetworkInterfaceId!", this::delete));
  }

  private static FilterTable<Interface> filters(World world) {
    return new FilterTable<Interface>("DescribeNetworkInterfaces")
        .one("network-interface-id", Interface::id)
        .one("interface-type", Interface::type)
        .one("availability-zone", Interface::zone)
        .one("description", eni -> eni.details().description())
        .one("mac-address", eni -> eni.details().mac())
        .one("private-ip-address", eni -> eni.details().address())
        .one("addresses.private-ip-address", eni -> eni.details().address())
        .one("owner-id", eni -> world.account())
        .one("status", eni -> eni.attachment().isPresent() ? "in-use" : "available")
        .optional("subnet-id", Interface::subnetId)
        .optional("vpc-id", Interface::vpcId)
        .many("group-id", (eni, view) -> eni.details().groups())
        .optional("attachment.instance-id", eni -> eni.attachment().map(a -> a.instanceId()))
        .optional("attachment.attachment-id", eni -> eni.attachment().map(a -> a.id()))
        .optional("attachment.device-index", eni -> eni.attachment().map(a -> "" + a.deviceIndex()))
        .optional("attachment.status", eni -> eni.attachment().map(a -> a.status()))
        .optional(
            "attachment.delete-on-termination",
            eni -> eni.attachment().map(a -> Boolean.toString(a.deleteOnTermination())))
        .tags(Interface::tags);
  }

  private void describe(Parameters request, Xml out) {
    Listing.Page<Interface> page =
        listing.page(request, request.list("NetworkInterfaceId"), world.readView());
    out.open("networkInterfaceSet");
    for (Interface eni : page.items()) {
      InterfaceXml.writeStandalone(out.open("item"), eni, world.account());
      out.close();
    }
    out.close().text("nextToken", page.nextToken());
  }

  private void create(Parameters request, Xml out) {
    Optional<String> token = ClientTokens.of(request);
    SortedMap<String, String> tags = Tags.onCreate(request, KIND, Set.of(KIND));
    String digest = request.canonical(Set.of("ClientToken", "DryRun"));
    Interface eni =
        token
            .flatMap(t -> world.clientTokens().replay(KIND, t, digest, Interface.class))
            .filter(made -> world.interfaces.now(made.id()).isPresent())
            .orElseGet(() -> make(request, tags));
    token.ifPresent(t -> world.clientTokens().remember(KIND, t, digest, eni));
    InterfaceXml.writeStandalone(out.open("networkInterface"), eni, world.account());
    out.close().text("clientToken", token);
  }

  private Interface make(Parameters request, SortedMap<String, String> tags) {
    String subnetId = request.required("SubnetId");
    Subnet subnet =
        world.subnets.now(subnetId).orElseThrow(() -> NotFound.subnets(List.of(subnetId)));
    if (world.freeAddresses(subnet) < 1) {
      throw noFreeAddress(subnet);
    }
    Optional<String> address = request.text("PrivateIpAddress");
    address
        .filter(text -> Cidr.parse(text + "/32").isEmpty())
        .ifPresent(
            text -> {
              throw ApiException.invalidValue(text, "address");
            });
    Interface eni =
        new Interface(
            world.ids().next("eni"),
            Optional.of(subnet.id()),
            Optional.of(subnet.vpcId()),
            subnet.zone(),
            "interface",
            Optional.empty(),
            tags,
            new Interface.Details(
                request.text("Description").orElse(""),
                world.ids().macAddress(),
                address.orElseGet(() -> world.nextAddress(Optional.of(subnet))),
                request.list("SecurityGroupId")));
    world.addInterface(eni, world.now());
    return eni;
  }

  static ApiException noFreeAddress(Subnet subnet) {
    return new ApiException(
        "InsufficientFreeAddressesInSubnet",
        "The specified subnet does not have enough free addresses: " + subnet.id());
  }

  private void delete(Parameters request, Xml out) {
    String id = request.required("NetworkInterfaceId");
    Interface eni = world.interfaces.now(id).orElseThrow(() -> NotFound.interfaces(List.of(id)));
    if (eni.attachment().isPresent()) {
      throw new ApiException(
          "InvalidNetworkInterface.InUse", "Interface: [%s] in use.".formatted(id));
    }
    world.deleteInterface(eni, world.now());
    out.flag("return", true);
  }
}
