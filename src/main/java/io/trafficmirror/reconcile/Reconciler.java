package io.trafficmirror.reconcile;

import io.trafficmirror.mirror.Instance;
import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.pool.LaunchBudget;
import io.trafficmirror.pool.PoolLimits;
import io.trafficmirror.port.Answer;
import io.trafficmirror.port.Deadline;
import io.trafficmirror.port.Failure;
import io.trafficmirror.port.FailureKind;
import io.trafficmirror.port.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reconciles instances in {@link Round}s: each round observes, assesses, plans and applies.
 * Instances whose outcome is retryable are observed again in another round. Launches, findings,
 * pages and replays all take this path.
 */
final class Reconciler {

  /** The failures that another target of the pool may resolve. */
  private static final Set<FailureKind> WAITING_FOR_A_POOL =
      EnumSet.of(
          FailureKind.POOL_NOT_SETTLED, FailureKind.TARGET_FULL, FailureKind.TARGET_NOT_FOUND);

  private final Observer observer;
  private final Round round;
  private final Limits limits;
  private final Time time;

  Reconciler(Observer observer, Round round, Limits limits, Time time) {
    this.observer = observer;
    this.round = round;
    this.limits = limits;
    this.time = time;
  }

  private interface Observation {
    Answer<List<Instance>> of(Set<InstanceId> ids, Deadline deadline);
  }

  /** Receives the outcomes of one round, one for each instance. */
  interface Outcomes {
    void put(InstanceId instance, Outcome outcome);
  }

  /** Reconciles instances of which only the id is known. Returns an outcome for each of them. */
  Map<InstanceId, Outcome> reconcile(
      Collection<InstanceRequest> requests, LaunchBudget launches, Deadline deadline)
      throws InterruptedException {
    return rounds(requests, observer::instances, launches, deadline);
  }

  /** Reconciles instances that a page has just returned. Returns an outcome for each of them. */
  Map<InstanceId, Outcome> reconcile(
      Collection<InstanceRequest> requests,
      List<Instance> observed,
      LaunchBudget launches,
      Deadline deadline)
      throws InterruptedException {
    Answer<List<Instance>> shown = new Answer.Got<>(observed);
    return rounds(requests, (ids, ignored) -> shown, launches, deadline);
  }

  private Map<InstanceId, Outcome> rounds(
      Collection<InstanceRequest> requests,
      Observation first,
      LaunchBudget launches,
      Deadline deadline)
      throws InterruptedException {
    Map<InstanceId, Outcome> outcomes = HashMap.newHashMap(requests.size());
    List<InstanceRequest> pending = List.copyOf(requests);
    Observation observation = first;
    for (Duration pause : pauses()) {
      pending = pending.stream().filter(request -> isOpen(outcomes, request)).toList();
      if (pending.isEmpty() || !deadline.allows(pause.plus(Deadline.MIN_CALL_TIME))) {
        break;
      }
      time.sleep(pause);
      run(
          pending,
          observation,
          launches,
          deadline,
          (id, later) -> outcomes.merge(id, later, Reconciler::afterAnotherRound));
      observation = observer::instances;
    }
    for (Duration pause : PoolLimits.OBSERVE_AGAIN) {
      List<InstanceRequest> waiting =
          requests.stream()
              .filter(request -> waitsForAPool(outcomes.get(request.instance())))
              .toList();
      if (waiting.isEmpty() || !deadline.allows(pause.plus(Deadline.MIN_CALL_TIME))) {
        break;
      }
      time.sleep(pause);
      run(waiting, observation, launches, deadline, outcomes::put);
    }
    requests.forEach(
        request -> outcomes.computeIfAbsent(request.instance(), Reconciler::outOfTime));
    return outcomes;
  }

  /**
   * The outcome of the last round replaces the earlier one, unless the last round ran out of time
   * and the earlier outcome does not wait for a pool.
   */
  private static Outcome afterAnotherRound(Outcome earlier, Outcome later) {
    boolean isOutOfTime =
        later instanceof Outcome.RetryBatch(Failure failure)
            && failure.kind() == FailureKind.OUT_OF_TIME;
    return isOutOfTime && !waitsForAPool(earlier) ? earlier : later;
  }

  /** Whether another observation of the pool may resolve the failure. */
  private static boolean waitsForAPool(@Nullable Outcome outcome) {
    return outcome instanceof Outcome.RetryInstance(Failure failure)
        && WAITING_FOR_A_POOL.contains(failure.kind());
  }

  private List<Duration> pauses() {
    List<Duration> pauses = new ArrayList<>();
    pauses.add(Duration.ZERO);
    pauses.addAll(limits.observeAgain());
    return pauses;
  }

  private static boolean isOpen(Map<InstanceId, Outcome> outcomes, InstanceRequest request) {
    Outcome outcome = outcomes.get(request.instance());
    return outcome == null || outcome instanceof Outcome.RetryInstance;
  }

  /**
   * Runs one round. If the instances cannot be read, nothing is applied and the failure applies to
   * every instance.
   */
  private void run(
      List<InstanceRequest> requests,
      Observation observation,
      LaunchBudget launches,
      Deadline deadline,
      Outcomes outcomes)
      throws InterruptedException {
    Set<InstanceId> ids = LinkedHashSet.newLinkedHashSet(requests.size());
    requests.forEach(request -> ids.add(request.instance()));
    switch (observation.of(ids, deadline)) {
      case Answer.Failed<List<Instance>>(Failure failure) ->
          round.allFailed(requests, failure, outcomes);
      case Answer.Got<List<Instance>>(List<Instance> instances) ->
          round.run(requests, instances, launches, deadline, outcomes);
    }
  }

  private static Outcome outOfTime(InstanceId instance) {
    return new Outcome.RetryBatch(
        new Failure(
            FailureKind.OUT_OF_TIME,
            "OutOfTime",
            "no time left to observe " + instance + "; it is retried"));
  }
}
