package io.trafficmirror.port;

import io.trafficmirror.mirror.Action;
import io.trafficmirror.mirror.Instance;
import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.InstanceState;
import io.trafficmirror.mirror.InterfaceId;
import io.trafficmirror.mirror.MirrorTarget;
import io.trafficmirror.mirror.Ownership;
import io.trafficmirror.mirror.Pool;
import io.trafficmirror.mirror.PoolMember;
import io.trafficmirror.mirror.Session;
import io.trafficmirror.mirror.SessionId;
import io.trafficmirror.mirror.Slot;
import io.trafficmirror.mirror.TargetId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * EC2 in memory: reads return changes at once, a client token creates one resource, and calls fail
 * as a test scripts them. It has no quotas and does not validate ids; embedded AWS does. Safe for
 * use by several threads.
 */
public final class FakeEc2 implements Ec2Reads, Ec2Writes {

  /** The methods of the two ports. */
  public enum Api {
    INSTANCES,
    PAGE,
    SESSIONS,
    SESSIONS_TO,
    TARGETS,
    POOL_MEMBERS,
    LAUNCH,
    CREATE_TARGET,
    DELETE_TARGET,
    TERMINATE,
    CREATE_SESSION,
    MODIFY_SESSION,
    DELETE_SESSION,
    TAG,
    UNTAG;

    /** Whether the method is a write. */
    public boolean isWrite() {
      return compareTo(LAUNCH) >= 0;
    }
  }

  /**
   * A call that was made, successful or not.
   *
   * @param resource the id of the interface, session, target or instance in the call; the digest of
   *     the pool for a launch; empty for a read
   */
  public record Call(Instant at, Api api, String resource) {}

  private final Time time;
  private final Map<InstanceId, Instance> instances = new LinkedHashMap<>();
  private final Map<InstanceId, PoolMember> members = new LinkedHashMap<>();
  private final Map<TargetId, MirrorTarget> targets = new LinkedHashMap<>();
  private final Map<SessionId, Session> sessions = new LinkedHashMap<>();
  private final Map<String, String> idsByToken = new HashMap<>();
  private final Map<Api, Deque<Supplier<Failure>>> failures = new HashMap<>();
  private final Set<String> throttled = new HashSet<>();
  private final List<Call> calls = new ArrayList<>();
  private int created;

  /** Creates an empty EC2. */
  public FakeEc2(Time time) {
    this.time = time;
  }

  /** Adds an instance. */
  public synchronized void add(Instance instance) {
    instances.put(instance.id(), instance);
  }

  /** Adds or replaces a pool instance. */
  public synchronized void add(PoolMember member) {
    members.put(member.id(), member);
  }

  /** Adds a target. */
  public synchronized void add(MirrorTarget target) {
    targets.put(target.id(), target);
  }

  /** Adds or replaces a session. */
  public synchronized void add(Session session) {
    sessions.put(session.id(), session);
  }

  /** Deletes a session, as its owner would. */
  public synchronized void remove(SessionId session) {
    sessions.remove(session);
  }

  /** Makes the next calls of the method fail, one per kind, without any change. */
  public synchronized void failNext(Api api, FailureKind... kinds) {
    Arrays.stream(kinds)
        .forEach(
            kind -> script(api).add(() -> new Failure(kind, "scripted", "scripted for a test")));
  }

  /** Throttles all writes to a resource from now on. */
  public synchronized void throttle(String resource) {
    throttled.add(resource);
  }

  /** Makes the next call of the method throw. */
  public synchronized void throwNext(Api api, RuntimeException defect) {
    script(api)
        .add(
            () -> {
              throw defect;
            });
  }

  /** Makes the next call of the method kill its thread. */
  public synchronized void throwNext(Api api, Error error) {
    script(api)
        .add(
            () -> {
              throw error;
            });
  }

  private Deque<Supplier<Failure>> script(Api api) {
    return failures.computeIfAbsent(api, each -> new ArrayDeque<>());
  }

  /** All sessions. */
  public synchronized List<Session> sessions() {
    return List.copyOf(sessions.values());
  }

  /** The session with this id. */
  public synchronized Session session(SessionId id) {
    return Optional.ofNullable(sessions.get(id)).orElseThrow();
  }

  /** All targets. */
  public synchronized List<MirrorTarget> targets() {
    return List.copyOf(targets.values());
  }

