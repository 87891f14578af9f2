package io.trafficmirror.mirror;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Turns session states into a plan of writes. Pure: the same input gives the same plan, and once a
 * plan is applied the next plan is empty.
 */
public final class Planner {

  /**
   * Limits on the launches in a plan.
   *
   * @param launches the maximum number of instances to launch, 0 or more
   * @param held the digests of the pools in which launches are on hold
   * @param justifiesLaunch whether a source instance justifies launching a target instance
   */
  public record Allowance(int launches, Set<String> held, Predicate<Instance> justifiesLaunch) {
    /** Copies the set. */
    public Allowance {
      held = Set.copyOf(held);
    }
  }

  private final PoolInventory pools;
  private final Allowance allowance;
  private final Map<Source, Seat> seats = new HashMap<>();
  private final List<Action.OnTarget> launches = new ArrayList<>();
  private final List<Action.OnTarget> creations = new ArrayList<>();
  private int launchesLeft;

  private Planner(PoolInventory pools, Allowance allowance) {
    this.pools = pools;
    this.allowance = allowance;
    this.launchesLeft = allowance.launches();
  }

  /**
   * Plans the writes for some instances.
   *
   * @param states the states of their sessions; earlier ones get targets first
   * @param pools the pools that the states were assessed with, including the sources of their
   *     targets
   * @param allowance the limits on launches
   */
  public static Plan plan(List<SessionState> states, PoolInventory pools, Allowance allowance) {
    return new Planner(pools, allowance).plan(states);
  }

  private Plan plan(List<SessionState> states) {
    Map<Pool, List<WantedSession>> needs = needs(states);
    needs.forEach(this::seat);
    List<Action.Mirroring> sessions = new ArrayList<>();
    for (SessionState state : states) {
      action(state).ifPresent(sessions::add);
    }
    Map<Source, Seat.WaitReason> waiting = new HashMap<>();
    seats.forEach(
        (source, seat) -> {
          if (seat instanceof Seat.Waits(Seat.WaitReason why)) {
            waiting.put(source, why);
          }
        });
    List<Action.OnTarget> targets = new ArrayList<>(launches);
    targets.addAll(creations);
    return new Plan(targets, sessions, waiting);
  }

  private static Map<Pool, List<WantedSession>> needs(List<SessionState> states) {
    Map<Pool, List<WantedSession>> needs = new LinkedHashMap<>();
    for (SessionState state : states) {
      if (state.needsTarget()) {
        state.wantedSession().ifPresent(wanted -> addNeed(wanted, needs));
      }
    }
    return needs;
  }

  private static void addNeed(WantedSession wanted, Map<Pool, List<WantedSession>> needs) {
    if (wanted.aim() instanceof WantedSession.Aim.AnyOf(Pool pool)) {
      needs.computeIfAbsent(pool, each -> new ArrayList<>()).add(wanted);
    }
  }

  /**
   * Assigns a seat in the pool to each of these sources, and plans the launches and targets that
   * the seats require.
   */
  private void seat(Pool pool, List<WantedSession> wanted) {
    List<Seating.Need> needs = new ArrayList<>();
    Map<InterfaceId, Source> sources = HashMap.newHashMap(wanted.size());
    for (WantedSession each : wanted) {
      sources.put(each.source().networkInterface(), each.source());
      needs.add(
          new Seating.Need(
              each.source().networkInterface(), allowance.justifiesLaunch().test(each.instance())));
    }
    Scope scope = wanted.getFirst().source().scope();
    Map<Integer, Slot> slots = new TreeMap<>();
    Map<InstanceId, PoolMember> members = new TreeMap<>();
    Seating.of(
            pools.view(pool),
            needs,
            InstanceTypes.maximumSources(pool.instanceType()),
            allowance.held().contains(pool.digest())
                ? Seating.Launches.HELD
                : Seating.Launches.upTo(launchesLeft))
        .forEach(
            (networkInterface, seat) -> {
              seats.put(sources.get(networkInterface), seat);
              switch (seat) {
                case Seat.OnSlot(Slot slot) -> slots.put(slot.number(), slot);
                case Seat.OnMember(PoolMember member) -> members.put(member.id(), member);
                case Seat.OnTarget ignored -> {
                  // Nothing to create.
                }
                case Seat.Waits ignored -> {
                  // Nothing to create in this plan.
                }
              }
            });
    launchesLeft -= slots.size();
    grow(scope, pool, slots.values(), members.values());
  }

  private void grow(Scope scope, Pool pool, Iterable<Slot> slots, Iterable<PoolMember> members) {
    for (PoolMember member : members) {
      creations.add(
          new Action.CreateTarget(
              scope,
              new TargetRef.OfMember(member.id()),
              member.slot().orElseThrow(),
              member.primary()));
    }
    for (Slot slot : slots) {
      launches.add(new Action.LaunchTarget(scope, pool, slot));
      creations.add(
          new Action.CreateTarget(scope, new TargetRef.OfSlot(slot), slot, Optional.empty()));
    }
  }

  private Optional<Action.Mirroring> action(SessionState state) {
    return switch (state) {
      case SessionState.Missing(WantedSession wanted, List<Session> existing) ->
          target(wanted).map(target -> create(wanted, target, existing));
      case SessionState.Outdated(WantedSession wanted, Session ours, boolean keepsTarget) ->
          (keepsTarget
                  ? Optional.<TargetRef>of(new TargetRef.Existing(ours.target()))
                  : target(wanted))
              .map(target -> modify(wanted, target, ours));
      case SessionState.Satisfied ignored -> Optional.empty();
      case SessionState.Unsettled ignored -> Optional.empty();
      case SessionState.NotMirrored ignored -> Optional.empty();
    };
  }

  /** The target for a session that has no acceptable one yet; empty if the source has to wait. */
  private Optional<TargetRef> target(WantedSession wanted) {
    return switch (wanted.aim()) {
      case WantedSession.Aim.Target(TargetId target) -> Optional.of(new TargetRef.Existing(target));
      case WantedSession.Aim.AnyOf ignored ->
          switch (Optional.ofNullable(seats.get(wanted.source())).orElseThrow()) {
            case Seat.OnTarget(TargetId target) -> Optional.of(new TargetRef.Existing(target));
            case Seat.OnMember(PoolMember member) ->
                Optional.of(new TargetRef.OfMember(member.id()));
            case Seat.OnSlot(Slot slot) -> Optional.of(new TargetRef.OfSlot(slot));
            case Seat.Waits waits -> Optional.empty();
          };
    };
  }

  private static Action.Mirroring modify(WantedSession wanted, TargetRef target, Session ours) {
    return new Action.ModifySession(
        wanted.source(), wanted.entry(), ours.id(), target, wanted.filter());
  }

  private static Action.Mirroring create(
      WantedSession wanted, TargetRef target, List<Session> existing) {
    return new Action.CreateSession(
        wanted.source(),
        wanted.entry(),
        target,
        wanted.filter(),
        freeNumber(wanted.number(), existing));
  }

  /**
   * The wanted number, or the next higher one that no observed session uses, wrapping around after
   * the maximum.
   */
  private static int freeNumber(int wanted, List<Session> existing) {
    if (existing.isEmpty()) {
      return wanted;
    }
    Set<Integer> taken = new TreeSet<>();
    existing.forEach(session -> taken.add(session.number()));
    int number = wanted;
    while (taken.contains(number)) {
      number = number == DesiredSession.MAX_NUMBER ? DesiredSession.MIN_NUMBER : number + 1;
    }
    return number;
  }
}
