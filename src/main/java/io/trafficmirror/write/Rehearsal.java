package io.trafficmirror.write;

import io.trafficmirror.mirror.Action;
import io.trafficmirror.mirror.Instance;
import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.InstanceState;
import io.trafficmirror.mirror.InstanceTypes;
import io.trafficmirror.mirror.InterfaceId;
import io.trafficmirror.mirror.MirrorTarget;
import io.trafficmirror.mirror.Ownership;
import io.trafficmirror.mirror.Pool;
import io.trafficmirror.mirror.PoolMember;
import io.trafficmirror.mirror.Session;
import io.trafficmirror.mirror.SessionId;
import io.trafficmirror.mirror.Slot;
import io.trafficmirror.mirror.TargetId;
import io.trafficmirror.port.Answer;
import io.trafficmirror.port.Deadline;
import io.trafficmirror.port.Ec2Reads;
import io.trafficmirror.port.Ec2Writes;
import io.trafficmirror.port.Failure;
import io.trafficmirror.port.FailureKind;
import io.trafficmirror.port.Time;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * EC2 for a dry run. Reads go to EC2; writes are recorded in this object only, and later reads
 * include them as if EC2 had accepted them. A dry run therefore takes the same path as a real run
 * and counts the same sessions, launches and removals. Writes are checked against the published
 * limits: an instance type that is not on AWS's list cannot be a source, a target on an instance
 * takes as many sources as its type allows, and a target in use is not deleted. Fixed targets and
 * filters are assumed to exist and to have room.
 *
 * <p>Created resources have ids such as {@code tms-dry-run-1}; the target {@code tmt-dry-run-1} is
 * on the instance {@code i-dry-run-1}. Safe for use by several threads.
 */
public final class Rehearsal implements Ec2Reads, Ec2Writes {

  private final Ec2Reads ec2;
  private final Set<String> moreSourceFamilies;
  private final Time time;
  private final Map<InterfaceId, String> sourceTypes = new HashMap<>();
  private final Map<InterfaceId, String> memberTypes = new HashMap<>();
  private final Map<TargetId, InterfaceId> interfaces = new HashMap<>();
  private final Map<SessionId, Session> returnedByEc2 = new HashMap<>();
  private final Map<SessionId, Session> sessions = new LinkedHashMap<>();
  private final Map<String, SessionId> sessionsByToken = new HashMap<>();
  private final Set<SessionId> deletedSessions = new HashSet<>();
  private final Map<TargetId, Set<SessionId>> users = new HashMap<>();
  private final Map<TargetId, MirrorTarget> targets = new LinkedHashMap<>();
  private final Set<TargetId> deletedTargets = new HashSet<>();
  private final Map<String, PoolMember> launched = new LinkedHashMap<>();
  private final Set<InstanceId> terminated = new HashSet<>();
  private int created;

  /**
   * Creates a rehearsal without recorded writes.
   *
   * @param ec2 the source of the reads
   * @param moreSourceFamilies instance families that can be sources in addition to AWS's list
   * @param time the clock
   */
  public Rehearsal(Ec2Reads ec2, Set<String> moreSourceFamilies, Time time) {
    this.ec2 = ec2;
    this.moreSourceFamilies = Set.copyOf(moreSourceFamilies);
    this.time = time;
  }

  @Override
  public Answer<List<Instance>> instances(Set<InstanceId> ids, Deadline deadline) {
    return recordTypes(ec2.instances(ids, deadline));
  }

  @Override
  public Answer<InstancePage> page(int size, Optional<String> token, Deadline deadline) {
    Answer<InstancePage> answer = ec2.page(size, token, deadline);
    recordTypes(answer.map(InstancePage::instances));
    return answer;
  }

  private synchronized Answer<List<Instance>> recordTypes(Answer<List<Instance>> answer) {
    if (answer instanceof Answer.Got<List<Instance>>(List<Instance> instances)) {
      for (Instance instance : instances) {
        instance
            .primaryInterface()
            .ifPresent(primary -> sourceTypes.put(primary.id(), instance.type()));
      }
    }
    return answer;
  }

  @Override
  public Answer<List<Session>> sessions(Set<InterfaceId> sources, Deadline deadline) {
    return ec2.sessions(sources, deadline)
        .map(returned -> rehearsed(returned, session -> sources.contains(session.source())));
  }

