package io.trafficmirror.reconcile;

import io.trafficmirror.mirror.Instance;
import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.InstanceState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Instance types that EC2 has just refused as sources, so that a fleet of them does not ask the
 * same question again and again. EC2's answer is the only authority on which types can be sources;
 * this only remembers it for a while.
 *
 * <p>EC2 gives the same code for an interface that is not attached yet and for one that is odd in
 * itself. So only running instances count, it takes {@link #ENOUGH} of them, and one session that
 * EC2 makes for the type clears it.
 */
final class RefusedTypes {

  /** How many different instances of a type have to be refused. */
  static final int ENOUGH = 2;

  private record Refusals(Set<InstanceId> instances, Instant last) {}

  private final Map<String, Refusals> byType = new HashMap<>();
  private final Time time;
  private final Duration memory;

  RefusedTypes(Time time, Duration memory) {
    this.time = time;
    this.memory = memory;
  }

  /** EC2 refused this instance. */
  void refused(Instance instance) {
    if (instance.state() == InstanceState.RUNNING && !instance.type().isEmpty()) {
      Set<InstanceId> all =
          new HashSet<>(remembered(instance).map(Refusals::instances).orElse(Set.of()));
      all.add(instance.id());
      byType.put(instance.type(), new Refusals(all, time.now()));
    }
  }

  /** EC2 made a session for this instance. */
  void accepted(Instance instance) {
    byType.remove(instance.type());
  }

  /** What EC2 would say about this instance, as far as is remembered. */
  Optional<Failure> answerFor(Instance instance) {
    return remembered(instance)
        .filter(refusals -> refusals.instances().size() >= ENOUGH)
        .map(
            refusals ->
                new Failure(
                    FailureKind.UNSUPPORTED_SOURCE,
                    "remembered",
                    "EC2 refused other instances of type %s at %s; it is asked again after %s"
                        .formatted(
                            instance.type(), refusals.last(), refusals.last().plus(memory))));
  }

  private Optional<Refusals> remembered(Instance instance) {
    return Optional.ofNullable(byType.get(instance.type()))
        .filter(r -> Duration.between(r.last(), time.now()).compareTo(memory) < 0);
  }
}
