package io.trafficmirror.demo;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An instance, with the parts of {@code aws ec2 describe-instances} that the demo needs.
 *
 * @param id its id
 * @param type its instance type; empty if missing
 * @param state the name of its state
 * @param subnet the subnet of its primary interface; empty for a terminated instance
 * @param vpc the VPC of its primary interface; empty for a terminated instance
 * @param tags its tags
 * @param interfaces its network interfaces, in the order of the file, which has no meaning
 */
record Machine(
    String id,
    String type,
    String state,
    Optional<String> subnet,
    Optional<String> vpc,
    Map<String, String> tags,
    List<Nic> interfaces) {

  /**
   * The key of a tag whose value is the id of the mirror target on the primary interface, because
   * an inventory does not contain mirror targets.
   */
  static final String SENSOR_TAG = "demo:mirror-target";

  Machine {
    tags = Map.copyOf(tags);
    interfaces = List.copyOf(interfaces);
  }

  /** The interface at device index 0 of network card 0. */
  Optional<Nic> primary() {
    return interfaces.stream().filter(nic -> nic.deviceIndex() == 0 && nic.card() == 0).findFirst();
  }

  /** The mirror target on its primary interface, if any. */
  Optional<String> sensorTarget() {
    return primary().flatMap(nic -> Optional.ofNullable(tags.get(SENSOR_TAG)));
  }

  /** Whether it is pending or running. */
  boolean isUp() {
    return state.equals("running") || state.equals("pending");
  }

  Machine withState(String newState) {
    return new Machine(id, type, newState, subnet, vpc, tags, interfaces);
  }

  /**
   * A network interface.
   *
   * @param id its id
   * @param deviceIndex the device index of its attachment; by default, the position in the list
   * @param card the network card of its attachment; 0 by default
   * @param subnet its subnet
   * @param vpc its VPC
   * @param kind the {@code InterfaceType}; {@code interface} by default
   */
  record Nic(String id, int deviceIndex, int card, String subnet, String vpc, String kind) {}
}
