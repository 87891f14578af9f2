package io.trafficmirror.aws;

import io.trafficmirror.mirror.Instance;
import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.InterfaceId;
import io.trafficmirror.mirror.MirrorTarget;
import io.trafficmirror.mirror.Ownership;
import io.trafficmirror.mirror.PoolMember;
import io.trafficmirror.mirror.Session;
import io.trafficmirror.mirror.TargetId;
import io.trafficmirror.port.Answer;
import io.trafficmirror.port.Deadline;
import io.trafficmirror.port.Ec2Reads;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.TrafficMirrorSession;

/**
 * Reads EC2 through the SDK. {@link BulkReads} controls paging, {@link Ec2Mapping} and {@link
 * Ec2Errors} interpret the responses.
 */
public final class SdkEc2Reads implements Ec2Reads {
  /** The maximum time of a read including its retries, if the deadline allows it. */
  static final Duration MAX_READ_TIME = Duration.ofSeconds(20);

  private final Ec2Client client;

  /**
   * Creates the reads.
   *
   * @param client a client that retries itself
   */
  public SdkEc2Reads(Ec2Client client) {
    this.client = client;
  }

  @Override
  public Answer<List<Instance>> instances(Set<InstanceId> ids, Deadline deadline) {
    return BulkReads.inChunks(
        "DescribeInstances",
        ids.stream().map(InstanceId::value).toList(),
        deadline,
        (values, token, limits) -> {
          DescribeInstancesResponse answer =
              client.describeInstances(
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
        MAX_READ_TIME,
        deadline,
        token.isPresent() ? Ec2Errors::ofPageWithToken : Ec2Errors::ofRead,
        limits -> {
          DescribeInstancesResponse answer =
              client.describeInstances(
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
              client.describeTrafficMirrorSessions(
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
    return BulkReads.whole(
        "DescribeTrafficMirrorTargets",
        deadline,
        (token, limits) -> {
          var page =
              client.describeTrafficMirrorTargets(
                  request ->
                      request
                          .maxResults(BulkReads.FULL_PAGE)
                          .nextToken(token.orElse(null))
                          .overrideConfiguration(limits));
          List<MirrorTarget> targets =
              page.trafficMirrorTargets().stream()
                  .flatMap(shown -> Ec2Mapping.target(shown).stream())
                  .toList();
          return new BulkReads.Page<>(targets, nextToken(page.nextToken()));
        });
  }

  @Override
  public Answer<List<PoolMember>> poolMembers(Ownership ownership, Deadline deadline) {
    Filter deployment =
        BulkReads.filter("tag:" + Ownership.DEPLOYMENT_TAG, List.of(ownership.deployment()));
    Filter pooled = BulkReads.filter("tag-key", List.of(Ownership.POOL_TAG));
    return BulkReads.whole(
        "DescribeInstances of the pools of " + ownership.deployment(),
        deadline,
        (token, limits) -> {
          var answer =
              client.describeInstances(
                  request ->
                      request
                          .filters(deployment, pooled)
                          .maxResults(BulkReads.FULL_PAGE)
                          .nextToken(token.orElse(null))
                          .overrideConfiguration(limits));
          List<PoolMember> members =
              answer.reservations().stream()
                  .flatMap(reservation -> reservation.instances().stream())
                  .flatMap(shown -> Ec2Mapping.poolMember(shown, ownership).stream())
                  .toList();
          return new BulkReads.Page<>(members, nextToken(answer.nextToken()));
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
}
