package io.trafficmirror.contract;

import java.util.List;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterface;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** Launches and describes tagged instances. */
final class Launches {

  private Launches() {}

  /** A request for tagged instances of the supported type in the world's subnet. */
  static RunInstancesRequest.Builder request(Ec2World world, int count) {
    return RunInstancesRequest.builder()
        .imageId(world.imageId())
        .instanceType(world.supportedType())
        .subnetId(world.subnetId())
        .minCount(count)
        .maxCount(count)
        .tagSpecifications(
            tags(world, ResourceType.INSTANCE), tags(world, ResourceType.NETWORK_INTERFACE));
  }

  /** Launches instances and waits until they are running. */
  static List<Instance> running(
      Ec2World world, int count, UnaryOperator<RunInstancesRequest.Builder> change) {
    List<String> ids =
        world
            .client()
            .runInstances(change.apply(request(world, count)).build())
            .instances()
            .stream()
            .map(Instance::instanceId)
            .toList();
    world.awaitState(ids, InstanceStateName.RUNNING);
    return world.eventually(() -> read(world.client(), ids), read -> read.size() == count);
  }

  /** The current state of the instances, in any order; unknown ones are omitted. */
  static List<Instance> read(Ec2Client ec2, List<String> ids) {
    return ec2
        .describeInstancesPaginator(
            request -> request.filters(Filter.builder().name("instance-id").values(ids).build()))
        .reservations()
        .stream()
        .flatMap(reservation -> reservation.instances().stream())
        .toList();
  }

  /** The interface at device index 0 of network card 0, at any position in the list. */
  static String primaryInterface(Instance instance) {
    return instance.networkInterfaces().stream()
        .filter(Launches::isPrimary)
        .map(InstanceNetworkInterface::networkInterfaceId)
        .findFirst()
        .orElseThrow(() -> new AssertionError(instance.instanceId() + " has no interface"));
  }

  /** Whether the interface is the primary one, according to its attachment. */
  static boolean isPrimary(InstanceNetworkInterface network) {
    return network.attachment().deviceIndex() == 0 && network.attachment().networkCardIndex() == 0;
  }

  /** The run's tag, for one kind of resource. */
  static TagSpecification tags(Ec2World world, ResourceType type) {
    return TagSpecification.builder().resourceType(type).tags(tag(world)).build();
  }

  /** The run's tag. */
  static Tag tag(Ec2World world) {
    return Tag.builder().key(Ec2World.TAG).value(world.runId()).build();
  }
}
