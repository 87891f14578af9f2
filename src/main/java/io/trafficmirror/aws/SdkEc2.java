package io.trafficmirror.aws;

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
import io.trafficmirror.port.Answer;
import io.trafficmirror.port.Deadline;
import io.trafficmirror.port.Ec2;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.TrafficMirrorSession;

/**
 * EC2 through the SDK: what is asked. How many calls that takes is with {@link BulkReads}, what the
 * answers mean with {@link Ec2Mapping} and {@link Ec2Errors}.
 */
public final class SdkEc2 implements Ec2 {
  /** How long a read may take with its retries, or a write, where the deadline leaves more. */
  static final Duration MOST_FOR_A_READ = Duration.ofSeconds(20);

  static final Duration MOST_FOR_A_WRITE = Duration.ofSeconds(10);

  /** EC2 takes longer for a launch than for other writes. */
  static final Duration MOST_FOR_A_LAUNCH = Duration.ofSeconds(30);

  private final Ec2Client reads;
  private final Ec2Client writes;
  private final SdkPools pools;

  /**
   * EC2 through these clients. They are two because the SDK decides about retries per client: to
   * decide it per request means a plugin, which builds the client's configuration anew with each
   * call. Both may share one HTTP client.
   *
   * @param reads retries by itself
   * @param writes makes one attempt
   */
  public SdkEc2(Ec2Client reads, Ec2Client writes) {
    this.reads = reads;
    this.writes = writes;
    this.pools = new SdkPools(reads, writes);
  }

  @Override
  public Answer<List<Instance>> instances(Set<InstanceId> ids, Deadline deadline) {
    return BulkReads.inChunks(
        "DescribeInstances",
        ids.stream().map(InstanceId::value).toList(),
        deadline,
        (values, token, limits) -> {
          DescribeInstancesResponse answer =
              reads.describeInstances(
                  request ->
                      request
                          .filters(BulkReads.filter("instance-id", values))
                          .maxResults(BulkReads.FULL_PAGE)
                          .nextToken(token.orElse(null))
                          .overrideConfiguration(limits));
          return new BulkReads.Page<>(instances(answer), nextToken(answer.nextToken()));
        },
        Instance::id);
  }

  @Override
  public Answer<InstancePage> page(int size, Optional<String> token, Deadline deadline) {
    return Calls.make(
        "DescribeInstances for a page of " + size,
        MOST_FOR_A_READ,
        deadline,
        token.isPresent() ? Ec2Errors::ofPageWithToken : Ec2Errors::ofRead,
        limits -> {
          DescribeInstancesResponse answer =
              reads.describeInstances(
                  request ->
                      request
                          .maxResults(size)
                          .nextToken(token.orElse(null))
                          .overrideConfiguration(limits));
          return new InstancePage(instances(answer), nextToken(answer.nextToken()));
        });
  }

  @Override
  public Answer<List<Session>> sessions(Set<InterfaceId> sources, Deadline deadline) {
    return sessions(
        "network-interface-id", sources.stream().map(InterfaceId::value).toList(), deadline);
  }

  private Answer<List<Session>> sessions(String filter, List<String> ids, Deadline deadline) {
    return BulkReads.inChunks(
        "DescribeTrafficMirrorSessions",
        ids,
        deadline,
        (values, token, limits) -> {
          var answer =
              reads.describeTrafficMirrorSessions(
                  request ->
                      request
                          .filters(BulkReads.filter(filter, values))
                          .maxResults(BulkReads.FULL_PAGE)
                          .nextToken(token.orElse(null))
                          .overrideConfiguration(limits));
          return new BulkReads.Page<>(
              sessions(answer.trafficMirrorSessions()), nextToken(answer.nextToken()));
        },
        Session::id);
  }

  @Override
  public Answer<List<Session>> sessionsTo(Set<TargetId> targets, Deadline deadline) {
    return sessions(
        "traffic-mirror-target-id", targets.stream().map(TargetId::value).toList(), deadline);
  }

