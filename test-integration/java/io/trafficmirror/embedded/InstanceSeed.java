package io.trafficmirror.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An instance to put into embedded EC2.
 *
 * @param id {@code i-...}; empty text to have one made
 * @param type an instance type, {@code m5.large} say; any that looks like one
 * @param state {@code running}, {@code stopped} and so on
 * @param subnetId a subnet that is there
 * @param interfaces in any order; none is possible; a terminated instance has none
 */
public record InstanceSeed(
    String id,
    String type,
    String state,
    String subnetId,
    Map<String, String> tags,
    List<Interface> interfaces) {

  /**
   * An interface of it.
   *
   * @param id {@code eni-...}; empty text to have one made
   * @param deviceIndex 0 for the primary one
   * @param networkCard usually 0
   * @param subnetId a subnet that is there; empty text for the instance's
   * @param interfaceType {@code interface}, {@code efa} and so on
   */
  public record Interface(
      String id, int deviceIndex, int networkCard, String subnetId, String interfaceType) {}

  /** Copies the collections. */
  public InstanceSeed {
    tags = Map.copyOf(tags);
    interfaces = List.copyOf(interfaces);
  }

  /** A running instance without tags, with a primary interface in its subnet. */
  public static InstanceSeed running(String id, String type, String subnetId, String interfaceId) {
    return new InstanceSeed(id, type, "running", subnetId, Map.of(), List.of())
        .withInterface(interfaceId, 0);
  }

  /** The same with these tags instead. */
  public InstanceSeed withTags(Map<String, String> value) {
    return new InstanceSeed(id, type, state, subnetId, value, interfaces);
  }

  /** The same of another instance type. */
  public InstanceSeed withType(String value) {
    return new InstanceSeed(id, value, state, subnetId, tags, interfaces);
  }

  /** The same in another state. */
  public InstanceSeed withState(String value) {
    return new InstanceSeed(id, type, value, subnetId, tags, interfaces);
  }

  /** The same with one more interface, in the instance's subnet. */
  public InstanceSeed withInterface(String interfaceId, int deviceIndex) {
    List<Interface> more = new ArrayList<>(interfaces);
    more.add(new Interface(interfaceId, deviceIndex, 0, "", "interface"));
    return new InstanceSeed(id, type, state, subnetId, tags, more);
  }
}
