package io.trafficmirror.demo;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An instance as {@code aws ec2 describe-instances} prints it, as far as the demo needs it.
 *
 * @param id its id
 * @param type its instance type; empty text where none is given
 * @param state EC2's name of its state
 * @param subnet the subnet of its primary interface; a terminated instance has none
 * @param vpc the VPC of its primary interface; a terminated instance has none
 * @param tags its tags
 * @param interfaces its network interfaces, in the order of the file, which means nothing
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
   * The value of this tag is the id of the mirror target that the instance's primary interface is:
   * an inventory has no other place to say so.
   */
  static final String SENSOR_TAG = "demo:mirror-target";

  /** Copies the collections. */
  Machine {
    tags = Map.copyOf(tags);
    interfaces = List.copyOf(interfaces);
  }

  /** The interface at device index 0 of network card 0. */
  Optional<Nic> primary() {
    return interfaces.stream().filter(nic -> nic.deviceIndex() == 0 && nic.card() == 0).findFirst();
  }

  /** The mirror target that its primary interface is, where it is one. */
  Optional<String> sensorTarget() {
    return primary().flatMap(nic -> Optional.ofNullable(tags.get(SENSOR_TAG)));
  }

  /** Whether it runs or is about to. */
  boolean isUp() {
    return state.equals("running") || state.equals("pending");
  }

  Machine withState(String newState) {
    return new Machine(id, type, newState, subnet, vpc, tags, interfaces);
  }

  /**
   * A network interface of an instance.
   *
   * @param id its id
   * @param deviceIndex the device index of its attachment, its place in the list where none is
   *     given
   * @param card the network card of its attachment, 0 where none is given
   * @param subnet its subnet
   * @param vpc its VPC
   * @param kind EC2's {@code InterfaceType}, {@code interface} where none is given
   */
  record Nic(String id, int deviceIndex, int card, String subnet, String vpc, String kind) {}
}