  @Override
  public Answer<List<Session>> sessionsTo(Set<TargetId> some, Deadline deadline) {
    return ec2.sessionsTo(some, deadline)
        .map(
            returned -> {
              List<Session> all = rehearsed(returned, session -> some.contains(session.target()));
              recordUsers(some, all);
              return all;
            });
  }

  private interface Filter {
    boolean matches(Session session);
  }

  private synchronized List<Session> rehearsed(List<Session> returned, Filter filter) {
    Map<SessionId, Session> all = new LinkedHashMap<>();
    for (Session session : returned) {
      if (!sessions.containsKey(session.id()) && !deletedSessions.contains(session.id())) {
        all.put(session.id(), session);
        returnedByEc2.put(session.id(), session);
      }
    }
    for (Session session : sessions.values()) {
      if (filter.matches(session)) {
        all.put(session.id(), session);
      }
    }
    return List.copyOf(all.values());
  }

  /** Records the users of some targets. {@code all} contains every session that goes to them. */
  private synchronized void recordUsers(Set<TargetId> some, List<Session> all) {
    some.forEach(target -> users.put(target, new HashSet<>()));
    for (Session session : all) {
      users.computeIfAbsent(session.target(), id -> new HashSet<>()).add(session.id());
    }
  }

  @Override
  public Answer<List<MirrorTarget>> targets(Deadline deadline) {
    return ec2.targets(deadline).map(this::rehearsedTargets);
  }

  private synchronized List<MirrorTarget> rehearsedTargets(List<MirrorTarget> returned) {
    List<MirrorTarget> all = new ArrayList<>(returned);
    all.addAll(targets.values());
    all.removeIf(target -> deletedTargets.contains(target.id()));
    for (MirrorTarget target : all) {
      target.networkInterface().ifPresent(eni -> interfaces.put(target.id(), eni));
    }
    return all;
  }

  @Override
  public Answer<List<PoolMember>> poolMembers(Ownership ownership, Deadline deadline) {
    return ec2.poolMembers(ownership, deadline).map(this::rehearsedMembers);
  }

  private synchronized List<PoolMember> rehearsedMembers(List<PoolMember> returned) {
    List<PoolMember> all = new ArrayList<>();
    List<PoolMember> both = new ArrayList<>(returned);
    both.addAll(launched.values());
    for (PoolMember member : both) {
      member.primary().ifPresent(eni -> memberTypes.put(eni, member.type()));
      all.add(terminated.contains(member.id()) ? ended(member) : member);
    }
    return all;
  }

  private static PoolMember ended(PoolMember member) {
    return new PoolMember(
        member.id(),
        InstanceState.SHUTTING_DOWN,
        member.type(),
        member.pool(),
        member.slot(),
        member.primary(),
        member.launchedAt());
  }

  @Override
  public synchronized Answer<PoolMember> launch(
      Pool pool,
      Map<String, String> tags,
      String clientToken,
      Ownership ownership,
      Deadline deadline) {
    PoolMember member =
        launched.computeIfAbsent(clientToken, token -> member(pool, tags, launched.size() + 1));
    member.primary().ifPresent(eni -> memberTypes.put(eni, member.type()));
    return terminated.contains(member.id())
        ? failed(FailureKind.INSTANCE_ENDED, member.id() + " was terminated")
        : new Answer.Got<>(member);
  }

  private PoolMember member(Pool pool, Map<String, String> tags, int number) {
    return new PoolMember(
        new InstanceId("i-dry-run-" + number),
        InstanceState.PENDING,
        pool.instanceType(),
        pool.digest(),
        Slot.of(tags),
        Optional.of(new InterfaceId("eni-dry-run-" + number)),
        Optional.of(time.now()));
  }

  @Override
  public synchronized Answer<MirrorTarget> createTarget(
      InterfaceId networkInterface,
      Map<String, String> tags,
      String clientToken,
      Deadline deadline) {
    TargetId id = targetOn(networkInterface);
    MirrorTarget target = new MirrorTarget(id, Optional.of(networkInterface), tags);
    targets.put(id, target);
    interfaces.put(id, networkInterface);
    return new Answer.Got<>(target);
  }

  /** An id that can be recognised in the log: {@code tmt-dry-run-1} for {@code eni-dry-run-1}. */
  private static TargetId targetOn(InterfaceId networkInterface) {
    return new TargetId(
        "tmt-dry-run-" + networkInterface.value().replaceFirst("^eni-(dry-run-)?", ""));
  }