  /** All pool instances. */
  public synchronized List<PoolMember> members() {
    return List.copyOf(members.values());
  }

  /** The id of the resource created with this client token. */
  public synchronized Optional<String> createdWith(String clientToken) {
    return Optional.ofNullable(idsByToken.get(clientToken));
  }

  /** All calls so far, in order. */
  public synchronized List<Call> calls() {
    return List.copyOf(calls);
  }

  /** The calls of one method so far, in order. */
  public List<Call> calls(Api api) {
    return calls().stream().filter(call -> call.api() == api).toList();
  }

  private Optional<Failure> called(Api api, String resource) {
    calls.add(new Call(time.now(), api, resource));
    return Optional.ofNullable(script(api).poll()).map(Supplier::get);
  }

  private <T> Answer<T> read(Api api, Supplier<T> shown) {
    return change(api, "", () -> new Answer.Got<>(shown.get()));
  }

  private <T> Answer<T> change(Api api, String resource, Supplier<Answer<T>> effect) {
    if (throttled.contains(resource)) {
      called(api, resource);
      return failed(FailureKind.THROTTLED, resource);
    }
    return called(api, resource).<Answer<T>>map(Answer.Failed::new).orElseGet(effect);
  }

  @Override
  public synchronized Answer<List<Instance>> instances(Set<InstanceId> ids, Deadline deadline) {
    return read(
        Api.INSTANCES,
        () -> instances.values().stream().filter(each -> ids.contains(each.id())).toList());
  }

  @Override
  public synchronized Answer<InstancePage> page(
      int size, Optional<String> token, Deadline deadline) {
    int from = token.map(Integer::parseInt).orElse(0);
    return read(
        Api.PAGE,
        () ->
            new InstancePage(
                instances.values().stream().skip(from).limit(size).toList(),
                from + size < instances.size()
                    ? Optional.of(Integer.toString(from + size))
                    : Optional.empty()));
  }

  @Override
  public synchronized Answer<List<Session>> sessions(Set<InterfaceId> sources, Deadline deadline) {
    return read(
        Api.SESSIONS,
        () -> sessions().stream().filter(each -> sources.contains(each.source())).toList());
  }

  @Override
  public synchronized Answer<List<Session>> sessionsTo(Set<TargetId> some, Deadline deadline) {
    return read(
        Api.SESSIONS_TO,
        () -> sessions().stream().filter(each -> some.contains(each.target())).toList());
  }

  @Override
  public synchronized Answer<List<MirrorTarget>> targets(Deadline deadline) {
    return read(Api.TARGETS, this::targets);
  }

  @Override
  public synchronized Answer<List<PoolMember>> poolMembers(Ownership ownership, Deadline deadline) {
    return read(Api.POOL_MEMBERS, this::members);
  }

  @Override
  public synchronized Answer<PoolMember> launch(
      Pool pool,
      Map<String, String> tags,
      String clientToken,
      Ownership ownership,
      Deadline deadline) {
    return change(
        Api.LAUNCH,
        pool.digest(),
        () -> {
          String id = once(clientToken, () -> launched(pool, tags).id().value());
          return found(members, new InstanceId(id), FailureKind.INSTANCE_ENDED);
        });
  }

  private PoolMember launched(Pool pool, Map<String, String> tags) {
    int number = ++created;
    PoolMember member =
        new PoolMember(
            new InstanceId("i-launched-" + number),
            InstanceState.PENDING,
            pool.instanceType(),
            pool.digest(),
            Slot.of(tags),
            Optional.of(new InterfaceId("eni-launched-" + number)),
            Optional.of(time.now()));
    members.put(member.id(), member);
    return member;
  }

  @Override
  public synchronized Answer<MirrorTarget> createTarget(
      InterfaceId networkInterface,
      Map<String, String> tags,
      String clientToken,
      Deadline deadline) {
    return change(
        Api.CREATE_TARGET,
        networkInterface.value(),
        () -> {
          String id = once(clientToken, () -> created(networkInterface, tags).id().value());
          return found(targets, new TargetId(id), FailureKind.REFUSED);
        });
  }

  private MirrorTarget created(InterfaceId networkInterface, Map<String, String> tags) {
    TargetId id = new TargetId("tmt-created-" + ++created);
    MirrorTarget target = new MirrorTarget(id, Optional.of(networkInterface), tags);
    targets.put(id, target);
    return target;
  }

