package io.trafficmirror.demo;

import io.trafficmirror.demo.Machine.Nic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Makes instances that launch while the demo runs: each is like one of the fleet, with ids of its
 * own, so that the mix of matching and other ones is the fleet's, whatever the fleet and the policy
 * are. The same seed gives the same instances. Not safe for use by several threads.
 */
final class Clones {
  private final List<Machine> models;
  private final Random random;
  private int made;

  /** Instances without an interface are no models: they are gone. */
  Clones(List<Machine> fleet, long seed) {
    this.models = fleet.stream().filter(machine -> machine.primary().isPresent()).toList();
    this.random = new Random(seed);
  }

  /** That many running instances; none where the fleet has no model. */
  List<Machine> make(int count) {
    return make(models, count);
  }

  /** That many running instances like some of these; none where there are none. */
  List<Machine> make(List<Machine> like, int count) {
    List<Machine> clones = new ArrayList<>();
    for (int i = 0; i < count && !like.isEmpty(); i++) {
      clones.add(clone(like.get(random.nextInt(like.size()))));
    }
    return clones;
  }

  private Machine clone(Machine model) {
    made++;
    List<Nic> nics = new ArrayList<>();
    for (Nic nic : model.interfaces()) {
      String id = "eni-0c%05x%010x".formatted(made, nics.size());
      nics.add(new Nic(id, nic.deviceIndex(), nic.card(), nic.subnet(), nic.vpc(), nic.kind()));
    }
    Map<String, String> tags = new HashMap<>(model.tags());
    tags.remove(Machine.SENSOR_TAG);
    return new Machine(
        "i-0c%05x%010x".formatted(made, 0),
        model.type(),
        "running",
        model.subnet(),
        model.vpc(),
        tags,
        nics);
  }
}
