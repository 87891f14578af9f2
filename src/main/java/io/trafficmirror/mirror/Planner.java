package io.trafficmirror.mirror;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * From what is and what should be to what is to be done. Pure functions: the same input gives the
 * same plan, and a plan that was applied leads to a plan that does nothing.
 */
public final class Planner {

  /** How many sessions an interface can have (AWS: traffic mirroring quotas, not adjustable). */
  static final int SESSIONS_PER_INTERFACE = 3;

  private Planner() {}

  /**
   * Whether the sessions of the instance matter at all.
   *
   * @param instance the instance as it was observed
   * @param targets the interfaces that are mirror targets of the account
   * @param desired what the policy wants for it
   * @param ownership whose deployment this is
   */
  public static Screening screen(
      Instance instance,
      Set<InterfaceId> targets,
      Optional<DesiredSession> desired,
      Ownership ownership) {
    if (!instance.state().canBeMirrored()) {
      return new Screening.Settled(Reason.NOT_RUNNING);
    }
    // An instance that is to be a target says so before it is one.
    if (PoolMember.isTagged(instance.tags())) {
      return new Screening.Settled(Reason.IS_A_MIRROR_TARGET);
    }
    if (desired.isEmpty()) {
      return new Screening.Settled(Reason.NO_ENTRY_MATCHES);
    }
    if (instance.interfaces().stream().anyMatch(i -> targets.contains(i.id()))) {
      return new Screening.Settled(Reason.IS_A_MIRROR_TARGET);
    }
    Optional<NetworkInterface> primary = instance.primaryInterface();
    if (primary.isEmpty()) {
      return new Screening.Settled(Reason.NO_PRIMARY_INTERFACE);
    }
    DesiredSession wanted = desired.get();
    Optional<Screening.Aim> aim =
        switch (wanted.destination()) {
          case Destination.OnDemand(LaunchSpecification specification) ->
              Pool.of(ownership.deployment(), specification, instance.subnet())
                  .map(Screening.Aim.AnyOf::new);
          case Destination.Fixed(TargetId target) -> Optional.of(new Screening.Aim.Target(target));
        };
    if (aim.isEmpty()) {
      return new Screening.Settled(Reason.NO_TARGET);
    }
    return new Screening.Candidate(
        instance.id(),
        primary.get().id(),
        wanted.entry(),
        aim.get(),
        wanted.filter(),
        wanted.number());
  }

  /**
   * What stands between an instance and its session.
   *
   * @param candidate what it needs
   * @param acceptable the targets that will do
   * @param sessions sessions as they were read; those of other interfaces are passed over
   * @param ownership which sessions are ours
   */
  public static Standing standing(
      Screening.Candidate candidate,
      Set<TargetId> acceptable,
      List<Session> sessions,
      Ownership ownership) {
    List<Session> existing = existing(candidate, sessions);
    if (existing.stream().anyMatch(s -> isWanted(candidate, acceptable, s))) {
      return new Standing.Final(Reason.ALREADY_MIRRORED);
    }
    Optional<Session> ours = ours(existing, acceptable, ownership);
    if (ours.isPresent()) {
      return new Standing.Ours(ours.get());
    }
    return existing.size() >= SESSIONS_PER_INTERFACE
        ? new Standing.Final(Reason.INTERFACE_SESSION_LIMIT)
        : new Standing.None();
  }

  /**
   * The plan for an instance that is to be mirrored.
   *
   * @param candidate what it needs
   * @param target where its traffic goes where it does not go to an acceptable target already
   * @param acceptable the targets that will do, {@code target} among them or not
   * @param sessions sessions as they were read; those of other interfaces are passed over
   * @param ownership which sessions are ours
   */
  public static Plan plan(
      Screening.Candidate candidate,
      TargetId target,
      Set<TargetId> acceptable,
      List<Session> sessions,
      Ownership ownership) {
    return switch (standing(candidate, acceptable, sessions, ownership)) {
      case Standing.Final(Reason reason) -> new Plan.Nothing(reason);
      case Standing.Ours(Session ours) -> {
        boolean stays = acceptable.contains(ours.target());
        yield act(modify(candidate, stays ? ours.target() : target, ours));
      }
      case Standing.None ignored -> act(create(candidate, target, existing(candidate, sessions)));
    };
  }

  private static Plan act(Action action) {
    return new Plan.Act(List.of(action));
  }

  private static List<Session> existing(Screening.Candidate candidate, List<Session> sessions) {
    return sessions.stream().filter(s -> s.source().equals(candidate.source())).toList();
  }

  /** The one that goes to an acceptable target before others, so that none is moved needlessly. */
  private static Optional<Session> ours(
      List<Session> existing, Set<TargetId> acceptable, Ownership ownership) {
    return existing.stream()
        .filter(ownership::owns)
        .min(
            Comparator.comparing((Session session) -> !acceptable.contains(session.target()))
                .thenComparingInt(Session::number)
                .thenComparing(Session::id));
  }

  private static boolean isWanted(
      Screening.Candidate candidate, Set<TargetId> acceptable, Session session) {
    return acceptable.contains(session.target()) && session.filter().equals(candidate.filter());
  }

  private static Action modify(Screening.Candidate candidate, TargetId target, Session session) {
    return new Action.ModifySession(
        candidate.instance(),
        candidate.source(),
        candidate.entry(),
        session.id(),
        target,
        candidate.filter());
  }

  private static Action create(
      Screening.Candidate candidate, TargetId target, List<Session> existing) {
    return new Action.CreateSession(
        candidate.instance(),
        candidate.source(),
        candidate.entry(),
        target,
        candidate.filter(),
        freeNumber(candidate.number(), existing));
  }

  /**
   * The wanted number, or the next one above it that nobody is seen to hold; past the highest it
   * starts again.
   */
  private static int freeNumber(int wanted, List<Session> existing) {
    Set<Integer> taken =
        existing.stream().map(Session::number).collect(Collectors.toCollection(TreeSet::new));
    int number = wanted;
    while (taken.contains(number)) {
      number = number == DesiredSession.MAX_NUMBER ? DesiredSession.MIN_NUMBER : number + 1;
    }
    return number;
  }
}
