package io.trafficmirror.mirror;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * A network interface of an instance, as EC2 shows it.
 *
 * @param id its id
 * @param deviceIndex the device index of its attachment; empty where EC2 shows no attachment
 * @param networkCard the network card of its attachment; 0 where EC2 names none
 * @param subnet its subnet, where known
 * @param vpc its VPC, where known
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
