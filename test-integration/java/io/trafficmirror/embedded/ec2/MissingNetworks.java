package io.trafficmirror.embedded.ec2;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Creates the missing VPCs and subnets of loaded instances. */
final class MissingNetworks {

  /** The location of a subnet. */
  private record Location(String vpcId, String zone) {}

  private final World world;
  private final Map<String, Location> subnets = new LinkedHashMap<>();
  private final Map<String, Boolean> vpcs = new LinkedHashMap<>();

  MissingNetworks(World world) {
    this.world = world;
  }

  /** Checks all instances first, so that a contradictory file changes nothing. */
  void createFor(List<SeedInstance> all) {
    for (SeedInstance one : all) {
      add(one.id(), one.subnetId(), one.vpcId(), one.zone());
      for (SeedInterface eni : one.interfaces()) {
        add(one.id(), eni.subnetId(), eni.vpcId(), one.zone());
      }
    }
    vpcs.keySet().forEach(this::makeVpc);
    subnets.forEach(
        (id, location) -> {
          if (world.subnets.now(id).isEmpty()) {
            makeVpc(location.vpcId());
            Subnet subnet =
                new Subnet(
                    id, location.vpcId(), location.zone(), world.nextBlock(), new TreeMap<>());
            world.subnets.put(subnet, world.seedTime());
          }
        });
  }

  private void add(
      String instanceId, Optional<String> subnetId, Optional<String> vpcId, String zone) {
    vpcId.ifPresent(id -> vpcs.put(id, true));
    if (subnetId.isEmpty()) {
      return;
    }
    String id = subnetId.get();
    Optional<Location> known =
        Optional.ofNullable(subnets.get(id))
            .or(() -> world.subnets.now(id).map(s -> new Location(s.vpcId(), s.zone())));
    Location location =
        known.orElseGet(() -> new Location(vpcId.orElseGet(() -> world.ids().next("vpc")), zone));
    if (vpcId.isPresent() && !vpcId.get().equals(location.vpcId())) {
      throw new IllegalArgumentException(
          "%s: %s is in %s, not in %s".formatted(instanceId, id, location.vpcId(), vpcId.get()));
    }
    subnets.put(id, location);
  }

  private void makeVpc(String id) {
    if (world.vpcs.now(id).isEmpty()) {
      world.vpcs.put(new Vpc(id, "10.0.0.0/16", new TreeMap<>()), world.seedTime());
    }
  }
}
