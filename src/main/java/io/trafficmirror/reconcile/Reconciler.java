package io.trafficmirror.reconcile;

import io.trafficmirror.mirror.Action;
import io.trafficmirror.mirror.Instance;
import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.InterfaceId;
import io.trafficmirror.mirror.MirrorTarget;
import io.trafficmirror.mirror.Ownership;
import io.trafficmirror.mirror.Plan;
import io.trafficmirror.mirror.Planner;
import io.trafficmirror.mirror.PolicySet;
import io.trafficmirror.mirror.Pool;
import io.trafficmirror.mirror.Reason;
import io.trafficmirror.mirror.Screening;
import io.trafficmirror.mirror.Session;
import io.trafficmirror.mirror.TargetId;
import io.trafficmirror.port.Answer;
import io.trafficmirror.port.Deadline;
import io.trafficmirror.port.Ec2;
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
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Observe, plan, apply, and look again at what is not settled. What brought an instance here is of
 * no matter: launch, finding, page and replay go the same way.
 */
final class Reconciler {

  /** Of these, those that another target of a pool would do away with: see {@link ApplyRun}. */
  private static final Set<FailureKind> WAITING_FOR_A_POOL =
      EnumSet.of(FailureKind.POOL_SETTLES, FailureKind.TARGET_FULL, FailureKind.TARGET_NOT_FOUND);

  private final Ec2 ec2;
  private final PolicySet policy;
  private final Ownership ownership;
  private final Applier applier;
  private final Telemetry telemetry;
  private final TargetList targets;
  private final Pools pools;
  private final DenialGrace grace;
  private final Limits limits;
  private final boolean dryRun;
  private final Time time;

  Reconciler(
      Ec2 ec2,
      PolicySet policy,
      Ownership ownership,
      Applier applier,
      TargetList targets,
      Pools pools,
      Telemetry telemetry,
      DenialGrace grace,
      Limits limits,
      boolean dryRun,
      Time time) {
    this.ec2 = ec2;
    this.policy = policy;
    this.ownership = ownership;
    this.applier = applier;
    this.telemetry = telemetry;
    this.targets = targets;
    this.pools = pools;
    this.grace = grace;
    this.limits = limits;
    this.dryRun = dryRun;
    this.time = time;
  }

  /**
   * Reconciles instances that are known by id only. Every one of them has an outcome in the end.
   */
  Map<InstanceId, Outcome> reconcile(
      Collection<InstanceRequest> looks, LaunchBudget launches, Deadline deadline)
      throws InterruptedException {
    return rounds(looks, this::observe, launches, deadline);
  }

  /**
   * Reconciles instances that a page has just shown. Every one of them has an outcome in the end.
   */
  Map<InstanceId, Outcome> reconcile(
      Collection<InstanceRequest> looks,
      List<Instance> observed,
      LaunchBudget launches,
      Deadline deadline)
      throws InterruptedException {
    Answer<List<Instance>> shown = new Answer.Got<>(observed);
    return rounds(looks, (ids, ignored) -> shown, launches, deadline);
  }

  /** An instance that is to be mirrored, and why it is looked at. */
  private record Case(InstanceRequest look, Instance instance, Screening.Candidate candidate) {}

  private interface Observation {
    Answer<List<Instance>> of(Set<InstanceId> ids, Deadline deadline);
  }

  /** Takes what became of an instance in one round; once for each of the round's. */
  private interface Outcomes {
    void put(InstanceId instance, Outcome outcome);
  }

  private Answer<List<Instance>> observe(Set<InstanceId> ids, Deadline deadline) {
    return ec2.instances(ids, deadline);
  }

  private Map<InstanceId, Outcome> rounds(
      Collection<InstanceRequest> looks,
      Observation first,
      LaunchBudget launches,
      Deadline deadline)
      throws InterruptedException {
    Map<InstanceId, Outcome> outcomes = HashMap.newHashMap(looks.size());
    List<InstanceRequest> pending = List.copyOf(looks);
    Observation observation = first;
    for (Duration pause : pauses()) {
      pending = pending.stream().filter(look -> isOpen(outcomes, look)).toList();
      if (pending.isEmpty() || !deadline.allows(pause.plus(ApplyRun.MIN_CALL_TIME))) {
        break;
      }
      time.sleep(pause);
      round(
          pending,
          observation,
          launches,
          deadline,
          (id, later) -> outcomes.merge(id, later, Reconciler::afterAnotherLook));
      observation = this::observe;
    }
    for (Duration pause : PoolLimits.LOOK_AGAIN) {
      List<InstanceRequest> waiting =
          looks.stream().filter(look -> waitsForAPool(outcomes.get(look.instance()))).toList();
      if (waiting.isEmpty() || !deadline.allows(pause.plus(ApplyRun.MIN_CALL_TIME))) {
        break;
      }
      time.sleep(pause);
      round(waiting, observation, launches, deadline, outcomes::put);
    }
    looks.forEach(look -> outcomes.computeIfAbsent(look.instance(), id -> outOfTime(id)));
    return outcomes;
  }

