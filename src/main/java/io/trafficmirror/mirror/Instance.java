package io.trafficmirror.mirror;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An EC2 instance as it was observed.
 *
 * @param id its id
 * @param state its state when it was observed
 * @param type its instance type, for example {@code m5.large}; empty if EC2 returns none
 * @param tags its tags; a tag without a value maps to the empty string
 * @param subnet the subnet of its primary interface; a terminated instance has none
 * @param vpc the VPC of its primary interface; a terminated instance has none
 * @param interfaces its network interfaces, in no particular order
 */
public record Instance(
    InstanceId id,
    InstanceState state,
    String type,
    Map<String, String> tags,
    Optional<SubnetId> subnet,
    Optional<VpcId> vpc,
    List<NetworkInterface> interfaces) {

  /** Copies the collections. */
  public Instance {
    tags = Map.copyOf(tags);
    interfaces = List.copyOf(interfaces);
  }

  /** The primary interface, identified by its attachment and not by its position in the list. */
  public Optional<NetworkInterface> primaryInterface() {
    return interfaces.stream().filter(NetworkInterface::isPrimary).findFirst();
  }
}
