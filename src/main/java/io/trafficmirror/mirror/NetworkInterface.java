package io.trafficmirror.mirror;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * A network interface of an instance, as EC2 returned it.
 *
 * @param id its id
 * @param deviceIndex the device index of its attachment; empty if EC2 returned no attachment
 * @param networkCard the network card index of its attachment; 0 if EC2 returned none
 * @param subnet its subnet, if known
 * @param vpc its VPC, if known
 */
public record NetworkInterface(
    InterfaceId id,
    OptionalInt deviceIndex,
    int networkCard,
    Optional<SubnetId> subnet,
    Optional<VpcId> vpc) {

  /** Whether this is the primary interface of its instance: device index 0 on network card 0. */
  public boolean isPrimary() {
    return deviceIndex.isPresent() && deviceIndex.getAsInt() == 0 && networkCard == 0;
  }
}
