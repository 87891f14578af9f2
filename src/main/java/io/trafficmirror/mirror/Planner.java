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
   * The whole plan for one instance.
   *
   * @param instance the instance as it was observed
   * @param sessions all sessions on its primary interface, ours and foreign ones
   * @param targets the interfaces that are mirror targets of the account
   * @param desired what the policy wants for it
   * @param ownership which sessions are ours
   */
  public static Plan plan(
      Instance instance,
      List<Session> sessions,
      Set<InterfaceId> targets,
      Optional<DesiredSession> desired,
      Ownership ownership) {
    return switch (screen(instance, targets, desired)) {
      case Screening.Settled(Reason reason) -> new Plan.Nothing(reason);
      case Screening.Candidate candidate -> plan(candidate, sessions, ownership);
    };
  }

  /**
   * Whether the sessions of the instance matter at all. The parameters are those of {@link #plan}.
   */
  public static Screening screen(
      Instance instance, Set<InterfaceId> targets, Optional<DesiredSession> desired) {
    if (!instance.state().canBeMirrored()) {
      return new Screening.Settled(Reason.NOT_RUNNING);
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
    return switch (wanted.destination()) {
      case Destination.OnDemand ignored -> new Screening.Settled(Reason.NO_TARGET);
      case Destination.Fixed(TargetId target) ->
          new Screening.Candidate(
              instance.id(),
              primary.get().id(),
              wanted.entry(),
              target,
              wanted.filter(),
              wanted.number());
    };
  }

  /**
   * The plan for an instance that is to be mirrored.
   *
   * @param candidate what it needs
   * @param sessions sessions as they were read; those of other interfaces are passed over
   * @param ownership which sessions are ours
   */
  public static Plan plan(
      Screening.Candidate candidate, List<Session> sessions, Ownership ownership) {
    List<Session> existing =
        sessions.stream().filter(s -> s.source().equals(candidate.source())).toList();
    if (existing.stream().anyMatch(s -> isWanted(candidate, s))) {
      return new Plan.Nothing(Reason.ALREADY_MIRRORED);
    }
    Optional<Session> ours =
        existing.stream()
            .filter(ownership::owns)
            .min(Comparator.comparingInt(Session::number).thenComparing(Session::id));
    if (ours.isPresent()) {
      return new Plan.Act(List.of(modify(candidate, ours.get())));
    }
    if (existing.size() >= SESSIONS_PER_INTERFACE) {
      return new Plan.Nothing(Reason.INTERFACE_SESSION_LIMIT);
    }
    return new Plan.Act(List.of(create(candidate, existing)));
  }

  private static boolean isWanted(Screening.Candidate candidate, Session session) {
    return session.target().equals(candidate.target())
        && session.filter().equals(candidate.filter());
  }

  private static Action modify(Screening.Candidate candidate, Session session) {
    return new Action.ModifySession(
        candidate.instance(),
        candidate.source(),
        candidate.entry(),
        session.id(),
        candidate.target(),
        candidate.filter());
  }

  private static Action create(Screening.Candidate candidate, List<Session> existing) {
    return new Action.CreateSession(
        candidate.instance(),
        candidate.source(),
        candidate.entry(),
        candidate.target(),
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