  @Override
  public synchronized Answer<TargetId> deleteTarget(TargetId target, Deadline deadline) {
    return change(
        Api.DELETE_TARGET,
        target.value(),
        () -> {
          if (sessions.values().stream().anyMatch(session -> session.target().equals(target))) {
            return failed(FailureKind.TARGET_IN_USE, target);
          }
          targets.remove(target);
          return new Answer.Got<>(target);
        });
  }

  @Override
  public synchronized Answer<InstanceId> terminate(InstanceId instance, Deadline deadline) {
    return change(
        Api.TERMINATE,
        instance.value(),
        () -> {
          members.remove(instance);
          instances.remove(instance);
          return new Answer.Got<>(instance);
        });
  }

  @Override
  public synchronized Answer<Session> createSession(
      Action.CreateSession action,
      Map<String, String> tags,
      String clientToken,
      Deadline deadline) {
    return change(
        Api.CREATE_SESSION,
        action.source().networkInterface().value(),
        () -> {
          String id = once(clientToken, () -> created(action, tags).id().value());
          return found(sessions, new SessionId(id), FailureKind.REFUSED);
        });
  }

  private Session created(Action.CreateSession action, Map<String, String> tags) {
    Session session =
        new Session(
            new SessionId("tms-created-" + ++created),
            action.source().networkInterface(),
            action.targetId(),
            action.filter(),
            action.number(),
            tags);
    sessions.put(session.id(), session);
    return session;
  }

  @Override
  public synchronized Answer<Session> modifySession(
      Action.ModifySession action, Deadline deadline) {
    return change(
        Api.MODIFY_SESSION,
        action.session().value(),
        () -> {
          sessions.computeIfPresent(
              action.session(),
              (id, old) ->
                  new Session(
                      id,
                      old.source(),
                      action.targetId(),
                      action.filter(),
                      old.number(),
                      old.tags()));
          return found(sessions, action.session(), FailureKind.SESSION_NOT_FOUND);
        });
  }

  @Override
  public synchronized Answer<SessionId> deleteSession(SessionId session, Deadline deadline) {
    return change(
        Api.DELETE_SESSION,
        session.value(),
        () -> {
          sessions.remove(session);
          return new Answer.Got<>(session);
        });
  }

  @Override
  public synchronized Answer<String> tag(
      String resource, Map<String, String> tags, Deadline deadline) {
    return changeTags(Api.TAG, resource, all -> all.putAll(tags));
  }

  @Override
  public synchronized Answer<String> untag(String resource, Set<String> keys, Deadline deadline) {
    return changeTags(Api.UNTAG, resource, all -> all.keySet().removeAll(keys));
  }

  private Answer<String> changeTags(
      Api api, String resource, Consumer<Map<String, String>> change) {
    return change(
        api,
        resource,
        () -> {
          if (SessionId.isValid(resource)) {
            sessions.computeIfPresent(
                new SessionId(resource),
                (id, old) ->
                    new Session(
                        id,
                        old.source(),
                        old.target(),
                        old.filter(),
                        old.number(),
                        changed(old.tags(), change)));
          } else {
            targets.computeIfPresent(
                new TargetId(resource),
                (id, old) ->
                    new MirrorTarget(id, old.networkInterface(), changed(old.tags(), change)));
          }
          return new Answer.Got<>(resource);
        });
  }

  private static Map<String, String> changed(
      Map<String, String> tags, Consumer<Map<String, String>> change) {
    Map<String, String> copy = new HashMap<>(tags);
    change.accept(copy);
    return copy;
  }

  /** The id of the resource created with the token, now or earlier. */
  private String once(String clientToken, Supplier<String> create) {
    return idsByToken.computeIfAbsent(clientToken, token -> create.get());
  }

  private static <K, V> Answer<V> found(Map<K, V> all, K id, FailureKind otherwise) {
    return Optional.ofNullable(all.get(id))
        .<Answer<V>>map(Answer.Got::new)
        .orElseGet(() -> failed(otherwise, id));
  }

  private static <T> Answer<T> failed(FailureKind kind, Object subject) {
    return new Answer.Failed<>(new Failure(kind, "fake", "refused for " + subject));
  }
}
