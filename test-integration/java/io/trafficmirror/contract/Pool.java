package io.trafficmirror.contract;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.ResourceType;

/**
 * What claims share, made when first asked for: six running instances in two reservations (as many
 * as it takes to have a second page), a mirror target on the last one, and a mirror filter. On a
 * real account one pool serves the whole run.
 */
final class Pool {

  /** More than the smallest page that EC2 gives, hence two pages. */
  static final int SIZE = 6;

  private static final int SENSOR = SIZE - 1;

  private final Ec2World world;
  private final List<Instance> instances = new ArrayList<>();
  private final List<String> target = new ArrayList<>();
  private final List<String> filter = new ArrayList<>();

  Pool(Ec2World world) {
    this.world = world;
  }

  /** The six instances, as they were when they had come up. */
  List<Instance> instances() {
    if (instances.isEmpty()) {
      instances.addAll(Launches.running(world, SIZE / 2, launch -> launch));
      instances.addAll(Launches.running(world, SIZE - SIZE / 2, launch -> launch));
    }
    return List.copyOf(instances);
  }

  /**
   * The primary interface of an instance that claims may mirror.
   *
   * @param index 0 to 4
   */
  String source(int index) {
    if (index >= SENSOR) {
      throw new IllegalArgumentException("there is no source " + index);
    }
    return Launches.primaryInterface(instances().get(index));
  }

  /** The interface that {@link #target()} stands for. */
  String sensorInterface() {
    return Launches.primaryInterface(instances().get(SENSOR));
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
                          .networkInterfaceId(sensorInterface())
                          .tagSpecifications(
                              Launches.tags(world, ResourceType.TRAFFIC_MIRROR_TARGET)))
              .trafficMirrorTarget()
              .trafficMirrorTargetId();
      target.add(shownTarget(world, id));
    }
    return target.getFirst();
  }

  /** A mirror filter without rules, which mirrors nothing. */
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
      filter.add(shownFilter(world, id));
    }
    return filter.getFirst();
  }

  /** The target's id, once reads show it: a create that names it earlier may not find it. */
  static String shownTarget(Ec2World world, String id) {
    world.eventually(
        () ->
            world
                .client()
                .describeTrafficMirrorTargets(read -> read.trafficMirrorTargetIds(id))
                .trafficMirrorTargets(),
        targets -> !targets.isEmpty());
    return id;
  }

  /** The filter's id, once reads show it. */
  static String shownFilter(Ec2World world, String id) {
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
