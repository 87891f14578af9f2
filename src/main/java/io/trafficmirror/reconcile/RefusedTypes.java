package io.trafficmirror.reconcile;

import io.trafficmirror.mirror.Instance;
import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.InstanceState;
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
 * Instance types that EC2 has just refused as sources, so that a fleet of them does not ask the
 * same question again and again. EC2's answer is the only authority on which types can be sources;
 * this only remembers it for a while.
 *
 * <p>EC2 gives the same code for an interface that is not attached yet and for one that is odd in
 * itself. So only running instances count, it takes {@link #ENOUGH} of them, a type of which a
 * session was seen or made is never taken for refused, and now and then EC2 is asked all the same.
 */
final class RefusedTypes {

  /** How many different instances of a type have to be refused. */
  static final int ENOUGH = 2;

  /**
   * The first of how many instances that were answered from memory EC2 is asked about all the same;
   * it doubles.
   */
  static final int ASK_AGAIN_AT = 8;

  private record Refusals(Set<InstanceId> instances, Instant last, int answered) {}

  private final Map<String, Refusals> byType = new HashMap<>();
  private final Map<String, Instant> working = new HashMap<>();
  private final Time time;
  private final Duration memory;

  RefusedTypes(Time time, Duration memory) {
    this.time = time;
    this.memory = memory;
  }

  /** EC2 refused this instance. */
  void refused(Instance instance) {
    if (instance.state() == InstanceState.RUNNING
        && !instance.type().isEmpty()
        && !isKnownToWork(instance)) {
      Set<InstanceId> all =
          new HashSet<>(remembered(instance).map(Refusals::instances).orElse(Set.of()));
      all.add(instance.id());
      int answered = remembered(instance).map(Refusals::answered).orElse(0);
      byType.put(instance.type(), new Refusals(all, time.now(), answered));
    }
  }

  /** This instance has a session. */
  void accepted(Instance instance) {
    byType.remove(instance.type());
    working.put(instance.type(), time.now());
  }

  private boolean isKnownToWork(Instance instance) {
    return Optional.ofNullable(working.get(instance.type())).filter(this::isFresh).isPresent();
  }

  private boolean isFresh(Instant when) {
    return Duration.between(when, time.now()).compareTo(memory) < 0;
  }

  /**
   * What EC2 would say about this instance, as far as is remembered; empty where EC2 is to be
   * asked.
   */
  Optional<Failure> answerFor(Instance instance) {
    Optional<Refusals> known =
        remembered(instance).filter(refusals -> refusals.instances().size() >= ENOUGH);
    if (known.isEmpty()) {
      return Optional.empty();
    }
    Refusals refusals = known.get();
    int answered = refusals.answered() + 1;
    byType.put(instance.type(), new Refusals(refusals.instances(), refusals.last(), answered));
    if (answered >= ASK_AGAIN_AT && Integer.bitCount(answered) == 1) {
      return Optional.empty();
    }
    return Optional.of(
        new Failure(
            FailureKind.UNSUPPORTED_SOURCE,
            "remembered",
            "EC2 refused other instances of type %s at %s; it is asked again after %s"
                .formatted(instance.type(), refusals.last(), refusals.last().plus(memory))));
  }

  /** Whether EC2 is remembered to refuse instances of this one's type. */
  boolean isRefused(Instance instance) {
    return remembered(instance).filter(r -> r.instances().size() >= ENOUGH).isPresent();
  }

  private Optional<Refusals> remembered(Instance instance) {
    return Optional.ofNullable(byType.get(instance.type()))
        .filter(refusals -> isFresh(refusals.last()));
  }
}
