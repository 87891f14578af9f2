package io.trafficmirror.aws;

import io.trafficmirror.mirror.Action;
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
import io.trafficmirror.port.Ec2Writes;
import io.trafficmirror.port.Failure;
import io.trafficmirror.port.FailureKind;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.TrafficMirrorSession;

/**
 * Writes to EC2 through the SDK. This is the only class that calls mutating APIs of EC2. {@link
 * SessionRequests} and {@link TargetRequests} build the requests, {@link Ec2Errors} interprets the
 * errors.
 */
public final class SdkEc2Writes implements Ec2Writes {
  /** The maximum time of a write, if the deadline allows it. */
  static final Duration MAX_WRITE_TIME = Duration.ofSeconds(10);

  /** The maximum time of a launch, for which EC2 takes longer than for other writes. */
  static final Duration MAX_LAUNCH_TIME = Duration.ofSeconds(30);

  private final Ec2Client client;

  /**
   * Creates the writes.
   *
   * @param client a client that makes one attempt per call
   */
  public SdkEc2Writes(Ec2Client client) {
    this.client = client;
  }

  @Override
  public Answer<Session> createSession(
      Action.CreateSession action,
      Map<String, String> tags,
      String clientToken,
      Deadline deadline) {
    return Calls.make(
        "CreateTrafficMirrorSession on %s of %s to %s with %s as number %d"
            .formatted(
                action.source().networkInterface(),
                action.source().instance(),
                action.targetId(),
                action.filter(),
                action.number()),
        MAX_WRITE_TIME,
        deadline,
        Ec2Errors::ofWrite,
        limits -> {
          SessionId id =
              idOf(
                  client
                      .createTrafficMirrorSession(
                          SessionRequests.create(action, tags, clientToken, limits))
                      .trafficMirrorSession(),
                  new SessionId("tms-not-shown"));
          return new Session(
              id,
              action.source().networkInterface(),
              action.targetId(),
              action.filter(),
              action.number(),
              tags);
        });
  }

  @Override
  public Answer<Session> modifySession(Action.ModifySession action, Deadline deadline) {
    return Calls.make(
        "ModifyTrafficMirrorSession of %s on %s of %s to %s with %s"
            .formatted(
                action.session(),
                action.source().networkInterface(),
                action.source().instance(),
                action.targetId(),
                action.filter()),
        MAX_WRITE_TIME,
        deadline,
        Ec2Errors::ofWrite,
        limits -> {
          TrafficMirrorSession shown =
              client
                  .modifyTrafficMirrorSession(SessionRequests.modify(action, limits))
                  .trafficMirrorSession();
          Optional<Session> after =
              Optional.ofNullable(shown).flatMap(session -> Ec2Mapping.session(session, 0));
          return new Session(
              action.session(),
              action.source().networkInterface(),
              action.targetId(),
              action.filter(),
              after.map(Session::number).orElse(0),
              after.map(Session::tags).orElse(Map.of()));
        });
  }

