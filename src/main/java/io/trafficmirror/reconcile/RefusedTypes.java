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
 * Remembers the instance types that EC2 has recently refused as sources, so that a fleet of such a
 * type does not cost one refused call per instance. Only EC2's answers decide which types can be
 * sources; this class caches them for a while.
 *
 * <p>EC2 returns the same code for an interface that is not attached yet and for one that cannot be
 * mirrored for reasons of its own. Therefore only running instances count, and a type is considered
 * refused only after several instances were refused: more of them if AWS lists the type as a
 * source, so that a few exceptional instances do not hide the others.
 */
final class RefusedTypes {

  /**
   * The number of refused instances after which a type that AWS does not list as a source counts as
   * refused.
   */
  static final int THRESHOLD = 2;

  /** The number of refused instances after which a type that AWS lists counts as refused. */
  static final int THRESHOLD_OF_A_LISTED_TYPE = 10;

  private record Refusals(Set<InstanceId> instances, Instant last) {}

  private final Map<String, Refusals> byType = new HashMap<>();
  private final Time time;
  private final Duration memory;
  private final Set<String> moreSourceFamilies;

  /**
   * Creates an empty memory.
   *
   * @param memory how long a refusal is remembered
   * @param moreSourceFamilies instance families that count as listed, in addition to AWS's list
   */
  RefusedTypes(Time time, Duration memory, Set<String> moreSourceFamilies) {
    this.time = time;
    this.memory = memory;
    this.moreSourceFamilies = Set.copyOf(moreSourceFamilies);
  }

  private int threshold(String type) {
    return InstanceTypes.isKnownSource(type, moreSourceFamilies)
        ? THRESHOLD_OF_A_LISTED_TYPE
        : THRESHOLD;
  }

  /**
   * Records that EC2 refused this instance as a source; ignored unless it is running and its type
   * is known.
   */
  void recordRefusal(Instance instance) {
    if (instance.state() == InstanceState.RUNNING && !instance.type().isEmpty()) {
      Set<InstanceId> all =
          new HashSet<>(remembered(instance).map(Refusals::instances).orElse(Set.of()));
      if (all.size() < threshold(instance.type())) {
        all.add(instance.id());
      }
      byType.put(instance.type(), new Refusals(all, time.now()));
    }
  }

  /** Records that this instance has a session, so its type can be a source. */
  void recordSession(Instance instance) {
    byType.remove(instance.type());
  }

  /** The remembered refusal of this instance's type; empty if the call has to be made. */
  Optional<Failure> knownRefusal(Instance instance) {
    return remembered(instance)
        .filter(refusals -> refusals.instances().size() >= threshold(instance.type()))
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
