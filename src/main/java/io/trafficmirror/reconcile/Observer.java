package io.trafficmirror.reconcile;

import io.trafficmirror.mirror.Assessment;
import io.trafficmirror.mirror.Instance;
import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.InterfaceId;
import io.trafficmirror.mirror.MirrorTarget;
import io.trafficmirror.mirror.Ownership;
import io.trafficmirror.mirror.PolicySet;
import io.trafficmirror.mirror.Pool;
import io.trafficmirror.mirror.PoolInventory;
import io.trafficmirror.mirror.Scope;
import io.trafficmirror.mirror.Selections;
import io.trafficmirror.mirror.Session;
import io.trafficmirror.mirror.TargetId;
import io.trafficmirror.mirror.WantedSession;
import io.trafficmirror.pool.PoolReader;
import io.trafficmirror.pool.TargetList;
import io.trafficmirror.port.Answer;
import io.trafficmirror.port.Deadline;
import io.trafficmirror.port.Ec2Reads;
import io.trafficmirror.port.Failure;
import io.trafficmirror.port.Time;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads what the assessment of some instances needs with as few calls as possible, and assesses
 * them. It reads the mirror targets (cached), the sessions on the interfaces that may be mirrored,
 * and the pools only if an instance that belongs to one needs a change.
 */
final class Observer {

  private final Scope scope;
  private final Ec2Reads ec2;
  private final PolicySet policy;
  private final Ownership ownership;
  private final TargetList targets;
  private final PoolReader pools;
  private final Time time;

  Observer(
      Scope scope,
      Ec2Reads ec2,
      PolicySet policy,
      Ownership ownership,
      TargetList targets,
      PoolReader pools,
      Time time) {
    this.scope = scope;
    this.ec2 = ec2;
    this.policy = policy;
    this.ownership = ownership;
    this.targets = targets;
    this.pools = pools;
    this.time = time;
  }

  /**
   * The result of an observation.
   *
   * @param assessment the state of each instance
   * @param unread the instances that could not be assessed because a read failed, each with the
   *     failure; the assessment's states of these instances are not valid
   */
  record Observed(Assessment assessment, Map<InstanceId, Failure> unread) {}

  /** Reads the instances with these ids. */
  Answer<List<Instance>> instances(Set<InstanceId> ids, Deadline deadline) {
    return ec2.instances(ids, deadline);
  }

  /** Assesses instances that have just been read; fails if the mirror targets cannot be read. */
  Answer<Observed> assess(List<Instance> instances, Deadline deadline) {
    return switch (targets.get(deadline)) {
      case Answer.Failed<List<MirrorTarget>>(Failure failure) -> new Answer.Failed<>(failure);
      case Answer.Got<List<MirrorTarget>>(List<MirrorTarget> known) ->
          new Answer.Got<>(
              assess(
                  Selections.of(scope, instances, interfaces(known), policy, ownership), deadline));
    };
  }

  private static Set<InterfaceId> interfaces(List<MirrorTarget> targets) {
    Set<InterfaceId> interfaces = new HashSet<>();
    targets.forEach(target -> target.networkInterface().ifPresent(interfaces::add));
    return interfaces;
  }

  private Observed assess(Selections selections, Deadline deadline) {
    List<WantedSession> wanted = selections.wanted();
    if (wanted.isEmpty()) {
      return observed(selections, Map.of(), PoolInventory.EMPTY);
    }
    Set<InterfaceId> sources = LinkedHashSet.newLinkedHashSet(wanted.size());
    wanted.forEach(each -> sources.add(each.source().networkInterface()));
    return switch (ec2.sessions(sources, deadline)) {
      case Answer.Failed<List<Session>>(Failure failure) ->
          unread(observed(selections, Map.of(), PoolInventory.EMPTY), wanted, failure);
      case Answer.Got<List<Session>>(List<Session> sessions) ->
          withPools(selections, wanted, sessions, deadline);
    };
  }