  @Override
  public Answer<PoolMember> launch(
      Pool pool,
      Map<String, String> tags,
      String clientToken,
      Ownership ownership,
      Deadline deadline) {
    String what = "RunInstances of %s for pool %s".formatted(tags.get("Name"), pool);
    Answer<Optional<PoolMember>> answer =
        Calls.make(
            what,
            MAX_LAUNCH_TIME,
            deadline,
            Ec2Errors::ofLaunch,
            limits ->
                client
                    .runInstances(TargetRequests.launch(pool, tags, clientToken, limits))
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
                  FailureKind.POOL_NOT_SETTLED,
                  "no-instance",
                  what + ": EC2 accepted the launch but returned no usable instance");
    };
  }

  @Override
  public Answer<MirrorTarget> createTarget(
      InterfaceId networkInterface,
      Map<String, String> tags,
      String clientToken,
      Deadline deadline) {
    String what = "CreateTrafficMirrorTarget of " + networkInterface;
    Answer<Optional<MirrorTarget>> answer =
        Calls.make(
            what,
            MAX_WRITE_TIME,
            deadline,
            Ec2Errors::ofWrite,
            limits ->
                Optional.ofNullable(
                        client
                            .createTrafficMirrorTarget(
                                TargetRequests.target(networkInterface, tags, clientToken, limits))
                            .trafficMirrorTarget())
                    .flatMap(Ec2Mapping::target)
                    // From the request, because the response may omit interface and tags.
                    .map(t -> new MirrorTarget(t.id(), Optional.of(networkInterface), tags)));
    return switch (answer) {
      case Answer.Failed<Optional<MirrorTarget>>(Failure failure) -> new Answer.Failed<>(failure);
      case Answer.Got<Optional<MirrorTarget>>(Optional<MirrorTarget> target) ->
          target.isPresent()
              ? new Answer.Got<>(target.get())
              : Calls.failed(
                  FailureKind.POOL_NOT_SETTLED,
                  "no-target",
                  what + ": EC2 accepted the call but returned no usable target");
    };
  }

  @Override
  public Answer<TargetId> deleteTarget(TargetId target, Deadline deadline) {
    Answer<TargetId> answer =
        Calls.make(
            "DeleteTrafficMirrorTarget of " + target,
            MAX_WRITE_TIME,
            deadline,
            Ec2Errors::ofWrite,
            limits -> {
              client.deleteTrafficMirrorTarget(
                  request ->
                      request.trafficMirrorTargetId(target.value()).overrideConfiguration(limits));
              return target;
            });
    return successIf(FailureKind.TARGET_NOT_FOUND, answer, target);
  }

  @Override
  public Answer<InstanceId> terminate(InstanceId instance, Deadline deadline) {
    Answer<InstanceId> answer =
        Calls.make(
            "TerminateInstances of " + instance,
            MAX_WRITE_TIME,
            deadline,
            Ec2Errors::ofWrite,
            limits -> {
              client.terminateInstances(
                  request -> request.instanceIds(instance.value()).overrideConfiguration(limits));
              return instance;
            });
    return successIf(FailureKind.NOT_VISIBLE_YET, answer, instance);
  }

  @Override
  public Answer<SessionId> deleteSession(SessionId session, Deadline deadline) {
    Answer<SessionId> answer =
        Calls.make(
            "DeleteTrafficMirrorSession of " + session,
            MAX_WRITE_TIME,
            deadline,
            Ec2Errors::ofWrite,
            limits -> {
              client.deleteTrafficMirrorSession(
                  request ->
                      request
                          .trafficMirrorSessionId(session.value())
                          .overrideConfiguration(limits));
              return session;
            });
    return successIf(FailureKind.SESSION_NOT_FOUND, answer, session);
  }

  @Override
  public Answer<String> tag(String resource, Map<String, String> tags, Deadline deadline) {
    return Calls.make(
        "CreateTags on %s of %s".formatted(resource, Tags.keys(tags)),
        MAX_WRITE_TIME,
        deadline,
        Ec2Errors::ofWrite,
        limits -> {
          client.createTags(
              request ->
                  request
                      .resources(resource)
                      .tags(Tags.sorted(tags))
                      .overrideConfiguration(limits));
          return resource;
        });
  }

  @Override
  public Answer<String> untag(String resource, Set<String> keys, Deadline deadline) {
    return Calls.make(
        "DeleteTags on %s of %s".formatted(resource, new TreeSet<>(keys)),
        MAX_WRITE_TIME,
        deadline,
        Ec2Errors::ofWrite,
        limits -> {
          client.deleteTags(
              request ->
                  request
                      .resources(resource)
                      .tags(keys.stream().sorted().map(Tags::ofKey).toList())
                      .overrideConfiguration(limits));
          return resource;
        });
  }

  /** Treats a removal as successful if the resource no longer exists. */
  private static <T> Answer<T> successIf(FailureKind kind, Answer<T> answer, T removed) {
    return answer instanceof Answer.Failed<T>(Failure failure) && failure.kind() == kind
        ? new Answer.Got<>(removed)
        : answer;
  }

  private static SessionId idOf(@Nullable TrafficMirrorSession shown, SessionId missing) {
    return Optional.ofNullable(shown)
        .flatMap(session -> Optional.ofNullable(session.trafficMirrorSessionId()))
        .filter(SessionId::isValid)
        .map(SessionId::new)
        .orElse(missing);
  }
}
