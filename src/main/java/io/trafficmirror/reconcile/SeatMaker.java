package io.trafficmirror.reconcile;

import io.trafficmirror.mirror.Instance;
import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.InstanceTypes;
import io.trafficmirror.mirror.InterfaceId;
import io.trafficmirror.mirror.MirrorTarget;
import io.trafficmirror.mirror.PoolMember;
import io.trafficmirror.mirror.PoolView;
import io.trafficmirror.mirror.Reason;
import io.trafficmirror.mirror.Seat;
import io.trafficmirror.mirror.Seating;
import io.trafficmirror.mirror.Session;
import io.trafficmirror.mirror.Slot;
import io.trafficmirror.mirror.TargetId;
import io.trafficmirror.port.Answer;
import io.trafficmirror.port.Deadline;
import io.trafficmirror.port.Failure;
import io.trafficmirror.port.FailureKind;
import io.trafficmirror.port.Time;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Gives seats to those that need one, and makes what the seats need. */
final class SeatMaker {

  private final PoolGrowth growth;
  private final PoolMemory memory;
  private final RefusedTypes refusedTypes;
  private final Silence silence;
  private final Telemetry telemetry;
  private final DenialGrace grace;
  private final PoolLimits limits;
  private final UselessLaunches useless;
  private final boolean dryRun;
  private final Time time;

  SeatMaker(
      PoolGrowth growth,
      PoolMemory memory,
      RefusedTypes refusedTypes,
      Silence silence,
      Telemetry telemetry,
      DenialGrace grace,
      PoolLimits limits,
      boolean dryRun,
      Time time) {
    this.growth = growth;
    this.memory = memory;
    this.refusedTypes = refusedTypes;
    this.silence = silence;
    this.telemetry = telemetry;
    this.grace = grace;
    this.limits = limits;
    this.useless = new UselessLaunches(time);
    this.dryRun = dryRun;
    this.time = time;
  }

  /** The targets of one pool's seats, by what each seat was made of. */
  private record Made(
      Map<Slot, Answer<TargetId>> bySlot, Map<InstanceId, Answer<TargetId>> byMember) {

    private static final Answer<TargetId> NOTHING =
        new Answer.Failed<>(
            new Failure(FailureKind.POOL_SETTLES, "PoolSettles", "no target was made"));

    Answer<TargetId> of(Slot slot) {
      return bySlot.getOrDefault(slot, NOTHING);
    }

    Answer<TargetId> of(PoolMember member) {
      return byMember.getOrDefault(member.id(), NOTHING);
    }

    Set<TargetId> targets() {
      Set<TargetId> targets = new HashSet<>();
      List<Answer<TargetId>> all = new ArrayList<>(bySlot.values());
      all.addAll(byMember.values());
      for (Answer<TargetId> answer : all) {
        if (answer instanceof Answer.Got<TargetId>(TargetId target)) {
          targets.add(target);
        }
      }
      return targets;
    }
  }

  /** A seat for every case of one pool, or what becomes of it. */
  Map<InstanceId, Seated> make(
      List<PooledCase> cases,
      PoolView view,
      Map<InterfaceId, List<Session>> sessions,
      LaunchBudget budget,
      Deadline deadline)
      throws InterruptedException {
    List<Seating.Need> needs =
        cases.stream()
            .map(each -> new Seating.Need(each.source(), isWorthALaunch(each.instance())))
            .toList();
    boolean unbounded = dryRun || memory.refusedLaunch(view.pool().digest()).isPresent();
    Map<InterfaceId, Seat> seats =
        Seating.of(
            view, needs, limit(view), unbounded ? Integer.MAX_VALUE : Math.max(0, budget.left()));
    Made made = dryRun ? planned(seats) : grow(view, seats, budget, deadline);
    tellReused(seats.values());
    Set<TargetId> acceptable = new HashSet<>(view.living().keySet());
    acceptable.addAll(made.targets());
    boolean othersAreServed =
        !silence.isEc2s()
            && (cases.size() == 1
                || seats.values().stream().anyMatch(Seat.OnTarget.class::isInstance));
    hearOf(cases, seats, made);
    Map<InstanceId, Seated> seated = new HashMap<>();
    for (PooledCase each : cases) {
      List<Session> existing = sessions.getOrDefault(each.source(), List.of());
      Seated value =
          switch (seats.getOrDefault(each.source(), new Seat.Waits(Seat.Why.POOL_SETTLES))) {
            case Seat.OnTarget(TargetId target) -> new Seated.At(target, acceptable, existing);
            case Seat.OnMember(PoolMember member) ->
                seated(made.of(member), acceptable, existing, othersAreServed);
            case Seat.OnSlot(Slot slot) ->
                seated(made.of(slot), acceptable, existing, othersAreServed);
            case Seat.Waits(Seat.Why why) -> new Seated.Not(waits(why, each));
          };
      seated.put(each.look().instance(), value);
    }
    return seated;
  }

