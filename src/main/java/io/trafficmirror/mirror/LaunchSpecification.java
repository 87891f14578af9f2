package io.trafficmirror.mirror;

import java.util.List;
import java.util.Optional;

/**
 * What a target on demand is launched from.
 *
 * @param instanceType for example {@code c5.xlarge}
 * @param imageId starts with {@code ami-}
 * @param securityGroups ids that start with {@code sg-}, at least one, without repetition, sorted:
 *     their order has no meaning
 * @param subnet where it is launched; empty means the source's own subnet
 */
public record LaunchSpecification(
    String instanceType, String imageId, List<String> securityGroups, Optional<SubnetId> subnet) {

  /** Sorts the security groups and drops repetitions. */
  public LaunchSpecification {
    securityGroups = securityGroups.stream().distinct().sorted().toList();
  }
}
