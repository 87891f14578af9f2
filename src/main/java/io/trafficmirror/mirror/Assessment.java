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
 * The result of comparing every observed instance with the policy. Only this class decides whether
 * the session of a selected instance is satisfied, missing, outdated or unsettled; for an instance
 * that is not selected, it takes the reason from {@link Selections}. The function, dry runs and
 * coverage reports all use it.
 *
 * <p>Immutable. Depends only on the observation, the policy, the ownership and the time.
 */
public final class Assessment {

  /** Maximum number of sessions on an interface (AWS: Traffic Mirroring quotas, not adjustable). */
  static final int SESSIONS_PER_INTERFACE = 3;

  /**
   * The assessment of one instance.
   *
   * @param scope the account and Region
   * @param instance the instance
   * @param networkInterface its primary interface; empty if EC2 returns none
   * @param state the state of its session
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
   * @param observation what EC2 returned
   * @param policy the policy to compare with
   * @param ownership identifies our sessions and targets
   * @param now the current time
   * @return one row per instance, in the order of the observation
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
   * Assesses instances that {@link Selections#of} has selected already, for callers that read
   * sessions only for the selected interfaces.
   *
   * @param selections the result of {@link Selections#of}
   * @param sessions every session on the interfaces of {@link Selections#wanted()}
   * @param pools the deployment's pools
   * @param now the current time
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
                      assess(
                          wanted, sessionsOn(wanted, sessions), views, selections.ownership(), now);
                }));
    return new Assessment(selections, pools, states);
  }

  /**
   * A copy that uses a newer read of the pools: only the sessions in {@link #openPoolSessions()}
   * are assessed again.
   *
   * @param sessions every session on the interfaces of those open sessions
   */
  public Assessment withPools(
      PoolInventory newer, Map<InterfaceId, List<Session>> sessions, Instant now) {
    PoolInventory.Views views = new PoolInventory.Views(newer);
    Map<InstanceId, SessionState> again = new HashMap<>(states);
    for (WantedSession wanted : openPoolSessions()) {
      again.put(
          wanted.source().instance(),
          assess(wanted, sessionsOn(wanted, sessions), views, selections.ownership(), now));
    }
    return new Assessment(selections, newer, again);
  }

  private static List<Session> sessionsOn(
      WantedSession wanted, Map<InterfaceId, List<Session>> sessions) {
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
          case WantedSession.Aim.AnyOf(Pool pool) -> views.liveTargets(pool);
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
    boolean mayBeAlive =
        !keepsTarget
            && wanted.aim() instanceof WantedSession.Aim.AnyOf(Pool pool)
            && views.inventory().mayBeAlive(ours.target(), pool, ownership, now);
    return mayBeAlive
        ? new SessionState.Unsettled(wanted, ours)
        : new SessionState.Outdated(wanted, ours, keepsTarget);
  }

  /**
   * Our session to compare with the policy, if we have one. Prefers one that already goes to an
   * acceptable target, so that no session is modified needlessly.
   */
  private static Optional<Session> ours(
      List<Session> existing, Set<TargetId> acceptable, Ownership ownership) {
    return existing.stream()
        .filter(ownership::owns)
        .min(
            Comparator.comparing((Session session) -> !acceptable.contains(session.target()))
                .thenComparingInt(Session::number)
                .thenComparing(Session::id));
  }

  /** The state of an instance's session; empty if the instance was not observed. */
  public Optional<SessionState> of(InstanceId instance) {
    return Optional.ofNullable(states.get(instance));
  }

  /** The pools that this assessment is based on. */
  public PoolInventory pools() {
    return pools;
  }

  /**
   * The wanted sessions that use a pool and are {@linkplain SessionState#isOpen() missing, outdated
   * or unsettled}, in no particular order.
   */
  public List<WantedSession> openPoolSessions() {
    return pooled(SessionState::isOpen);
  }

  /** The sessions that need a target from a pool, because they are missing or have to move. */
  public List<WantedSession> needingTarget() {
    return pooled(SessionState::needsTarget);
  }

  private List<WantedSession> pooled(Predicate<SessionState> which) {
    List<WantedSession> pooled = new ArrayList<>();
    for (SessionState state : states.values()) {
      if (which.test(state)) {
        state.wantedSession().filter(WantedSession::usesPool).ifPresent(pooled::add);
      }
    }
    return pooled;
  }

  /** The pools of the sessions in {@link #needingTarget()}. */
  public Set<Pool> poolsNeedingTarget() {
    Set<Pool> needed = new LinkedHashSet<>();
    for (WantedSession wanted : needingTarget()) {
      if (wanted.aim() instanceof WantedSession.Aim.AnyOf(Pool pool)) {
        needed.add(pool);
      }
    }
    return needed;
  }
}
