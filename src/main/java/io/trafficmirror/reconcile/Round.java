package io.trafficmirror.reconcile;

import io.trafficmirror.mirror.Action;
import io.trafficmirror.mirror.Instance;
import io.trafficmirror.mirror.InstanceTypes;
import io.trafficmirror.mirror.Plan;
import io.trafficmirror.mirror.Planner;
import io.trafficmirror.mirror.Pool;
import io.trafficmirror.mirror.PoolInventory;
import io.trafficmirror.mirror.Reason;
import io.trafficmirror.mirror.SessionState;
import io.trafficmirror.mirror.Source;
import io.trafficmirror.mirror.TargetId;
import io.trafficmirror.mirror.TargetRef;
import io.trafficmirror.mirror.WantedSession;
import io.trafficmirror.pool.LaunchBudget;
import io.trafficmirror.pool.LaunchGuard;
import io.trafficmirror.pool.PoolLimits;
import io.trafficmirror.pool.PoolMemory;
import io.trafficmirror.pool.PoolReader;
import io.trafficmirror.port.Answer;
import io.trafficmirror.port.Deadline;
import io.trafficmirror.port.Failure;
import io.trafficmirror.port.FailureKind;
import io.trafficmirror.port.Time;
import io.trafficmirror.write.WriteCause;
import io.trafficmirror.write.Writer;
import io.trafficmirror.write.Written;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One round of reconciling some instances: assesses them, plans, publishes the plan, applies its
 * two stages (targets, then sessions), and derives the outcomes with {@link Conclusions}.
 */
final class Round {

  private final Observer observer;
  private final Writer writer;
  private final TargetStage targetStage;
  private final PoolReader pools;
  private final PoolMemory memory;
  private final LaunchGuard guard;
  private final RefusedTypes refusedTypes;
  private final Conclusions conclusions;
  private final Telemetry telemetry;
  private final Duration instanceRetry;
  private final PoolLimits poolLimits;
  private final Time time;

  Round(
      Observer observer,
      Writer writer,
      TargetStage targetStage,
      PoolReader pools,
      PoolMemory memory,
      LaunchGuard guard,
      RefusedTypes refusedTypes,
      Conclusions conclusions,
      Telemetry telemetry,
      Limits limits,
      Time time) {
    this.observer = observer;
    this.writer = writer;
    this.targetStage = targetStage;
    this.pools = pools;
    this.memory = memory;
    this.guard = guard;
    this.refusedTypes = refusedTypes;
    this.conclusions = conclusions;
    this.telemetry = telemetry;
    this.instanceRetry = limits.instanceRetry();
    this.poolLimits = limits.pools();
    this.time = time;
  }

  /** Gives every request the outcome of a failed read. */
  void allFailed(
      Collection<InstanceRequest> requests, Failure failure, Reconciler.Outcomes outcomes) {
    Outcome outcome = conclusions.of(failure);
    requests.forEach(request -> outcomes.put(request.instance(), outcome));
  }

  /** Reconciles instances that have just been read; every request gets an outcome. */
  void run(
      List<InstanceRequest> requests,
      List<Instance> instances,
      LaunchBudget launches,
      Deadline deadline,
      Reconciler.Outcomes outcomes)
      throws InterruptedException {
    switch (observer.assess(instances, deadline)) {
      case Answer.Failed<Observer.Observed>(Failure failure) ->
          allFailed(requests, failure, outcomes);
      case Answer.Got<Observer.Observed>(Observer.Observed observed) -> {
        Map<Source, InstanceRequest> bySource = HashMap.newHashMap(requests.size());
        List<SessionState> open = open(requests, observed, bySource, outcomes);
        if (!open.isEmpty()) {
          apply(open, observed.assessment().pools(), bySource, launches, deadline, outcomes);
        }
      }
    }
  }

  /** Returns the states that need a write, and puts the outcomes of all other requests. */
  private List<SessionState> open(
      List<InstanceRequest> requests,
      Observer.Observed observed,
      Map<Source, InstanceRequest> bySource,
      Reconciler.Outcomes outcomes) {
    List<SessionState> open = new ArrayList<>();
    for (InstanceRequest request : requests) {
      Optional<Failure> unread = Optional.ofNullable(observed.unread().get(request.instance()));
      Optional<SessionState> state = observed.assessment().of(request.instance());
      if (unread.isPresent()) {
        outcomes.put(request.instance(), conclusions.of(unread.get()));
      } else if (state.isEmpty()) {
        outcomes.put(request.instance(), notSeen(request));
      } else {
        Optional<WantedSession> wanted = state.get().wantedSession();
        if (state.get().hasObservedSession()) {
          // EC2 accepted a session for this instance, so its type can be mirrored.
          wanted.ifPresent(session -> refusedTypes.recordSession(session.instance()));
        }
        Optional<Outcome> settled = conclusions.ofState(state.get());
        if (settled.isPresent()) {
          outcomes.put(request.instance(), settled.get());
          forgetPoolsIfWaiting(settled.get());
        } else {
          open.add(state.get());
          wanted.ifPresent(session -> bySource.put(session.source(), request));
        }
      }
    }
    return open;
  }

