package io.trafficmirror.embedded;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An instance to create in embedded EC2.
 *
 * @param id {@code i-...}; empty to generate one
 * @param type any well-formed instance type, for example {@code m5.large}
 * @param state for example {@code running} or {@code stopped}
 * @param subnetId an existing subnet
 * @param interfaces in any order; may be empty, and must be for a terminated instance
 */
public record InstanceSeed(
    String id,
    String type,
    String state,
    String subnetId,
    Map<String, String> tags,
    List<Interface> interfaces) {

  /**
   * A network interface of the instance.
   *
   * @param id {@code eni-...}; empty to generate one
   * @param deviceIndex 0 for the primary interface
   * @param networkCard usually 0
   * @param subnetId an existing subnet; empty for the instance's subnet
   * @param interfaceType for example {@code interface} or {@code efa}
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

  /** A copy with these tags instead. */
  public InstanceSeed withTags(Map<String, String> value) {
    return new InstanceSeed(id, type, state, subnetId, value, interfaces);
  }

  /** A copy of another instance type. */
  public InstanceSeed withType(String value) {
    return new InstanceSeed(id, value, state, subnetId, tags, interfaces);
  }

  /** A copy in another state. */
  public InstanceSeed withState(String value) {
    return new InstanceSeed(id, type, value, subnetId, tags, interfaces);
  }

  /** A copy with one more interface in the instance's subnet. */
  public InstanceSeed withInterface(String interfaceId, int deviceIndex) {
    List<Interface> more = new ArrayList<>(interfaces);
    more.add(new Interface(interfaceId, deviceIndex, 0, "", "interface"));
    return new InstanceSeed(id, type, state, subnetId, tags, more);
  }
}
