package io.trafficmirror.reconcile;

import io.trafficmirror.mirror.Instance;
import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.InstanceState;
import io.trafficmirror.mirror.InstanceTypes;
import io.trafficmirror.port.Failure;
import io.trafficmirror.port.FailureKind;
import io.trafficmirror.port.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Instance types that EC2 has refused as sources lately, so that a fleet of them does not cost a
 * refused call each. EC2's answer is the only authority on which types can be sources; this only
 * remembers it for a while.
 *
 * <p>EC2 gives the same code for an interface that is not attached yet and for one that is odd in
 * itself. So only running instances count, and it takes several of them: more where AWS lists the
 * type as one that can be a source, so that a few odd instances do not hide the others.
 */
final class RefusedTypes {

  /**
   * How many different instances have to be refused of a type that AWS does not list as a source.
   */
  static final int ENOUGH = 2;

  /** How many have to be refused of a type that AWS lists. */
  static final int ENOUGH_OF_A_LISTED_TYPE = 10;

  private record Refusals(Set<InstanceId> instances, Instant last) {}

  private final Map<String, Refusals> byType = new HashMap<>();
  private final Time time;
  private final Duration memory;
  private final Set<String> moreSourceFamilies;

  /**
   * A memory that knows nothing yet.
   *
   * @param memory how long a refusal is remembered
   * @param moreSourceFamilies families that count as listed besides AWS's
   */
  RefusedTypes(Time time, Duration memory, Set<String> moreSourceFamilies) {
    this.time = time;
    this.memory = memory;
    this.moreSourceFamilies = Set.copyOf(moreSourceFamilies);
  }

  private int enough(String type) {
    return InstanceTypes.isKnownSource(type, moreSourceFamilies) ? ENOUGH_OF_A_LISTED_TYPE : ENOUGH;
  }

  /** EC2 refused this instance. */
  void recordRefusal(Instance instance) {
    if (instance.state() == InstanceState.RUNNING && !instance.type().isEmpty()) {
      Set<InstanceId> all =
          new HashSet<>(remembered(instance).map(Refusals::instances).orElse(Set.of()));
      if (all.size() < enough(instance.type())) {
        all.add(instance.id());
      }
      byType.put(instance.type(), new Refusals(all, time.now()));
    }
  }

  /** This instance has a session, so its type can be a source. */
  void recordSession(Instance instance) {
    byType.remove(instance.type());
  }

  /**
   * How EC2 would refuse this instance, as far as is remembered; empty where it has to be tried.
   */
  Optional<Failure> knownRefusal(Instance instance) {
    return remembered(instance)
        .filter(refusals -> refusals.instances().size() >= enough(instance.type()))
        .map(
            refusals ->
                new Failure(
                    FailureKind.UNSUPPORTED_SOURCE,
                    "remembered",
                    "EC2 refused %d other instances of type %s, the last at %s; one is tried again after %s"
                        .formatted(
                            refusals.instances().size(),
                            instance.type(),
                            refusals.last(),
                            refusals.last().plus(memory))));
  }

  private Optional<Refusals> remembered(Instance instance) {
    return Optional.ofNullable(byType.get(instance.type()))
        .filter(refusals -> Duration.between(refusals.last(), time.now()).compareTo(memory) < 0);
  }
}