  /**
   * The outcome of an instance that EC2 does not return. EC2 is eventually consistent: an instance
   * that a recent event names may not be visible yet.
   */
  private Outcome notSeen(InstanceRequest request) {
    if (request.firstYoungPosition(time.now(), instanceRetry).isEmpty()) {
      return new Outcome.Settled(Reason.GONE);
    }
    return new Outcome.RetryInstance(
        new Failure(
            FailureKind.INSTANCE_NOT_SEEN,
            "InstanceNotSeen",
            "EC2 does not show "
                + request.instance()
                + ", possibly because it is new; it is observed again"));
  }

  private void apply(
      List<SessionState> open,
      PoolInventory seen,
      Map<Source, InstanceRequest> requests,
      LaunchBudget launches,
      Deadline deadline,
      Reconciler.Outcomes outcomes)
      throws InterruptedException {
    Map<Source, WantedSession> wanted = HashMap.newHashMap(open.size());
    open.forEach(state -> state.wantedSession().ifPresent(each -> wanted.put(each.source(), each)));
    Map<String, Failure> held = new HashMap<>(heldPools(wanted.values(), seen));
    Plan plan =
        Planner.plan(
            open,
            seen,
            new Planner.Allowance(launches.left(), held.keySet(), this::justifiesLaunch));
    publish(plan, wanted);
    TargetStage.Made made = targetStage.apply(plan.targets(), seen, launches, deadline);
    // The target stage may have put more pools on hold: their sources must not wait.
    held.putAll(heldPools(wanted.values(), seen));
    plan.waiting()
        .forEach(
            (source, why) -> {
              Outcome outcome = conclusions.ofWaiting(why, wantedOf(wanted, source), held);
              outcomes.put(source.instance(), outcome);
              forgetPoolsIfWaiting(outcome);
            });
    ActionMemory remembered = new ActionMemory(wanted, refusedTypes, memory);
    List<Action.Mirroring> ready = new ArrayList<>(plan.sessions().size());
    Map<Source, Failure> withoutTarget = new HashMap<>();
    for (Action.Mirroring action : plan.sessions()) {
      switch (action.target()) {
        case TargetRef.Existing ignored -> ready.add(action);
        case TargetRef.Planned planned -> {
          switch (made.of(planned)) {
            case Answer.Got<TargetId>(TargetId target) -> ready.add(action.withTarget(target));
            case Answer.Failed<TargetId>(Failure failure) ->
                withoutTarget.put(action.source(), failure);
          }
        }
      }
    }
    List<Written> written =
        writer.apply(ready, action -> cause(action, requests), remembered, deadline);
    conclusions
        .ofWrites(written, withoutTarget, made.anyAnswered(), remembered)
        .forEach(
            (source, outcome) -> {
              outcomes.put(source.instance(), outcome);
              if (withoutTarget.containsKey(source)) {
                forgetPoolsIfWaiting(outcome);
              }
            });
  }

  /**
   * Discards the cached pools if the instance is retried, so that the next round reads them again.
   */
  private void forgetPoolsIfWaiting(Outcome outcome) {
    if (outcome instanceof Outcome.RetryInstance) {
      pools.forget();
    }
  }

  private static WantedSession wantedOf(Map<Source, WantedSession> wanted, Source source) {
    return Optional.ofNullable(wanted.get(source)).orElseThrow();
  }

  private static Optional<WriteCause> cause(Action action, Map<Source, InstanceRequest> requests) {
    return action instanceof Action.OnSession session
        ? Optional.ofNullable(requests.get(session.source()))
            .map(request -> new WriteCause(request.trigger(), request.firstCause()))
        : Optional.empty();
  }

  private boolean justifiesLaunch(Instance instance) {
    return InstanceTypes.isKnownSource(instance.type(), poolLimits.moreSourceFamilies())
        && refusedTypes.knownRefusal(instance).isEmpty();
  }

  /**
   * The pools, by digest, in which launches are on hold, each with the failure that explains why.
   */
  private Map<String, Failure> heldPools(Collection<WantedSession> wanted, PoolInventory seen) {
    Set<Pool> distinct = new HashSet<>();
    for (WantedSession each : wanted) {
      if (each.aim() instanceof WantedSession.Aim.AnyOf(Pool pool)) {
        distinct.add(pool);
      }
    }
    Map<String, Failure> held = new HashMap<>();
    for (Pool pool : distinct) {
      guard.reasonToHold(seen.view(pool)).ifPresent(failure -> held.put(pool.digest(), failure));
    }
    return held;
  }

  private void publish(Plan plan, Map<Source, WantedSession> wanted) {
    List<Action> actions = plan.actions();
    if (!actions.isEmpty()) {
      telemetry.plan(actions);
    }
    int reused =
        (int)
            plan.sessions().stream()
                .filter(action -> action.target() instanceof TargetRef.Existing)
                .filter(action -> wantedOf(wanted, action.source()).usesPool())
                .count();
    if (reused > 0) {
      telemetry.reused(reused);
    }
  }
}
