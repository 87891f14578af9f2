package io.trafficmirror.embedded.ec2;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** DescribeInstances. */
final class InstanceActions {

  private final World world;
  private final InstanceXml xml;
  private final Listing<Instance> listing;

  InstanceActions(World world) {
    this.world = world;
    this.xml = new InstanceXml(world);
    // 5 to 1,000: EC2 API reference, DescribeInstances; all at once without MaxResults.
    Listing.Bounds bounds = new Listing.Bounds(5, 1000, Optional.empty());
    this.listing =
        new Listing<>(
                world,
                "DescribeInstances",
                world.instances,
                filters(world),
                bounds,
                NotFound::instances)
            .indexedById("instance-id")
            .indexed("network-interface.network-interface-id", this::byInterface)
            .visible((instance, view) -> !instance.status().forgotten(view));
  }

  Map<String, Action> actions() {
    return Map.of("DescribeInstances", Action.of("InstanceId.# +Filter +Page", this::describe));
  }

  private Collection<Instance> byInterface(String interfaceId, View view) {
    return world
        .interfaces
        .at(interfaceId, view)
        .flatMap(Interface::attachment)
        .flatMap(attachment -> world.instances.at(attachment.instanceId(), view))
        .stream()
        .toList();
  }

  private static FilterTable<Instance> filters(World world) {
    FilterTable<Instance> table =
        new FilterTable<Instance>("DescribeInstances")
            .one("instance-id", Instance::id)
            .one("instance-type", Instance::type)
            .one("reservation-id", Instance::reservationId)
            .one("launch-index", instance -> Integer.toString(instance.index()))
            .one("owner-id", instance -> world.account())
            .one("availability-zone", Instance::zone)
            .optional("subnet-id", Instance::subnetId)
            .optional("vpc-id", Instance::vpcId)
            .optional("client-token", Instance::clientToken)
            .optional("image-id", instance -> instance.details().imageId())
            .optional("private-ip-address", instance -> instance.details().privateIp())
            .many(
                "instance-state-name",
                (instance, view) -> List.of(instance.status().at(view).text()))
            .many(
                "instance-state-code",
                (instance, view) -> List.of(Integer.toString(instance.status().at(view).code())))
            .tags(Instance::tags);
    ofInterfaces(world, table, "network-interface-id", eni -> Optional.of(eni.id()));
    ofInterfaces(world, table, "subnet-id", Interface::subnetId);
    ofInterfaces(world, table, "vpc-id", Interface::vpcId);
    ofInterfaces(world, table, "availability-zone", eni -> Optional.of(eni.zone()));
    ofInterfaces(world, table, "owner-id", eni -> Optional.of(world.account()));
    ofInterfaces(world, table, "attachment.attachment-id", eni -> of(eni, a -> a.id()));
    ofInterfaces(world, table, "attachment.instance-id", eni -> of(eni, a -> a.instanceId()));
    ofInterfaces(
        world, table, "attachment.device-index", eni -> of(eni, a -> "" + a.deviceIndex()));
    ofInterfaces(world, table, "attachment.status", eni -> of(eni, a -> a.status()));
    ofInterfaces(
        world,
        table,
        "attachment.delete-on-termination",
        eni -> of(eni, a -> Boolean.toString(a.deleteOnTermination())));
    return table;
  }

  private static Optional<String> of(
      Interface eni, Function<Interface.Attachment, String> attribute) {
    return eni.attachment().map(attribute);
  }

  private static void ofInterfaces(
      World world,
      FilterTable<Instance> table,
      String name,
      Function<Interface, Optional<String>> attribute) {
    table.many(
        "network-interface." + name,
        (instance, view) ->
            world.interfacesByInstance.find(instance.id(), view).stream()
                .flatMap(eni -> attribute.apply(eni).stream())
                .toList());
  }

  private void describe(Parameters request, Xml out) {
    List<String> ids = request.list("InstanceId");
    for (String other : List.of("MaxResults", "NextToken")) {
      if (!ids.isEmpty() && request.text(other).isPresent()) {
        String name = Character.toLowerCase(other.charAt(0)) + other.substring(1);
        throw new ApiException(
            "InvalidParameterCombination",
            "The parameter instancesSet cannot be used with the parameter " + name);
      }
    }
    View view = world.readView();
    Listing.Page<Instance> page = listing.page(request, ids, view);
    out.open("reservationSet");
    String reservation = "";
    for (Instance instance : page.items()) {
      if (!instance.reservationId().equals(reservation)) {
        if (!reservation.isEmpty()) {
          out.close().close();
        }
        reservation = instance.reservationId();
        xml.openReservation(out.open("item"), reservation);
      }
      xml.write(out, instance, view);
    }
    if (!reservation.isEmpty()) {
      out.close().close();
    }
    out.close().text("nextToken", page.nextToken());
  }
}