  /**
   * Launches and new targets tell of EC2 as sessions do. What they tell counts from the next look
   * on: by then it is known whether EC2 has answered the sessions of others.
   */
  private void hearOf(List<PooledCase> cases, Map<InterfaceId, Seat> seats, Made made) {
    for (PooledCase each : cases) {
      Optional<Answer<TargetId>> answer =
          switch (seats.get(each.source())) {
            case Seat.OnMember(PoolMember member) -> Optional.of(made.of(member));
            case Seat.OnSlot(Slot slot) -> Optional.of(made.of(slot));
            case null, default -> Optional.empty();
          };
      if (answer.orElse(Made.NOTHING) instanceof Answer.Failed<TargetId>(Failure failure)) {
        if (failure.kind() == FailureKind.UNAVAILABLE) {
          silence.unanswered(each.look().instance());
        }
      } else {
        silence.answered();
      }
    }
  }

  /** A dry run asks EC2 nothing that would confirm the limit, so it must not wait for that. */
  private Seating.Limit limit(PoolView view) {
    Seating.Limit known = memory.limitOf(view.pool().instanceType());
    return dryRun ? new Seating.Limit(known.sources(), true) : known;
  }

  private boolean isWorthALaunch(Instance instance) {
    return InstanceTypes.isKnownAsSource(instance.type(), limits.moreSourceFamilies())
        && !refusedTypes.isRefused(instance);
  }

  private void tellReused(Collection<Seat> seats) {
    int reused = (int) seats.stream().filter(Seat.OnTarget.class::isInstance).count();
    if (reused > 0 && !dryRun) {
      telemetry.reused(reused);
    }
  }

  private static Made planned(Map<InterfaceId, Seat> seats) {
    Made made = new Made(new HashMap<>(), new HashMap<>());
    Answer<TargetId> target = new Answer.Got<>(MirrorTarget.NOT_MADE_YET);
    for (Seat seat : seats.values()) {
      switch (seat) {
        case Seat.OnSlot(Slot slot) -> made.bySlot().put(slot, target);
        case Seat.OnMember(PoolMember member) -> made.byMember().put(member.id(), target);
        case Seat.OnTarget ignored -> {
          // It is there.
        }
        case Seat.Waits ignored -> {
          // It gets none.
        }
      }
    }
    return made;
  }

  /** Launches all that are needed before any target is made: EC2 gets time to know them. */
  private Made grow(
      PoolView view, Map<InterfaceId, Seat> seats, LaunchBudget budget, Deadline deadline)
      throws InterruptedException {
    Made made = new Made(new HashMap<>(), new HashMap<>());
    Map<Integer, Slot> wanted = new TreeMap<>();
    Map<InstanceId, PoolMember> halfMade = new HashMap<>();
    for (Seat seat : seats.values()) {
      if (seat instanceof Seat.OnSlot(Slot slot)) {
        wanted.put(slot.number(), slot);
      } else if (seat instanceof Seat.OnMember(PoolMember member)) {
        halfMade.put(member.id(), member);
      }
    }
    Map<Slot, PoolMember> launched = launch(view, wanted.values(), made, budget, deadline);
    Optional<Failure> stopped = Optional.empty();
    for (PoolMember member : halfMade.values()) {
      Answer<TargetId> answer = target(member, member.slot().orElseThrow(), stopped, deadline);
      made.byMember().put(member.id(), answer);
      stopped = failureOf(answer);
    }
    for (Map.Entry<Slot, PoolMember> each : launched.entrySet()) {
      PoolMember member = each.getValue();
      Slot slot = member.slot().orElse(each.getKey());
      Answer<TargetId> answer = target(member, slot, stopped, deadline);
      made.bySlot().put(each.getKey(), answer);
      stopped = failureOf(answer);
    }
    return made;
  }