  private Observed observed(
      Selections selections, Map<InterfaceId, List<Session>> sessions, PoolInventory pools) {
    return new Observed(Assessment.of(selections, sessions, pools, time.now()), Map.of());
  }

  private static Observed unread(
      Observed observed, Collection<WantedSession> affected, Failure failure) {
    Map<InstanceId, Failure> unread = HashMap.newHashMap(affected.size());
    affected.forEach(each -> unread.put(each.source().instance(), failure));
    return new Observed(observed.assessment(), unread);
  }

  private Observed withPools(
      Selections selections,
      List<WantedSession> wanted,
      List<Session> sessions,
      Deadline deadline) {
    Map<InterfaceId, List<Session>> bySource = bySource(sessions, wanted.size());
    Optional<PoolInventory> known =
        wanted.stream().anyMatch(WantedSession::usesPool) ? pools.known() : Optional.empty();
    Observed first = observed(selections, bySource, known.orElse(PoolInventory.EMPTY));
    List<WantedSession> open = first.assessment().openPoolSessions();
    return open.isEmpty() ? first : readPools(first, open, bySource, deadline);
  }

  private static Map<InterfaceId, List<Session>> bySource(List<Session> sessions, int sources) {
    Map<InterfaceId, List<Session>> bySource = HashMap.newHashMap(sources);
    for (Session session : sessions) {
      bySource.computeIfAbsent(session.source(), source -> new ArrayList<>(1)).add(session);
    }
    return bySource;
  }

  private Observed readPools(
      Observed first,
      List<WantedSession> open,
      Map<InterfaceId, List<Session>> sessions,
      Deadline deadline) {
    Set<TargetId> used = new HashSet<>();
    for (WantedSession each : open) {
      for (Session session : sessions.getOrDefault(each.source().networkInterface(), List.of())) {
        if (ownership.owns(session)) {
          used.add(session.target());
        }
      }
    }
    return switch (pools.read(used, deadline)) {
      case Answer.Failed<PoolInventory>(Failure failure) -> unread(first, open, failure);
      case Answer.Got<PoolInventory>(PoolInventory seen) ->
          readSources(
              new Observed(first.assessment().withPools(seen, sessions, time.now()), Map.of()),
              sessions,
              deadline);
    };
  }

  /** Reads the sources of the pools' targets, but only if a source needs a target. */
  private Observed readSources(
      Observed second, Map<InterfaceId, List<Session>> sessions, Deadline deadline) {
    PoolInventory seen = second.assessment().pools();
    Set<Pool> inNeed = second.assessment().poolsNeedingTarget();
    if (inNeed.isEmpty()) {
      return second;
    }
    Set<TargetId> living = new HashSet<>();
    inNeed.forEach(pool -> living.addAll(seen.view(pool).liveTargets().keySet()));
    return switch (ec2.sessionsTo(living, deadline)) {
      case Answer.Failed<List<Session>>(Failure failure) ->
          unread(second, second.assessment().needingTarget(), failure);
      case Answer.Got<List<Session>>(List<Session> shown) -> {
        Map<InterfaceId, List<Session>> all = merged(sessions, shown);
        PoolInventory complete =
            pools.withSources(all.values().stream().flatMap(List::stream).toList());
        yield new Observed(second.assessment().withPools(complete, all, time.now()), Map.of());
      }
    };
  }

  /**
   * Merges the sessions of two reads made at different times. A session that appears in either read
   * exists or existed a moment ago.
   */
  private static Map<InterfaceId, List<Session>> merged(
      Map<InterfaceId, List<Session>> sessions, List<Session> more) {
    Map<InterfaceId, List<Session>> all = new HashMap<>();
    sessions.forEach((source, some) -> all.put(source, new ArrayList<>(some)));
    for (Session session : more) {
      List<Session> known = all.computeIfAbsent(session.source(), source -> new ArrayList<>());
      if (known.stream().noneMatch(each -> each.id().equals(session.id()))) {
        known.add(session);
      }
    }
    return all;
  }
}