  /** What there was no time to look at again is as it was; else it is as it was seen last. */
  private static Outcome afterAnotherLook(Outcome earlier, Outcome later) {
    boolean isOutOfTime =
        later instanceof Outcome.RetryForEveryone(Failure failure)
            && failure.kind() == FailureKind.OUT_OF_TIME;
    return isOutOfTime && !waitsForAPool(earlier) ? earlier : later;
  }

  /** Whether a later look will show a pool as EC2 says it is. */
  private static boolean waitsForAPool(@Nullable Outcome outcome) {
    return outcome instanceof Outcome.RetryForInstance(Failure failure)
        && WAITING_FOR_A_POOL.contains(failure.kind());
  }

  private List<Duration> pauses() {
    List<Duration> pauses = new ArrayList<>();
    pauses.add(Duration.ZERO);
    pauses.addAll(limits.lookAgain());
    return pauses;
  }

  private static boolean isOpen(Map<InstanceId, Outcome> outcomes, InstanceRequest look) {
    Outcome outcome = outcomes.get(look.instance());
    return outcome == null || outcome instanceof Outcome.RetryForInstance;
  }

  /** One round; on a read that fails nothing is applied and the failure is every instance's. */
  private void round(
      List<InstanceRequest> looks,
      Observation observation,
      LaunchBudget launches,
      Deadline deadline,
      Outcomes outcomes)
      throws InterruptedException {
    switch (observation.of(distinct(looks, InstanceRequest::instance), deadline)) {
      case Answer.Failed<List<Instance>>(Failure failure) -> allFailed(looks, failure, outcomes);
      case Answer.Got<List<Instance>>(List<Instance> instances) -> {
        switch (targets.get(deadline)) {
          case Answer.Failed<List<MirrorTarget>>(Failure failure) ->
              allFailed(looks, failure, outcomes);
          case Answer.Got<List<MirrorTarget>>(List<MirrorTarget> known) ->
              screenAndApply(looks, instances, interfaces(known), launches, deadline, outcomes);
        }
      }
    }
  }

  /** In their order, in a set that never grows: a batch can name ten thousand. */
  private static <T, K> Set<K> distinct(List<T> items, Function<T, K> key) {
    Set<K> keys = LinkedHashSet.newLinkedHashSet(items.size());
    items.forEach(item -> keys.add(key.apply(item)));
    return keys;
  }

  private static Set<InterfaceId> interfaces(List<MirrorTarget> targets) {
    return targets.stream()
        .flatMap(target -> target.networkInterface().stream())
        .collect(Collectors.toSet());
  }

  private void screenAndApply(
      List<InstanceRequest> looks,
      List<Instance> instances,
      Set<InterfaceId> known,
      LaunchBudget launches,
      Deadline deadline,
      Outcomes outcomes)
      throws InterruptedException {
    Map<InstanceId, Instance> byId = HashMap.newHashMap(instances.size());
    instances.forEach(instance -> byId.putIfAbsent(instance.id(), instance));
    List<Case> cases = new ArrayList<>();
    for (InstanceRequest look : looks) {
      Instance instance = byId.get(look.instance());
      if (instance == null) {
        outcomes.put(look.instance(), notSeen(look));
        continue;
      }
      switch (Planner.screen(instance, known, policy.desired(instance), ownership)) {
        case Screening.Settled(Reason reason) ->
            outcomes.put(look.instance(), new Outcome.Settled(reason));
        case Screening.Candidate candidate -> cases.add(new Case(look, instance, candidate));
      }
    }
    if (!cases.isEmpty()) {
      planAndApply(cases, launches, deadline, outcomes);
    }
  }

