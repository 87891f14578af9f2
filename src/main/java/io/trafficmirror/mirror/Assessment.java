package io.trafficmirror.mirror;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * How every observed instance stands to what the policy wants for it. The one place that decides
 * whether a session is right, missing or outdated, or why there is none: the function, a dry run
 * and a coverage report all read it here.
 *
 * <p>A pure function of the observation, the policy and the time. Immutable.
 */
public final class Assessment {

  /** How many sessions an interface can have (AWS: Traffic Mirroring quotas, not adjustable). */
  static final int SESSIONS_PER_INTERFACE = 3;

  /**
   * One line of an assessment.
   *
   * @param scope the account and Region
   * @param instance the instance
   * @param networkInterface its primary interface; empty where EC2 shows none
   * @param state how it stands to its session
   */
  public record Row(
      Scope scope,
      InstanceId instance,
      Optional<InterfaceId> networkInterface,
      SessionState state) {}

  private final Selections selections;
  private final PoolInventory pools;
  private final Map<InstanceId, SessionState> states;

  private Assessment(
      Selections selections, PoolInventory pools, Map<InstanceId, SessionState> states) {
    this.selections = selections;
    this.pools = pools;
    this.states = states;
  }

  /**
   * Assesses an observation.
   *
   * @param observation what EC2 shows
   * @param policy what should be mirrored
   * @param ownership which sessions and targets are ours
   * @param now the time of the observation
   * @return one row for each instance, in the order of the observation
   */
  public static List<Row> of(
      Observation observation, PolicySet policy, Ownership ownership, Instant now) {
    Selections selections =
        Selections.of(
            observation.scope(),
            observation.instances(),
            observation.targetInterfaces(),
            policy,
            ownership);
    Assessment assessment = of(selections, observation.sessions(), observation.pools(), now);
    return observation.instances().stream()
        .map(
            instance ->
                new Row(
                    observation.scope(),
                    instance.id(),
                    instance.primaryInterface().map(NetworkInterface::id),
                    assessment.of(instance.id()).orElseThrow()))
        .toList();
  }

  /**
   * The second half of {@link #of(Observation, PolicySet, Ownership, Instant)}, for callers that
   * read only the sessions of interfaces that may be mirrored.
   *
   * @param selections the first half
   * @param sessions all sessions on the interfaces of {@link Selections#wanted()}
   * @param pools the pools of the deployment
   * @param now the time
   */
  public static Assessment of(
      Selections selections,
      Map<InterfaceId, List<Session>> sessions,
      PoolInventory pools,
      Instant now) {
    PoolInventory.Views views = new PoolInventory.Views(pools);
    Map<InstanceId, SessionState> states = HashMap.newHashMap(selections.size());
    selections.forEach(
        (id, selection) ->
            states.put(
                id,
                switch (selection) {
                  case Selection.NotSelected(Reason reason, Optional<String> entry) ->
                      new SessionState.NotMirrored(reason, entry);
                  case Selection.Selected(WantedSession wanted) ->
                      assess(wanted, on(wanted, sessions), views, selections.ownership(), now);
                }));
    return new Assessment(selections, pools, states);
  }

  /**
   * The same with a newer reading of the pools: what is open and goes to a pool is assessed again.
   *
   * @param sessions all sessions on the interfaces of what is open
   */
  public Assessment with(
      PoolInventory newer, Map<InterfaceId, List<Session>> sessions, Instant now) {
    PoolInventory.Views views = new PoolInventory.Views(newer);
    Map<InstanceId, SessionState> again = new HashMap<>(states);
    for (WantedSession wanted : openInPools()) {
      again.put(
          wanted.source().instance(),
          assess(wanted, on(wanted, sessions), views, selections.ownership(), now));
    }
    return new Assessment(selections, newer, again);
  }

  private static List<Session> on(WantedSession wanted, Map<InterfaceId, List<Session>> sessions) {
    return sessions.getOrDefault(wanted.source().networkInterface(), List.of());
  }

  private static SessionState assess(
      WantedSession wanted,
      List<Session> existing,
      PoolInventory.Views views,
      Ownership ownership,
      Instant now) {
    Set<TargetId> acceptable =
        switch (wanted.aim()) {
          case WantedSession.Aim.Target(TargetId target) -> Set.of(target);
          case WantedSession.Aim.AnyOf(Pool pool) -> views.living(pool);
        };
    for (Session session : existing) {
      if (acceptable.contains(session.target()) && session.filter().equals(wanted.filter())) {
        return new SessionState.Satisfied(wanted, session);
      }
    }
    Optional<Session> ours = ours(existing, acceptable, ownership);
    if (ours.isPresent()) {
      return outdated(wanted, ours.get(), acceptable, views, ownership, now);
    }
    return existing.size() >= SESSIONS_PER_INTERFACE
        ? new SessionState.NotMirrored(Reason.INTERFACE_SESSION_LIMIT, Optional.of(wanted.entry()))
        : new SessionState.Missing(wanted, existing);
  }

  private static SessionState outdated(
      WantedSession wanted,
      Session ours,
      Set<TargetId> acceptable,
      PoolInventory.Views views,
      Ownership ownership,
      Instant now) {
    boolean keepsTarget = acceptable.contains(ours.target());
    boolean mayLive =
        !keepsTarget
            && wanted.aim() instanceof WantedSession.Aim.AnyOf(Pool pool)
            && views.inventory().mayLive(ours.target(), pool, ownership, now);
    return mayLive
        ? new SessionState.Unsettled(wanted, ours)
        : new SessionState.Outdated(wanted, ours, keepsTarget);
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

  /** How an instance stands to its session; empty where it was not observed. */
  public Optional<SessionState> of(InstanceId instance) {
    return Optional.ofNullable(states.get(instance));
  }

  /** The pools that it was made with. */
  public PoolInventory pools() {
    return pools;
  }

  /** What goes to a pool and is not right, in no particular order. */
  public List<WantedSession> openInPools() {
    return pooled(SessionState::isOpen);
  }

  /** What needs a target of a pool: it has no session, or one that has to be moved. */
  public List<WantedSession> inNeed() {
    return pooled(SessionState::needsTarget);
  }

  private List<WantedSession> pooled(Predicate<SessionState> which) {
    List<WantedSession> pooled = new ArrayList<>();
    for (SessionState state : states.values()) {
      if (which.test(state)) {
        state.wantedSession().filter(WantedSession::goesToAPool).ifPresent(pooled::add);
      }
    }
    return pooled;
  }

  /** The pools of what is {@link #inNeed()}. */
  public Set<Pool> poolsInNeed() {
    Set<Pool> inNeed = new LinkedHashSet<>();
    for (WantedSession wanted : inNeed()) {
      if (wanted.aim() instanceof WantedSession.Aim.AnyOf(Pool pool)) {
        inNeed.add(pool);
      }
    }
    return inNeed;
  }
}