  @Override
  public Answer<List<MirrorTarget>> targets(Deadline deadline) {
    return pools.targets(deadline);
  }

  @Override
  public Answer<List<PoolMember>> poolMembers(Ownership ownership, Deadline deadline) {
    return pools.members(ownership, deadline);
  }

  @Override
  public Answer<PoolMember> launch(
      Pool pool,
      Map<String, String> tags,
      String clientToken,
      Ownership ownership,
      Deadline deadline) {
    return pools.launch(pool, tags, clientToken, ownership, deadline);
  }

  @Override
  public Answer<MirrorTarget> createTarget(
      InterfaceId networkInterface,
      Map<String, String> tags,
      String clientToken,
      Deadline deadline) {
    return pools.createTarget(networkInterface, tags, clientToken, deadline);
  }

  @Override
  public Answer<TargetId> deleteTarget(TargetId target, Deadline deadline) {
    return pools.deleteTarget(target, deadline);
  }

  @Override
  public Answer<InstanceId> terminate(InstanceId instance, Deadline deadline) {
    return pools.terminate(instance, deadline);
  }

  @Override
  public Answer<Session> create(
      Action.CreateSession action,
      Map<String, String> tags,
      String clientToken,
      Deadline deadline) {
    return Calls.make(
        "CreateTrafficMirrorSession on %s of %s to %s with %s as number %d"
            .formatted(
                action.source(),
                action.instance(),
                action.target(),
                action.filter(),
                action.number()),
        MOST_FOR_A_WRITE,
        deadline,
        Ec2Errors::ofWrite,
        limits -> {
          SessionId id =
              idOf(
                  writes
                      .createTrafficMirrorSession(
                          SessionRequests.create(action, tags, clientToken, limits))
                      .trafficMirrorSession(),
                  new SessionId("tms-not-shown"));
          return new Session(
              id, action.source(), action.target(), action.filter(), action.number(), tags);
        });
  }

  @Override
  public Answer<Session> modify(Action.ModifySession action, Deadline deadline) {
    return Calls.make(
        "ModifyTrafficMirrorSession of %s on %s of %s to %s with %s"
            .formatted(
                action.session(),
                action.source(),
                action.instance(),
                action.target(),
                action.filter()),
        MOST_FOR_A_WRITE,
        deadline,
        Ec2Errors::ofWrite,
        limits -> {
          TrafficMirrorSession shown =
              writes
                  .modifyTrafficMirrorSession(SessionRequests.modify(action, limits))
                  .trafficMirrorSession();
          Optional<Session> after =
              Optional.ofNullable(shown).flatMap(session -> Ec2Mapping.session(session, 0));
          return new Session(
              action.session(),
              action.source(),
              action.target(),
              action.filter(),
              after.map(Session::number).orElse(0),
              after.map(Session::tags).orElse(Map.of()));
        });
  }

  private static List<Instance> instances(DescribeInstancesResponse answer) {
    return answer.reservations().stream()
        .flatMap(reservation -> reservation.instances().stream())
        .flatMap(shown -> Ec2Mapping.instance(shown).stream())
        .toList();
  }

  private static List<Session> sessions(List<TrafficMirrorSession> shown) {
    return IntStream.range(0, shown.size())
        .boxed()
        .flatMap(place -> Ec2Mapping.session(shown.get(place), place).stream())
        .toList();
  }

  /** The token of the next page; empty after the last one. */
  static Optional<String> nextToken(@Nullable String token) {
    return Optional.ofNullable(token).filter(text -> !text.isEmpty());
  }

  private static SessionId idOf(@Nullable TrafficMirrorSession shown, SessionId missing) {
    return Optional.ofNullable(shown)
        .flatMap(session -> Optional.ofNullable(session.trafficMirrorSessionId()))
        .filter(SessionId::isValid)
        .map(SessionId::new)
        .orElse(missing);
  }
}
