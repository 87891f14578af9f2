package io.trafficmirror.aws;

import io.trafficmirror.mirror.Action;
import io.trafficmirror.mirror.Instance;
import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.InterfaceId;
import io.trafficmirror.mirror.Session;
import io.trafficmirror.mirror.SessionId;
import io.trafficmirror.reconcile.Answer;
import io.trafficmirror.reconcile.Deadline;
import io.trafficmirror.reconcile.Ec2;
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

  private final Ec2Client reads;
  private final Ec2Client writes;

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
    return BulkReads.inChunks(
        "DescribeTrafficMirrorSessions",
        sources.stream().map(InterfaceId::value).toList(),
        deadline,
        (values, token, limits) -> {
          var answer =
              reads.describeTrafficMirrorSessions(
                  request ->
                      request
                          .filters(BulkReads.filter("network-interface-id", values))
                          .maxResults(BulkReads.FULL_PAGE)
                          .nextToken(token.orElse(null))
                          .overrideConfiguration(limits));
          return new BulkReads.Page<>(
              sessions(answer.trafficMirrorSessions()), nextToken(answer.nextToken()));
        },
        Session::id);
  }

  @Override
  public Answer<Set<InterfaceId>> targetInterfaces(Deadline deadline) {
    Answer<List<InterfaceId>> answer =
        BulkReads.whole(
            "DescribeTrafficMirrorTargets",
            deadline,
            (token, limits) -> {
              var page =
                  reads.describeTrafficMirrorTargets(
                      request ->
                          request
                              .maxResults(BulkReads.FULL_PAGE)
                              .nextToken(token.orElse(null))
                              .overrideConfiguration(limits));
              List<InterfaceId> interfaces =
                  page.trafficMirrorTargets().stream()
                      .flatMap(t -> Ec2Mapping.interfaceId(t.networkInterfaceId()).stream())
                      .toList();
              return new BulkReads.Page<>(interfaces, nextToken(page.nextToken()));
            });
    return switch (answer) {
      case Answer.Got<List<InterfaceId>> got -> new Answer.Got<>(Set.copyOf(got.value()));
      case Answer.Failed<List<InterfaceId>> failed -> new Answer.Failed<>(failed.failure());
    };
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

  private static Optional<String> nextToken(@Nullable String token) {
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
