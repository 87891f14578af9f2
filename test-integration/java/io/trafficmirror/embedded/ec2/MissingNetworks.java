package io.trafficmirror.embedded.ec2;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes the VPCs and subnets that loaded instances name and the world lacks. */
final class MissingNetworks {

  /** Where a subnet is to be. */
  private record Place(String vpcId, String zone) {}

  private final World world;
  private final Map<String, Place> wanted = new LinkedHashMap<>();
  private final Map<String, Boolean> vpcs = new LinkedHashMap<>();

  MissingNetworks(World world) {
    this.world = world;
  }

  /** Looks at all of them first, so that a file that contradicts itself changes nothing. */
  void makeFor(List<SeedInstance> all) {
    for (SeedInstance one : all) {
      want(one.id(), one.subnetId(), one.vpcId(), one.zone());
      for (SeedInterface eni : one.interfaces()) {
        want(one.id(), eni.subnetId(), eni.vpcId(), one.zone());
      }
    }
    vpcs.keySet().forEach(this::makeVpc);
    wanted.forEach(
        (id, place) -> {
          if (world.subnets.now(id).isEmpty()) {
            makeVpc(place.vpcId());
            Subnet subnet =
                new Subnet(id, place.vpcId(), place.zone(), world.nextBlock(), new TreeMap<>());
            world.subnets.put(subnet, world.putAt());
          }
        });
  }

  private void want(
      String instanceId, Optional<String> subnetId, Optional<String> vpcId, String zone) {
    vpcId.ifPresent(id -> vpcs.put(id, true));
    if (subnetId.isEmpty()) {
      return;
    }
    String id = subnetId.get();
    Optional<Place> known =
        Optional.ofNullable(wanted.get(id))
            .or(() -> world.subnets.now(id).map(s -> new Place(s.vpcId(), s.zone())));
    Place place =
        known.orElseGet(() -> new Place(vpcId.orElseGet(() -> world.ids().next("vpc")), zone));
    if (vpcId.isPresent() && !vpcId.get().equals(place.vpcId())) {
      throw new IllegalArgumentException(
          "%s: %s is in %s, not in %s".formatted(instanceId, id, place.vpcId(), vpcId.get()));
    }
    wanted.put(id, place);
  }

  private void makeVpc(String id) {
    if (world.vpcs.now(id).isEmpty()) {
      world.vpcs.put(new Vpc(id, "10.0.0.0/16", new TreeMap<>()), world.putAt());
    }
  }
}
