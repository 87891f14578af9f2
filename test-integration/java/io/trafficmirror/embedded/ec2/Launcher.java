package io.trafficmirror.embedded.ec2;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** Creates the instances of a launch with their interfaces, all or none. */
final class Launcher {

  /** The parameters of a launch. */
  record Order(
      int count,
      String type,
      String imageId,
      Optional<String> clientToken,
      SortedMap<String, String> tags,
      SortedMap<String, String> interfaceTags,
      Instance.Settings settings) {}

  /**
   * An interface of every launched instance.
   *
   * @param existing an existing interface instead of a new one in the subnet
   */
  record Network(
      int deviceIndex,
      int networkCard,
      Optional<String> subnetId,
      Optional<String> existing,
      boolean deleteOnTermination,
      String description,
      String type,
      List<String> groups) {}

  private final World world;

  Launcher(World world) {
    this.world = world;
  }

  List<Instance> launch(Order order, List<Network> networks) {
    Subnet subnet = check(order, networks);
    String reservation = world.ids().next("r");
    List<Instance> instances = new ArrayList<>();
    for (int index = 0; index < order.count(); index++) {
      instances.add(launchOne(order, networks, subnet, reservation, index));
    }
    return instances;
  }

  /** Returns the primary interface's subnet. */
  private Subnet check(Order order, List<Network> networks) {
    List<String> groups = networks.stream().flatMap(n -> n.groups().stream()).toList();
    world.launchConstraints().checkImageAndGroups(order.imageId(), groups);
    Subnet primary = checkNetworks(order, networks);
    world.launchConstraints().checkOffered(order.type(), primary.zone());
    world.launchConstraints().checkQuota(order.type(), order.count(), runningTypes());
    checkAddresses(order, networks);
    world.launchConstraints().checkCapacity(order.type(), primary.zone());
    return primary;
  }

  private List<String> runningTypes() {
    return world.instances.all().stream()
        .filter(instance -> instance.status().at(world.current()).isUp())
        .map(Instance::type)
        .toList();
  }

  private void checkAddresses(Order order, List<Network> networks) {
    for (Network network : networks) {
      Subnet subnet = subnet(network);
      if (network.existing().isEmpty() && world.freeAddresses(subnet) < order.count()) {
        throw InterfaceActions.noFreeAddress(subnet);
      }
    }
  }

  private Subnet checkNetworks(Order order, List<Network> networks) {
    Set<String> places = new HashSet<>();
    Optional<Subnet> primary = Optional.empty();
    for (Network network : networks) {
      Subnet subnet = subnet(network);
      if (!places.add(network.networkCard() + "/" + network.deviceIndex())) {
        throw new ApiException(
            "InvalidParameterValue", "Each network interface requires a unique device index.");
      }
      if (network.existing().isPresent() && order.count() > 1) {
        throw new ApiException(
            "InvalidParameterCombination",
            "A network interface ID may not be specified when launching several instances");
      }
      if (network.deviceIndex() == 0 && network.networkCard() == 0) {
        primary = Optional.of(subnet);
      }
    }
    return primary.orElseThrow(
        () ->
            new ApiException(
                "InvalidParameterCombination",
                "A primary network interface with device index 0 is required"));
  }

  private Subnet subnet(Network network) {
    if (network.existing().isPresent()) {
      Interface eni = existing(network.existing().get());
      return eni.subnetId().flatMap(world.subnets::now).orElseThrow(Launcher::noSubnet);
    }
    String id = network.subnetId().orElseThrow(Launcher::noSubnet);
    return world.subnets.now(id).orElseThrow(() -> NotFound.subnets(List.of(id)));
  }

  private static ApiException noSubnet() {
    return new ApiException(
        "VPCIdNotSpecified", "No default VPC for this user. Specify a subnet or an interface.");
  }

  private Interface existing(String id) {
    Interface eni = world.interfaces.now(id).orElseThrow(() -> NotFound.interfaces(List.of(id)));
    if (eni.attachment().isPresent()) {
      throw new ApiException(
          "InvalidNetworkInterface.InUse", "Interface: [%s] in use.".formatted(id));
    }
    return eni;
  }

  private Instance launchOne(
      Order order, List<Network> networks, Subnet subnet, String reservation, int index) {
    Instant now = world.now();
    String id = world.ids().next("i");
    Optional<String> address = Optional.empty();
    for (Network network : networks) {
      Interface eni = attach(order, network, id, now);
      if (network.deviceIndex() == 0 && network.networkCard() == 0) {
        address = Optional.of(eni.details().address());
      }
    }
    Instance instance =
        new Instance(
            id,
            reservation,
            index,
            order.type(),
            Status.moving(State.PENDING, State.RUNNING, now, world.options().transitionTime()),
            Optional.of(subnet.id()),
            Optional.of(subnet.vpcId()),
            subnet.zone(),
            order.tags(),
            order.clientToken(),
            new Instance.Details(Optional.of(order.imageId()), address, now, "", order.settings()));
    world.instances.put(instance, now);
    return instance;
  }

  private Interface attach(Order order, Network network, String instanceId, Instant now) {
    Optional<Interface.Attachment> attachment =
        Optional.of(
            new Interface.Attachment(
                world.ids().next("eni-attach"),
                instanceId,
                network.deviceIndex(),
                network.networkCard(),
                "attached",
                network.deleteOnTermination(),
                now));
    if (network.existing().isPresent()) {
      Interface eni = existing(network.existing().get()).withAttachment(attachment);
      world.interfaces.put(eni, now);
      return eni;
    }
    Subnet subnet = subnet(network);
    Interface eni =
        new Interface(
            world.ids().next("eni"),
            Optional.of(subnet.id()),
            Optional.of(subnet.vpcId()),
            subnet.zone(),
            network.type(),
            attachment,
            order.interfaceTags(),
            new Interface.Details(
                network.description(),
                world.ids().macAddress(),
                world.nextAddress(Optional.of(subnet)),
                network.groups()));
    world.addInterface(eni, now);
    return eni;
  }
}
