package io.trafficmirror.aws;

import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.InterfaceId;
import io.trafficmirror.mirror.MirrorTarget;
import io.trafficmirror.mirror.Ownership;
import io.trafficmirror.mirror.Pool;
import io.trafficmirror.mirror.PoolMember;
import io.trafficmirror.mirror.TargetId;
import io.trafficmirror.port.Answer;
import io.trafficmirror.port.Deadline;
import io.trafficmirror.port.Failure;
import io.trafficmirror.port.FailureKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;

/** What {@link SdkEc2} does about targets on demand. */
final class SdkPools {

  private final Ec2Client reads;
  private final Ec2Client writes;

  SdkPools(Ec2Client reads, Ec2Client writes) {
    this.reads = reads;
    this.writes = writes;
  }

  Answer<List<PoolMember>> members(Ownership ownership, Deadline deadline) {
    Filter deployment =
        BulkReads.filter("tag:" + Ownership.DEPLOYMENT_TAG, List.of(ownership.deployment()));
    Filter pooled = BulkReads.filter("tag-key", List.of(Ownership.POOL_TAG));
    return BulkReads.whole(
        "DescribeInstances of the pools of " + ownership.deployment(),
        deadline,
        (token, limits) -> {
          var answer =
              reads.describeInstances(
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
          return new BulkReads.Page<>(members, SdkEc2.nextToken(answer.nextToken()));
        });
  }

  Answer<List<MirrorTarget>> targets(Deadline deadline) {
    return BulkReads.whole(
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
          List<MirrorTarget> targets =
              page.trafficMirrorTargets().stream()
                  .flatMap(shown -> Ec2Mapping.target(shown).stream())
                  .toList();
          return new BulkReads.Page<>(targets, SdkEc2.nextToken(page.nextToken()));
        });
  }

  Answer<PoolMember> launch(
      Pool pool,
      Map<String, String> tags,
      String clientToken,
      Ownership ownership,
      Deadline deadline) {
    String what = "RunInstances of %s for pool %s".formatted(tags.get("Name"), pool);
    Answer<Optional<PoolMember>> answer =
        Calls.make(
            what,
            SdkEc2.MOST_FOR_A_LAUNCH,
            deadline,
            Ec2Errors::ofLaunch,
            limits ->
                writes
                    .runInstances(PoolRequests.launch(pool, tags, clientToken, limits))
                    .instances()
                    .stream()
                    .flatMap(shown -> Ec2Mapping.poolMember(shown, ownership).stream())
                    .findFirst());
    return switch (answer) {
      case Answer.Failed<Optional<PoolMember>>(Failure failure) -> new Answer.Failed<>(failure);
      case Answer.Got<Optional<PoolMember>>(Optional<PoolMember> member) ->
          member.isPresent()
              ? new Answer.Got<>(member.get())
              : Calls.failed(
                  FailureKind.POOL_SETTLES,
                  "no-instance",
                  what + ": EC2 launched it and did not show it");
    };
  }

  Answer<MirrorTarget> createTarget(
      InterfaceId networkInterface,
      Map<String, String> tags,
      String clientToken,
      Deadline deadline) {
    String what = "CreateTrafficMirrorTarget of " + networkInterface;
    Answer<Optional<MirrorTarget>> answer =
        Calls.make(
            what,
            SdkEc2.MOST_FOR_A_WRITE,
            deadline,
            Ec2Errors::ofWrite,
            limits ->
                Optional.ofNullable(
                        writes
                            .createTrafficMirrorTarget(
                                PoolRequests.target(networkInterface, tags, clientToken, limits))
                            .trafficMirrorTarget())
                    .flatMap(Ec2Mapping::target)
                    // What was asked for is known, whatever the answer repeats of it.
                    .map(t -> new MirrorTarget(t.id(), Optional.of(networkInterface), tags)));
    return switch (answer) {
      case Answer.Failed<Optional<MirrorTarget>>(Failure failure) -> new Answer.Failed<>(failure);
      case Answer.Got<Optional<MirrorTarget>>(Optional<MirrorTarget> target) ->
          target.isPresent()
              ? new Answer.Got<>(target.get())
              : Calls.failed(
                  FailureKind.POOL_SETTLES,
                  "no-target",
                  what + ": EC2 made it and did not show it");
    };
  }

  Answer<TargetId> deleteTarget(TargetId target, Deadline deadline) {
    Answer<TargetId> answer =
        Calls.make(
            "DeleteTrafficMirrorTarget of " + target,
            SdkEc2.MOST_FOR_A_WRITE,
            deadline,
            Ec2Errors::ofWrite,
            limits -> {
              writes.deleteTrafficMirrorTarget(
                  request ->
                      request.trafficMirrorTargetId(target.value()).overrideConfiguration(limits));
              return target;
            });
    return unless(FailureKind.TARGET_NOT_FOUND, answer, target);
  }

  Answer<InstanceId> terminate(InstanceId instance, Deadline deadline) {
    Answer<InstanceId> answer =
        Calls.make(
            "TerminateInstances of " + instance,
            SdkEc2.MOST_FOR_A_WRITE,
            deadline,
            Ec2Errors::ofWrite,
            limits -> {
              writes.terminateInstances(
                  request -> request.instanceIds(instance.value()).overrideConfiguration(limits));
              return instance;
            });
    return unless(FailureKind.NOT_VISIBLE_YET, answer, instance);
  }

  /** What is not there has been removed. */
  private static <T> Answer<T> unless(FailureKind kind, Answer<T> answer, T removed) {
    return answer instanceof Answer.Failed<T>(Failure failure) && failure.kind() == kind
        ? new Answer.Got<>(removed)
        : answer;
  }
}
