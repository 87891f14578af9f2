package io.trafficmirror.demo;

import io.trafficmirror.demo.Machine.Nic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Creates the instances that launch during the demo: copies of instances of the fleet with new ids,
 * so that the share of matching instances is the same as in the fleet. The same seed gives the same
 * instances. Not safe for use by several threads.
 */
final class InstanceCopies {
  private final List<Machine> fleet;
  private final Random random;
  private int created;

  /** Terminated instances, which have no interface, are not copied. */
  InstanceCopies(List<Machine> fleet, long seed) {
    this.fleet = fleet.stream().filter(machine -> machine.primary().isPresent()).toList();
    this.random = new Random(seed);
  }

  /** Creates this number of running instances; none if no instance of the fleet can be copied. */
  List<Machine> make(int count) {
    return make(fleet, count);
  }

  /** Creates this number of running copies of the given instances; none if there are none. */
  List<Machine> make(List<Machine> originals, int count) {
    List<Machine> copies = new ArrayList<>();
    for (int i = 0; i < count && !originals.isEmpty(); i++) {
      copies.add(copy(originals.get(random.nextInt(originals.size()))));
    }
    return copies;
  }

  private Machine copy(Machine original) {
    created++;
    List<Nic> nics = new ArrayList<>();
    for (Nic nic : original.interfaces()) {
      String id = "eni-0c%05x%010x".formatted(created, nics.size());
      nics.add(new Nic(id, nic.deviceIndex(), nic.card(), nic.subnet(), nic.vpc(), nic.kind()));
    }
    Map<String, String> tags = new HashMap<>(original.tags());
    tags.remove(Machine.SENSOR_TAG);
    return new Machine(
        "i-0c%05x%010x".formatted(created, 0),
        original.type(),
        "running",
        original.subnet(),
        original.vpc(),
        tags,
        nics);
  }
}