  private void planAndApply(
      List<Case> cases, LaunchBudget launches, Deadline deadline, Outcomes outcomes)
      throws InterruptedException {
    Set<InterfaceId> sources = distinct(cases, each -> each.candidate().source());
    switch (ec2.sessions(sources, deadline)) {
      case Answer.Failed<List<Session>>(Failure failure) ->
          allFailed(cases.stream().map(Case::look).toList(), failure, outcomes);
      case Answer.Got<List<Session>>(List<Session> sessions) ->
          apply(cases, bySource(sessions), launches, deadline, outcomes);
    }
  }

  private void apply(
      List<Case> cases,
      Map<InterfaceId, List<Session>> sessions,
      LaunchBudget launches,
      Deadline deadline,
      Outcomes outcomes)
      throws InterruptedException {
    List<Step> steps = new ArrayList<>();
    List<Action> planned = new ArrayList<>();
    Map<InstanceId, Seated> seated = seatPooled(cases, sessions, launches, deadline);
    for (Case each : cases) {
      InstanceId id = each.look().instance();
      List<Session> existing = sessions.getOrDefault(each.candidate().source(), List.of());
      if (!existing.isEmpty()) {
        applier.knownToWork(each.instance());
      }
      Optional<Seated> seat = Optional.ofNullable(seated.get(id));
      switch (seat.orElseGet(() -> fixed(each.candidate(), existing))) {
        case Seated.Not(Outcome outcome) -> outcomes.put(id, outcome);
        case Seated.At(TargetId target, Set<TargetId> acceptable, List<Session> seen) -> {
          switch (Planner.plan(each.candidate(), target, acceptable, seen, ownership)) {
            case Plan.Nothing(Reason reason) -> outcomes.put(id, new Outcome.Settled(reason));
            case Plan.Act(List<Action> actions) -> {
              planned.addAll(actions);
              if (dryRun) {
                outcomes.put(id, new Outcome.WouldAct(actions));
              } else {
                steps.add(
                    Step.first(
                        steps.size(), each.look(), each.instance(), seat.isPresent(), actions));
              }
            }
          }
        }
      }
    }
    if (!planned.isEmpty()) {
      telemetry.plan(planned);
    }
    applier.apply(steps, deadline).forEach(outcomes::put);
  }

  /** What pools have for those that go to one; nothing for the others. */
  private Map<InstanceId, Seated> seatPooled(
      List<Case> cases,
      Map<InterfaceId, List<Session>> sessions,
      LaunchBudget launches,
      Deadline deadline)
      throws InterruptedException {
    List<PooledCase> pooled = new ArrayList<>();
    for (Case each : cases) {
      if (each.candidate().aim() instanceof Screening.Aim.AnyOf(Pool pool)) {
        pooled.add(new PooledCase(each.look(), each.instance(), each.candidate(), pool));
      }
    }
    return pooled.isEmpty() ? Map.of() : pools.seat(pooled, sessions, launches, deadline);
  }

  private static Seated fixed(Screening.Candidate candidate, List<Session> existing) {
    return switch (candidate.aim()) {
      case Screening.Aim.Target(TargetId target) -> new Seated.At(target, Set.of(target), existing);
      case Screening.Aim.AnyOf(Pool pool) ->
          throw new IllegalStateException("pool " + pool + " has nothing for " + candidate);
    };
  }

  private static Map<InterfaceId, List<Session>> bySource(List<Session> sessions) {
    return sessions.stream()
        .collect(
            Collectors.groupingBy(
                Session::source, () -> HashMap.newHashMap(sessions.size()), Collectors.toList()));
  }

  /** EC2 is eventually consistent: what a young event names may not be visible yet. */
  private Outcome notSeen(InstanceRequest look) {
    if (look.firstYoungPosition(time.now(), limits.instanceRetry()).isEmpty()) {
      return new Outcome.Settled(Reason.GONE);
    }
    return new Outcome.RetryForInstance(
        new Failure(
            FailureKind.INSTANCE_NOT_SEEN,
            "InstanceNotSeen",
            "EC2 does not show " + look.instance() + ", perhaps not yet; it is looked at again"));
  }

  private void allFailed(Collection<InstanceRequest> looks, Failure failure, Outcomes outcomes) {
    Outcome outcome = Verdicts.onInstance(failure, grace);
    looks.forEach(look -> outcomes.put(look.instance(), outcome));
  }

  private static Outcome outOfTime(InstanceId instance) {
    return new Outcome.RetryForEveryone(
        new Failure(
            FailureKind.OUT_OF_TIME,
            "OutOfTime",
            "no time left to look at " + instance + "; it goes back for a retry"));
  }
}
