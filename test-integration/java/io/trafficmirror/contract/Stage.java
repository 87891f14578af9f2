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
 * What one claim sets up, and takes down again: everything that was made through it, newest first,
 * whether the claim held or not. What the pool holds stays for the next claim.
 */
final class Stage implements AutoCloseable {

  private final Ec2World world;
  private final Pool pool;
  private final Deque<Runnable> undo = new ArrayDeque<>();
  private final List<String> ended = new ArrayList<>();

  Stage(Ec2World world, Pool pool) {
    this.world = world;
    this.pool = pool;
  }

  Ec2World world() {
    return world;
  }

  Pool pool() {
    return pool;
  }

  Ec2Client ec2() {
    return world.client();
  }

  /** A token that no other request has. */
  String token() {
    return UUID.randomUUID().toString();
  }

  /** A request for a session from that interface to the pool's target, tagged. */
  CreateTrafficMirrorSessionRequest.Builder request(String interfaceId, int number) {
    return CreateTrafficMirrorSessionRequest.builder()
        .networkInterfaceId(interfaceId)
        .trafficMirrorTargetId(pool.target())
        .trafficMirrorFilterId(pool.filter())
        .sessionNumber(number)
        .clientToken(token())
        .tagSpecifications(Launches.tags(world, ResourceType.TRAFFIC_MIRROR_SESSION));
  }

  /** Makes the session; the claim's end deletes it. */
  CreateTrafficMirrorSessionResponse create(CreateTrafficMirrorSessionRequest request) {
    CreateTrafficMirrorSessionResponse made = ec2().createTrafficMirrorSession(request);
    String id = made.trafficMirrorSession().trafficMirrorSessionId();
    undo.push(() -> ec2().deleteTrafficMirrorSession(gone -> gone.trafficMirrorSessionId(id)));
    return made;
  }

  /** A session from that interface to the pool's target. */
  TrafficMirrorSession session(String interfaceId, int number) {
    return session(interfaceId, number, request -> request);
  }

  /** A session that differs from the plain one. */
  TrafficMirrorSession session(
      String interfaceId,
      int number,
      UnaryOperator<CreateTrafficMirrorSessionRequest.Builder> change) {
    return create(change.apply(request(interfaceId, number)).build()).trafficMirrorSession();
  }

  /** A request for a target on that interface, tagged. */
  CreateTrafficMirrorTargetRequest.Builder targetRequest(String interfaceId) {
    return CreateTrafficMirrorTargetRequest.builder()
        .networkInterfaceId(interfaceId)
        .clientToken(token())
        .tagSpecifications(Launches.tags(world, ResourceType.TRAFFIC_MIRROR_TARGET));
  }

  /** Makes the target; the claim's end deletes it. */
  CreateTrafficMirrorTargetResponse createTarget(CreateTrafficMirrorTargetRequest request) {
    CreateTrafficMirrorTargetResponse made = ec2().createTrafficMirrorTarget(request);
    String id = made.trafficMirrorTarget().trafficMirrorTargetId();
    undo.push(() -> ec2().deleteTrafficMirrorTarget(gone -> gone.trafficMirrorTargetId(id)));
    return made;
  }

  /** A target on that interface, once reads show it. */
  String target(String interfaceId) {
    String id =
        createTarget(targetRequest(interfaceId).build())
            .trafficMirrorTarget()
            .trafficMirrorTargetId();
    return Pool.shownTarget(world, id);
  }

  /** A filter without rules, once reads show it. */
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
    undo.push(() -> ec2().deleteTrafficMirrorFilter(gone -> gone.trafficMirrorFilterId(id)));
    return Pool.shownFilter(world, id);
  }

  /** Instances of the claim's own, running; the claim's end terminates them. */
  List<Instance> launch(int count, UnaryOperator<RunInstancesRequest.Builder> change) {
    List<Instance> made = Launches.running(world, count, change);
    endsWithTheClaim(made.stream().map(Instance::instanceId).toList());
    return made;
  }

  /** One instance of the claim's own. */
  Instance launch() {
    return launch(1, launch -> launch).get(0);
  }

  /** Has the claim's end terminate instances that the claim made by itself. */
  void endsWithTheClaim(List<String> instanceIds) {
    List<String> living = new ArrayList<>(instanceIds);
    undo.push(
        () -> {
          living.removeAll(ended);
          if (!living.isEmpty()) {
            ec2().terminateInstances(end -> end.instanceIds(living));
            world.reached(living, InstanceStateName.TERMINATED);
          }
        });
  }

  /** Has the claim's end do this. */
  void afterwards(Runnable step) {
    undo.push(step);
  }

  /** Terminates the instance and comes back when it is. */
  void terminate(String instanceId) {
    ec2().terminateInstances(end -> end.instanceIds(instanceId));
    world.reached(List.of(instanceId), InstanceStateName.TERMINATED);
    ended.add(instanceId);
  }

  /** Stops the instance and comes back when it has. */
  void stop(String instanceId) {
    ec2().stopInstances(stop -> stop.instanceIds(instanceId));
    world.reached(List.of(instanceId), InstanceStateName.STOPPED);
  }

  /** The ids of the interface's sessions. */
  List<String> sessionsOn(String interfaceId) {
    return ec2()
        .describeTrafficMirrorSessionsPaginator(
            read -> read.filters(filter("network-interface-id", interfaceId)))
        .trafficMirrorSessions()
        .stream()
        .map(TrafficMirrorSession::trafficMirrorSessionId)
        .toList();
  }

  /** One filter of a read. */
  static Filter filter(String name, String... values) {
    return Filter.builder().name(name).values(values).build();
  }

  /**
   * Takes everything down. What is gone already is passed over; another refusal is passed over too,
   * since the sweep at the end of a run finds what is left by its tag.
   */
  @Override
  public void close() {
    while (!undo.isEmpty()) {
      Runnable step = undo.pop();
      try {
        step.run();
      } catch (SdkException refused) {
        PlainLog.detail("could not be removed after a claim: " + refused.getMessage());
      }
    }
  }
}