  @Override
  public synchronized Answer<TargetId> deleteTarget(TargetId target, Deadline deadline) {
    if (!usersOf(target).isEmpty()) {
      return failed(FailureKind.TARGET_IN_USE, target + " has sessions");
    }
    deletedTargets.add(target);
    return new Answer.Got<>(target);
  }

  @Override
  public synchronized Answer<InstanceId> terminate(InstanceId instance, Deadline deadline) {
    terminated.add(instance);
    return new Answer.Got<>(instance);
  }

  @Override
  public synchronized Answer<Session> createSession(
      Action.CreateSession action,
      Map<String, String> tags,
      String clientToken,
      Deadline deadline) {
    Optional<Session> repeated =
        Optional.ofNullable(sessionsByToken.get(clientToken))
            .flatMap(id -> Optional.ofNullable(sessions.get(id)));
    if (repeated.isPresent()) {
      return new Answer.Got<>(repeated.get());
    }
    InterfaceId source = action.source().networkInterface();
    String type = sourceTypes.getOrDefault(source, "");
    if (!type.isEmpty() && !InstanceTypes.isKnownSource(type, moreSourceFamilies)) {
      return failed(
          FailureKind.UNSUPPORTED_SOURCE,
          type + " is not on AWS's list of types that can be sources");
    }
    Optional<Answer<Session>> full = refusalIfFull(action.targetId());
    if (full.isPresent()) {
      return full.get();
    }
    created++;
    SessionId id = new SessionId("tms-dry-run-" + created);
    sessionsByToken.put(clientToken, id);
    return put(new Session(id, source, action.targetId(), action.filter(), action.number(), tags));
  }

  @Override
  public synchronized Answer<Session> modifySession(
      Action.ModifySession action, Deadline deadline) {
    if (deletedSessions.contains(action.session())) {
      return failed(FailureKind.SESSION_NOT_FOUND, action.session() + " was deleted");
    }
    boolean keepsTarget = usersOf(action.targetId()).contains(action.session());
    Optional<Answer<Session>> full =
        keepsTarget ? Optional.empty() : refusalIfFull(action.targetId());
    if (full.isPresent()) {
      return full.get();
    }
    users.values().forEach(ids -> ids.remove(action.session()));
    Optional<Session> before =
        Optional.ofNullable(sessions.get(action.session()))
            .or(() -> Optional.ofNullable(returnedByEc2.get(action.session())));
    return put(
        new Session(
            action.session(),
            action.source().networkInterface(),
            action.targetId(),
            action.filter(),
            before.map(Session::number).orElse(0),
            before.map(Session::tags).orElse(Map.of())));
  }

  private Answer<Session> put(Session session) {
    sessions.put(session.id(), session);
    users.computeIfAbsent(session.target(), id -> new HashSet<>()).add(session.id());
    return new Answer.Got<>(session);
  }

  /** Only targets on pool instances have a known limit. */
  private Optional<Answer<Session>> refusalIfFull(TargetId target) {
    return Optional.ofNullable(interfaces.get(target))
        .flatMap(eni -> Optional.ofNullable(memberTypes.get(eni)))
        .filter(type -> usersOf(target).size() >= InstanceTypes.maximumSources(type))
        .map(
            type ->
                failed(
                    FailureKind.TARGET_FULL,
                    "%s, on an instance of type %s, has no room for another source"
                        .formatted(target, type)));
  }

  private Set<SessionId> usersOf(TargetId target) {
    return users.getOrDefault(target, Set.of());
  }

  @Override
  public synchronized Answer<SessionId> deleteSession(SessionId session, Deadline deadline) {
    sessions.remove(session);
    deletedSessions.add(session);
    users.values().forEach(ids -> ids.remove(session));
    return new Answer.Got<>(session);
  }

  @Override
  public Answer<String> tag(String resource, Map<String, String> tags, Deadline deadline) {
    return new Answer.Got<>(resource);
  }

  @Override
  public Answer<String> untag(String resource, Set<String> keys, Deadline deadline) {
    return new Answer.Got<>(resource);
  }

  private static <T> Answer<T> failed(FailureKind kind, String message) {
    return new Answer.Failed<>(new Failure(kind, "dry-run", message));
  }
}
