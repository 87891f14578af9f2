package io.trafficmirror.port;

import io.trafficmirror.mirror.Action;
import io.trafficmirror.mirror.Instance;
import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.InterfaceId;
import io.trafficmirror.mirror.MirrorTarget;
import io.trafficmirror.mirror.Ownership;
import io.trafficmirror.mirror.Pool;
import io.trafficmirror.mirror.PoolMember;
import io.trafficmirror.mirror.Session;
import io.trafficmirror.mirror.SessionId;
import io.trafficmirror.mirror.TargetId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All ports in memory, without HTTP and SDK, for benchmarks and tests of the function alone. It has
 * no quotas and no pools, and refuses nothing unless configured to; embedded AWS does. Not safe for
 * use by several threads.
 */
public final class MemoryCloud implements Cloud {

  private static final Failure NOT_HERE =
      new Failure(FailureKind.INVALID, "NotHere", "this EC2 has no such thing");

  private final Map<InstanceId, Instance> instances = new HashMap<>();
  private final Map<InterfaceId, List<Session>> sessions = new HashMap<>();
  private final List<FailureStore.FailedItem> failedItems = new ArrayList<>();
  private final String policy;
  private Optional<Failure> everything = Optional.empty();
  private int made;

  /** Creates a cloud with this policy and no resources. */
  public MemoryCloud(String policy) {
    this.policy = policy;
  }

  /** Adds an instance. */
  public void add(Instance instance) {
    instances.put(instance.id(), instance);
  }

  /** Adds a session. */
  public void add(Session session) {
    sessions.computeIfAbsent(session.source(), id -> new ArrayList<>()).add(session);
  }

  /** Makes every later EC2 write fail with this failure. */
  public void refuseWrites(Failure failure) {
    everything = Optional.of(failure);
  }

  /** All sessions. */
  public List<Session> sessions() {
    return sessions.values().stream().flatMap(List::stream).toList();
  }

  /** The items stored in the failure bucket. */
  public List<FailureStore.FailedItem> failedItems() {
    return List.copyOf(failedItems);
  }

  @Override
  public Ec2Reads ec2Reads() {
    return new MemoryEc2();
  }

  @Override
  public Ec2Writes ec2Writes() {
    return new MemoryEc2();
  }

  @Override
  public StreamWriter stream() {
    return (stream, key, data, deadline) -> new Answer.Got<>("1");
  }

  @Override
  public FailureStore failureStore(String bucket) {
    return (item, deadline) -> {
      failedItems.add(item);
      return new Answer.Got<>("s3://" + bucket + "/" + failedItems.size());
    };
  }

  @Override
  public PolicySource policyInS3(String bucket, String key, Optional<String> version) {
    return policyInFile(key);
  }

  @Override
  public PolicySource policyInFile(String path) {
    return deadline ->
        new Answer.Got<>(new PolicyDocument(path, policy.getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public void beforeSnapshot() {
    // There are no credentials and no connections.
  }

  @Override
  public void afterRestore() {
    // Nothing was closed.
  }

  private final class MemoryEc2 implements Ec2Reads, Ec2Writes {

    @Override
    public Answer<List<Instance>> instances(Set<InstanceId> ids, Deadline deadline) {
      List<Instance> found = new ArrayList<>(ids.size());
      for (InstanceId id : ids) {
        Instance instance = instances.get(id);
        if (instance != null) {
          found.add(instance);
        }
      }
      return new Answer.Got<>(found);
    }

    @Override
    public Answer<InstancePage> page(int size, Optional<String> token, Deadline deadline) {
      List<Instance> all = instances.values().stream().limit(size).toList();
      return new Answer.Got<>(new InstancePage(all, Optional.empty()));
    }

    @Override
    public Answer<List<Session>> sessions(Set<InterfaceId> sources, Deadline deadline) {
      List<Session> found = new ArrayList<>(sources.size());
      for (InterfaceId source : sources) {
        found.addAll(sessions.getOrDefault(source, List.of()));
      }
      return new Answer.Got<>(found);
    }

    @Override
    public Answer<List<Session>> sessionsTo(Set<TargetId> targets, Deadline deadline) {
      return new Answer.Got<>(
          MemoryCloud.this.sessions().stream()
              .filter(session -> targets.contains(session.target()))
              .toList());
    }

    @Override
    public Answer<List<MirrorTarget>> targets(Deadline deadline) {
      return new Answer.Got<>(List.of());
    }

    @Override
    public Answer<List<PoolMember>> poolMembers(Ownership ownership, Deadline deadline) {
      return new Answer.Got<>(List.of());
    }

    @Override
    public Answer<PoolMember> launch(
        Pool pool,
        Map<String, String> tags,
        String clientToken,
        Ownership ownership,
        Deadline deadline) {
      return new Answer.Failed<>(NOT_HERE);
    }

    @Override
    public Answer<MirrorTarget> createTarget(
        InterfaceId networkInterface,
        Map<String, String> tags,
        String clientToken,
        Deadline deadline) {
      return new Answer.Failed<>(NOT_HERE);
    }

    @Override
    public Answer<TargetId> deleteTarget(TargetId target, Deadline deadline) {
      return new Answer.Failed<>(NOT_HERE);
    }

    @Override
    public Answer<InstanceId> terminate(InstanceId instance, Deadline deadline) {
      return new Answer.Failed<>(NOT_HERE);
    }

    @Override
    public Answer<Session> createSession(
        Action.CreateSession action,
        Map<String, String> tags,
        String clientToken,
        Deadline deadline) {
      if (everything.isPresent()) {
        return new Answer.Failed<>(everything.get());
      }
      made++;
      Session session =
          new Session(
              new SessionId("tms-" + made),
              action.source().networkInterface(),
              action.targetId(),
              action.filter(),
              action.number(),
              tags);
      add(session);
      return new Answer.Got<>(session);
    }

    @Override
    public Answer<Session> modifySession(Action.ModifySession action, Deadline deadline) {
      return new Answer.Failed<>(everything.orElse(NOT_HERE));
    }

    @Override
    public Answer<SessionId> deleteSession(SessionId session, Deadline deadline) {
      return new Answer.Failed<>(NOT_HERE);
    }

    @Override
    public Answer<String> tag(String resource, Map<String, String> tags, Deadline deadline) {
      return new Answer.Failed<>(NOT_HERE);
    }

    @Override
    public Answer<String> untag(String resource, Set<String> keys, Deadline deadline) {
      return new Answer.Failed<>(NOT_HERE);
    }
  }
}
