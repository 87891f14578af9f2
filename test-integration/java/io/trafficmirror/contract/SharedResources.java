package io.trafficmirror.contract;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.ResourceType;

/**
 * The resources that claims share, created on first use: six running instances in two reservations,
 * a mirror target on the last one, and a mirror filter. On a real account, they are created once
 * per run.
 */
final class SharedResources {

  /** More than the smallest page size of EC2, so that there are two pages. */
  static final int SIZE = 6;

  private static final int TARGET_INDEX = SIZE - 1;

  private final Ec2World world;
  private final List<Instance> instances = new ArrayList<>();
  private final List<String> target = new ArrayList<>();
  private final List<String> filter = new ArrayList<>();

  SharedResources(Ec2World world) {
    this.world = world;
  }

  /** The six instances, as described once they were running. */
  List<Instance> instances() {
    if (instances.isEmpty()) {
      instances.addAll(Launches.running(world, SIZE / 2, launch -> launch));
      instances.addAll(Launches.running(world, SIZE - SIZE / 2, launch -> launch));
    }
    return List.copyOf(instances);
  }

  /**
   * The primary interface of an instance that claims can use as a source.
   *
   * @param index 0 to 4
   */
  String source(int index) {
    if (index >= TARGET_INDEX) {
      throw new IllegalArgumentException("there is no source " + index);
    }
    return Launches.primaryInterface(instances().get(index));
  }

  /** The interface of {@link #target()}. */
  String targetInterface() {
    return Launches.primaryInterface(instances().get(TARGET_INDEX));
  }

  /** A mirror target on the last instance. */
  String target() {
    if (target.isEmpty()) {
      String id =
          world
              .client()
              .createTrafficMirrorTarget(
                  create ->
                      create
                          .networkInterfaceId(targetInterface())
                          .tagSpecifications(
                              Launches.tags(world, ResourceType.TRAFFIC_MIRROR_TARGET)))
              .trafficMirrorTarget()
              .trafficMirrorTargetId();
      target.add(awaitTarget(world, id));
    }
    return target.getFirst();
  }

  /** A mirror filter without rules. */
  String filter() {
    if (filter.isEmpty()) {
      String id =
          world
              .client()
              .createTrafficMirrorFilter(
                  create ->
                      create.tagSpecifications(
                          Launches.tags(world, ResourceType.TRAFFIC_MIRROR_FILTER)))
              .trafficMirrorFilter()
              .trafficMirrorFilterId();
      filter.add(awaitFilter(world, id));
    }
    return filter.getFirst();
  }

  /**
   * Waits until reads return the target, because an earlier create may not find it; returns the id.
   */
  static String awaitTarget(Ec2World world, String id) {
    world.eventually(
        () ->
            world
                .client()
                .describeTrafficMirrorTargets(read -> read.trafficMirrorTargetIds(id))
                .trafficMirrorTargets(),
        targets -> !targets.isEmpty());
    return id;
  }

  /** Waits until reads return the filter; returns the id. */
  static String awaitFilter(Ec2World world, String id) {
    world.eventually(
        () ->
            world
                .client()
                .describeTrafficMirrorFilters(read -> read.trafficMirrorFilterIds(id))
                .trafficMirrorFilters(),
        filters -> !filters.isEmpty());
    return id;
  }
}
