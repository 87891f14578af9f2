package io.trafficmirror.mirror;

import java.util.List;
import java.util.Optional;

/**
 * How the instance of a target on demand is launched.
 *
 * @param instanceType for example {@code c5.xlarge}
 * @param imageId starts with {@code ami-}
 * @param securityGroups ids that start with {@code sg-}: at least one, sorted and without
 *     duplicates, because their order has no meaning
 * @param subnet the subnet of the instance; empty means the source's subnet
 */
public record LaunchSpecification(
    String instanceType, String imageId, List<String> securityGroups, Optional<SubnetId> subnet) {

  /** Sorts the security groups and removes duplicates. */
  public LaunchSpecification {
    securityGroups = securityGroups.stream().distinct().sorted().toList();
  }
}
