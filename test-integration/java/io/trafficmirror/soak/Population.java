package io.trafficmirror.soak;

import io.trafficmirror.embedded.EmbeddedEc2;
import io.trafficmirror.embedded.InstanceSeed;
import io.trafficmirror.harness.Foreign;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** The instances that are not terminated, and what they stand on. For one thread. */
final class Population {

  /** EC2 does not mirror instances of this type (Traffic Mirroring limitations). */
  private static final String OLD_TYPE = "t2.medium";

  private static final String TYPE = "m5.large";

  /** Of those that match. */
  private static final double OLD = 0.03;

  private static final double WITH_FOREIGN_SESSION = 0.03;

  private final EmbeddedEc2 ec2;
  private final Random random;
  private final List<Machine> living = new ArrayList<>();
  private final Map<String, Integer> places = new HashMap<>();
  private long made;
  private int matched;

  Population(EmbeddedEc2 ec2, Random random) {
    this.ec2 = ec2;
    this.random = random;
  }

  /** The networks, filters and targets that the policy names, and another team's. */
  void prepare() {
    Entry.SPEC.putInto(ec2);
    Foreign.prepare(ec2);
    for (int i = 0; i < 3; i++) {
      appliance();
    }
  }

  /** An instance whose interface is somebody's target, in a VPC that is mirrored: no source. */
  private void appliance() {
    Machine machine =
        put(Entry.SUBNET_OF_WATCHED_VPC, Optional.empty(), TYPE, "running", false, false);
    ec2.putInterfaceTarget(machine.primary.replace("eni-", "tmt-0a"), machine.primary);
  }

  /** A new instance; three in ten match the policy. */
  Machine launch(String state) {
    boolean matches = random.nextDouble() < 0.3;
    boolean old = random.nextDouble() < OLD;
    boolean foreign = random.nextDouble() < WITH_FOREIGN_SESSION;
    if (!matches) {
      Optional<String> tag = random.nextDouble() < 0.1 ? Optional.of("off") : Optional.empty();
      return put(Entry.PLAIN_SUBNET, tag, TYPE, state, true, foreign);
    }
    matched++;
    double where = random.nextDouble();
    String type = old ? OLD_TYPE : TYPE;
    boolean foreignToo = foreign && !old;
    if (where < 0.35) {
      return put(Entry.PLAIN_SUBNET, Optional.of("blue"), type, state, !old, foreignToo);
    } else if (where < 0.55) {
      String red = random.nextBoolean() ? "red" : "scarlet";
      return put(Entry.PLAIN_SUBNET, Optional.of(red), type, state, !old, foreignToo);
    } else if (where < 0.65) {
      return put(Entry.PLAIN_SUBNET, Optional.of("pool"), TYPE, state, true, foreign);
    }
    String subnet = where < 0.80 ? Entry.WATCHED_SUBNET : Entry.SUBNET_OF_WATCHED_VPC;
    return put(subnet, Optional.empty(), type, state, !old, foreignToo);
  }

  private Machine put(
      String subnet,
      Optional<String> tag,
      String type,
      String state,
      boolean canBeSource,
      boolean foreign) {
    String id = "i-0%016x".formatted(made);
    String primary = "eni-0%016x".formatted(made++);
    ec2.putInstance(
        InstanceSeed.running(id, type, subnet, primary)
            .withState(state)
            .withTags(tag.map(value -> Map.of(Entry.TAG, value)).orElse(Map.of())));
    Optional<String> session = foreign ? Optional.of(Foreign.put(ec2, primary)) : Optional.empty();
    Machine machine = new Machine(id, primary, subnet, canBeSource, session, tag, state);
    places.put(id, living.size());
    living.add(machine);
    return machine;
  }

  /** Brings an instance into a state, in truth and in the soak's own book. */
  void become(Machine machine, String state) {
    ec2.setState(machine.id, state);
    machine.become(state);
    if (machine.isTerminated()) {
      Machine last = living.removeLast();
      Integer place = places.remove(machine.id);
      if (!last.equals(machine) && place != null) {
        living.set(place, last);
        places.put(last.id, place);
      }
    }
  }

  void retag(Machine machine, Optional<String> tag, Instant now) {
    tag.ifPresentOrElse(
        value -> ec2.setTag(machine.id, Entry.TAG, value),
        () -> ec2.removeTag(machine.id, Entry.TAG));
    machine.retag(tag, now);
  }

  /** One that runs and may be changed; empty where the drawn one is not such a one. */
  Optional<Machine> anyRunning() {
    return Optional.of(living.get(random.nextInt(living.size())))
        .filter(machine -> machine.state().equals("running"));
  }

  List<Machine> living() {
    return List.copyOf(living);
  }

  int size() {
    return living.size();
  }

  int matched() {
    return matched;
  }

  /**
   * What must be true before the last run.
   *
   * @param left ids of instances that were left to the next look, which is that run
   */
  List<Expectation> expectationsFromEvents(Set<String> left) {
    return living.stream()
        .map(machine -> machine.expectationFromEvents(left.contains(machine.id)))
        .toList();
  }

  List<Expectation> expectations() {
    return living.stream().map(Machine::expectation).toList();
  }
}
