package io.trafficmirror.soak;

import io.trafficmirror.embedded.EmbeddedEc2;
import io.trafficmirror.embedded.InstanceSeed;
import io.trafficmirror.harness.ForeignSessions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** The instances that are not terminated, in EC2 and as models. Not thread-safe. */
final class SoakFleet {

  /** EC2 does not mirror instances of this type (Traffic Mirroring limitations). */
  private static final String UNSUPPORTED_TYPE = "t2.medium";

  private static final String TYPE = "m5.large";

  /** Share of the matching instances. */
  private static final double UNSUPPORTED_SHARE = 0.03;

  private static final double WITH_FOREIGN_SESSION = 0.03;

  private final EmbeddedEc2 ec2;
  private final Random random;
  private final List<ModelInstance> living = new ArrayList<>();
  private final Map<String, Integer> places = new HashMap<>();
  private long made;
  private int matched;

  SoakFleet(EmbeddedEc2 ec2, Random random) {
    this.ec2 = ec2;
    this.random = random;
  }

  /** Creates the policy's networks, filters and targets, and those of another team. */
  void prepare() {
    PolicyEntry.SPEC.putInto(ec2);
    ForeignSessions.prepare(ec2);
    for (int i = 0; i < 3; i++) {
      addForeignTarget();
    }
  }

  /** Adds an instance in a mirrored VPC that is a foreign target and so cannot be a source. */
  private void addForeignTarget() {
    ModelInstance instance =
        put(PolicyEntry.SUBNET_OF_WATCHED_VPC, Optional.empty(), TYPE, "running", false, false);
    ec2.putInterfaceTarget(instance.primary.replace("eni-", "tmt-0a"), instance.primary);
  }

  /** Launches an instance; three in ten match the policy. */
  ModelInstance launch(String state) {
    boolean matches = random.nextDouble() < 0.3;
    boolean unsupported = random.nextDouble() < UNSUPPORTED_SHARE;
    boolean foreign = random.nextDouble() < WITH_FOREIGN_SESSION;
    if (!matches) {
      Optional<String> tag = random.nextDouble() < 0.1 ? Optional.of("off") : Optional.empty();
      return put(PolicyEntry.PLAIN_SUBNET, tag, TYPE, state, true, foreign);
    }
    matched++;
    double where = random.nextDouble();
    String type = unsupported ? UNSUPPORTED_TYPE : TYPE;
    boolean foreignToo = foreign && !unsupported;
    if (where < 0.35) {
      return put(
          PolicyEntry.PLAIN_SUBNET, Optional.of("blue"), type, state, !unsupported, foreignToo);
    } else if (where < 0.55) {
      String red = random.nextBoolean() ? "red" : "scarlet";
      return put(PolicyEntry.PLAIN_SUBNET, Optional.of(red), type, state, !unsupported, foreignToo);
    } else if (where < 0.65) {
      return put(PolicyEntry.PLAIN_SUBNET, Optional.of("pool"), TYPE, state, true, foreign);
    }
    String subnet = where < 0.80 ? PolicyEntry.WATCHED_SUBNET : PolicyEntry.SUBNET_OF_WATCHED_VPC;
    return put(subnet, Optional.empty(), type, state, !unsupported, foreignToo);
  }

  private ModelInstance put(
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
            .withTags(tag.map(value -> Map.of(PolicyEntry.TAG, value)).orElse(Map.of())));
    Optional<String> session =
        foreign ? Optional.of(ForeignSessions.put(ec2, primary)) : Optional.empty();
    ModelInstance instance =
        new ModelInstance(id, primary, subnet, canBeSource, session, tag, state);
    places.put(id, living.size());
    living.add(instance);
    return instance;
  }

  /** Sets the state of an instance in EC2 and in the model. */
  void setState(ModelInstance instance, String state) {
    ec2.setState(instance.id, state);
    instance.setState(state);
    if (instance.isTerminated()) {
      ModelInstance last = living.removeLast();
      Integer place = places.remove(instance.id);
      if (!last.equals(instance) && place != null) {
        living.set(place, last);
        places.put(last.id, place);
      }
    }
  }

  void retag(ModelInstance instance, Optional<String> tag, Instant now) {
    tag.ifPresentOrElse(
        value -> ec2.setTag(instance.id, PolicyEntry.TAG, value),
        () -> ec2.removeTag(instance.id, PolicyEntry.TAG));
    instance.retag(tag, now);
  }

  /** A random instance; empty if it is not running. */
  Optional<ModelInstance> anyRunning() {
    return Optional.of(living.get(random.nextInt(living.size())))
        .filter(instance -> instance.state().equals("running"));
  }

  List<ModelInstance> living() {
    return List.copyOf(living);
  }

  int size() {
    return living.size();
  }

  int matched() {
    return matched;
  }

  /**
   * The expectations before the last backfill run.
   *
   * @param exhausted ids of instances whose retries are exhausted
   */
  List<Expectation> expectationsFromEvents(Set<String> exhausted) {
    return living.stream()
        .map(instance -> instance.expectationFromEvents(exhausted.contains(instance.id)))
        .toList();
  }

  List<Expectation> expectations() {
    return living.stream().map(ModelInstance::expectation).toList();
  }
}
