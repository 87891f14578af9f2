package io.trafficmirror.contract;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.CreateTrafficMirrorSessionRequest;
import software.amazon.awssdk.services.ec2.model.CreateTrafficMirrorSessionResponse;
import software.amazon.awssdk.services.ec2.model.CreateTrafficMirrorTargetRequest;
import software.amazon.awssdk.services.ec2.model.CreateTrafficMirrorTargetResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.TrafficMirrorSession;

/**
 * The resources of one claim. They are removed in reverse order of creation after the claim,
 * whether or not it succeeded. Shared resources remain for the next claim.
 */
final class Fixture implements AutoCloseable {

  private final Ec2World world;
  private final SharedResources shared;
  private final Deque<Runnable> undo = new ArrayDeque<>();
  private final List<String> terminated = new ArrayList<>();

  Fixture(Ec2World world, SharedResources shared) {
    this.world = world;
    this.shared = shared;
  }

  Ec2World world() {
    return world;
  }

  SharedResources shared() {
    return shared;
  }

  Ec2Client ec2() {
    return world.client();
  }

  /** A filter for sessions on the shared sources. */
  Filter ofSharedSources() {
    return filter("network-interface-id", shared.source(0), shared.source(1));
  }

  /** The ids of all sessions that match the filters. */
  List<String> sessionIds(Filter... filters) {
    return ids(
        ec2()
            .describeTrafficMirrorSessionsPaginator(read -> read.filters(filters))
            .trafficMirrorSessions()
            .stream()
            .toList());
  }

  static List<String> ids(List<TrafficMirrorSession> sessions) {
    return sessions.stream().map(TrafficMirrorSession::trafficMirrorSessionId).toList();
  }

  /** A new client token. */
  String token() {
    return UUID.randomUUID().toString();
  }

  /** A request for a tagged session from an interface to the shared target. */
  CreateTrafficMirrorSessionRequest.Builder request(String interfaceId, int number) {
    return CreateTrafficMirrorSessionRequest.builder()
        .networkInterfaceId(interfaceId)
        .trafficMirrorTargetId(shared.target())
        .trafficMirrorFilterId(shared.filter())
        .sessionNumber(number)
        .clientToken(token())
        .tagSpecifications(Launches.tags(world, ResourceType.TRAFFIC_MIRROR_SESSION));
  }

  /** Creates the session, which is deleted after the claim. */
  CreateTrafficMirrorSessionResponse create(CreateTrafficMirrorSessionRequest request) {
    CreateTrafficMirrorSessionResponse created = ec2().createTrafficMirrorSession(request);
    String id = created.trafficMirrorSession().trafficMirrorSessionId();
    undo.push(() -> ec2().deleteTrafficMirrorSession(delete -> delete.trafficMirrorSessionId(id)));
    return created;
  }

  /** A session from an interface to the shared target. */
  TrafficMirrorSession session(String interfaceId, int number) {
    return session(interfaceId, number, request -> request);
  }

  /** The same, with a changed request. */
  TrafficMirrorSession session(
      String interfaceId,
      int number,
      UnaryOperator<CreateTrafficMirrorSessionRequest.Builder> change) {
    return create(change.apply(request(interfaceId, number)).build()).trafficMirrorSession();
  }

  /** A request for a tagged target on an interface. */
  CreateTrafficMirrorTargetRequest.Builder targetRequest(String interfaceId) {
    return CreateTrafficMirrorTargetRequest.builder()
        .networkInterfaceId(interfaceId)
        .clientToken(token())
        .tagSpecifications(Launches.tags(world, ResourceType.TRAFFIC_MIRROR_TARGET));
  }

  /** Creates the target, which is deleted after the claim. */
  CreateTrafficMirrorTargetResponse createTarget(CreateTrafficMirrorTargetRequest request) {
    CreateTrafficMirrorTargetResponse created = ec2().createTrafficMirrorTarget(request);
    String id = created.trafficMirrorTarget().trafficMirrorTargetId();
    undo.push(() -> ec2().deleteTrafficMirrorTarget(delete -> delete.trafficMirrorTargetId(id)));
    return created;
  }

  /** Creates a target on an interface and waits until reads return it. */
  String target(String interfaceId) {
    String id =
        createTarget(targetRequest(interfaceId).build())
            .trafficMirrorTarget()
            .trafficMirrorTargetId();
    return SharedResources.awaitTarget(world, id);
  }

  /** Creates a filter without rules and waits until reads return it. */
  String filter(String description) {
    String id =
        ec2()
            .createTrafficMirrorFilter(
                create ->
                    create
                        .description(description)
                        .tagSpecifications(
                            Launches.tags(world, ResourceType.TRAFFIC_MIRROR_FILTER)))
            .trafficMirrorFilter()
            .trafficMirrorFilterId();
    undo.push(() -> ec2().deleteTrafficMirrorFilter(delete -> delete.trafficMirrorFilterId(id)));
    return SharedResources.awaitFilter(world, id);
  }

  /** Launches instances, waits until they are running, and terminates them after the claim. */
  List<Instance> launch(int count, UnaryOperator<RunInstancesRequest.Builder> change) {
    List<Instance> created = Launches.running(world, count, change);
    terminateAfterwards(created.stream().map(Instance::instanceId).toList());
    return created;
  }

  /** The same for one instance. */
  Instance launch() {
    return launch(1, launch -> launch).get(0);
  }

  /** Terminates instances that the claim launched directly, after the claim. */
  void terminateAfterwards(List<String> instanceIds) {
    List<String> living = new ArrayList<>(instanceIds);
    undo.push(
        () -> {
          living.removeAll(terminated);
          if (!living.isEmpty()) {
            ec2().terminateInstances(end -> end.instanceIds(living));
            world.awaitState(living, InstanceStateName.TERMINATED);
          }
        });
  }

  /** Runs a step after the claim. */
  void afterwards(Runnable step) {
    undo.push(step);
  }

  /** Terminates an instance and waits until it is terminated. */
  void terminate(String instanceId) {
    ec2().terminateInstances(end -> end.instanceIds(instanceId));
    world.awaitState(List.of(instanceId), InstanceStateName.TERMINATED);
    terminated.add(instanceId);
  }

  /** Stops an instance and waits until it is stopped. */
  void stop(String instanceId) {
    ec2().stopInstances(stop -> stop.instanceIds(instanceId));
    world.awaitState(List.of(instanceId), InstanceStateName.STOPPED);
  }

  /** The ids of the sessions on an interface. */
  List<String> sessionsOn(String interfaceId) {
    return ec2()
        .describeTrafficMirrorSessionsPaginator(
            read -> read.filters(filter("network-interface-id", interfaceId)))
        .trafficMirrorSessions()
        .stream()
        .map(TrafficMirrorSession::trafficMirrorSessionId)
        .toList();
  }

  /** A filter for a describe call. */
  static Filter filter(String name, String... values) {
    return Filter.builder().name(name).values(values).build();
  }

  /**
   * Removes everything. Errors are ignored: a resource may already be deleted, and the cleanup at
   * the end of a run finds the remaining ones by their tag.
   */
  @Override
  public void close() {
    while (!undo.isEmpty()) {
      Runnable step = undo.pop();
      try {
        step.run();
      } catch (SdkException refused) {
        PlainLog.debug("could not be removed after a claim: " + refused.getMessage());
      }
    }
  }
}