  /** In the order of their numbers; what one of them fails with, the later ones fail with too. */
  private Map<Slot, PoolMember> launch(
      PoolView view, Collection<Slot> slots, Made made, LaunchBudget budget, Deadline deadline)
      throws InterruptedException {
    Map<Slot, PoolMember> launched = new HashMap<>();
    Optional<Failure> stopped =
        memory.refusedLaunch(view.pool().digest()).or(() -> useless.seenIn(view));
    for (Slot slot : slots) {
      if (stopped.isEmpty() && budget.left() <= 0) {
        stopped = Optional.of(noMoreLaunches(slot.toString()));
      }
      if (stopped.isPresent()) {
        made.bySlot().put(slot, new Answer.Failed<>(stopped.get()));
        continue;
      }
      switch (growth.launch(view.pool(), slot, budget, deadline)) {
        case Answer.Got<PoolMember>(PoolMember member) -> launched.put(slot, member);
        case Answer.Failed<PoolMember>(Failure failure) -> {
          stopped = Optional.of(failure);
          made.bySlot().put(slot, new Answer.Failed<>(failure));
        }
      }
    }
    return launched;
  }

  private static Failure noMoreLaunches(String what) {
    return new Failure(
        FailureKind.POOL_GROWS,
        "PoolGrows",
        "this invocation has launched as many targets as it may; %s goes back for a retry"
            .formatted(what));
  }

  /** What one of them fails with after all its pauses, the later ones do not wait for as well. */
  private Answer<TargetId> target(
      PoolMember member, Slot slot, Optional<Failure> stopped, Deadline deadline)
      throws InterruptedException {
    if (stopped.isPresent()) {
      return new Answer.Failed<>(stopped.get());
    }
    return limits.mayBeFinished(member, time.now())
        ? id(growth.target(member, slot, deadline))
        : new Answer.Failed<>(
            new Failure(
                FailureKind.POOL_SETTLES,
                "PoolSettles",
                "%s has had no target for too long, and is left to the sweep"
                    .formatted(member.id())));
  }

  private static Optional<Failure> failureOf(Answer<TargetId> answer) {
    return answer instanceof Answer.Failed<TargetId>(Failure failure)
        ? Optional.of(failure)
        : Optional.empty();
  }

  private static Answer<TargetId> id(Answer<MirrorTarget> answer) {
    return switch (answer) {
      case Answer.Got<MirrorTarget>(MirrorTarget target) -> new Answer.Got<>(target.id());
      case Answer.Failed<MirrorTarget>(Failure failure) -> new Answer.Failed<>(failure);
    };
  }

  private Seated seated(
      Answer<TargetId> made,
      Set<TargetId> acceptable,
      List<Session> existing,
      boolean othersAreServed) {
    return switch (made) {
      case Answer.Got<TargetId>(TargetId target) -> new Seated.At(target, acceptable, existing);
      case Answer.Failed<TargetId>(Failure failure) ->
          // As with sessions: an EC2 that answers everybody else has trouble with these alone.
          new Seated.Not(
              failure.kind() == FailureKind.UNAVAILABLE && othersAreServed
                  ? new Outcome.RetryForInstance(failure)
                  : Verdicts.onInstance(failure, grace));
    };
  }

  private Outcome waits(Seat.Why why, PooledCase each) {
    return switch (why) {
      case POOL_SETTLES ->
          new Outcome.RetryForInstance(
              new Failure(
                  FailureKind.POOL_SETTLES,
                  "PoolSettles",
                  "EC2 has called targets of pool %s full or gone, and does not show yet why; %s is looked at again"
                      .formatted(each.pool(), each.look().instance())));
      case NO_MORE_LAUNCHES ->
          // A retry helps those for whom there was no launch left, but not where none succeeds.
          memory
              .refusedLaunch(each.pool().digest())
              .map(failure -> Verdicts.onInstance(failure, grace))
              .orElseGet(
                  () ->
                      new Outcome.RetryForEveryone(
                          noMoreLaunches(each.look().instance().toString())));
      case NOT_WORTH_A_LAUNCH ->
          refusedTypes
              .answerFor(each.instance())
              .map(failure -> Verdicts.onInstance(failure, grace))
              .orElse(new Outcome.Settled(Reason.TYPE_NOT_KNOWN_AS_SOURCE));
    };
  }

  /** A session of ours goes to a target whose instance is not seen. */
  static Outcome settles(PooledCase each, Session session) {
    return new Outcome.RetryForInstance(
        new Failure(
            FailureKind.POOL_SETTLES,
            "PoolSettles",
            "session %s of %s goes to %s, whose instance EC2 does not show, perhaps not yet; it is looked at again"
                .formatted(session.id(), each.look().instance(), session.target())));
  }

  Map<InstanceId, Seated> allFailed(List<PooledCase> cases, Failure failure) {
    Seated not = new Seated.Not(Verdicts.onInstance(failure, grace));
    return cases.stream().collect(Collectors.toMap(each -> each.look().instance(), each -> not));
  }
}
