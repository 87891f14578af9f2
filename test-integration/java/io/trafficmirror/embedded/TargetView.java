package io.trafficmirror.embedded;

import java.util.Map;
import java.util.Optional;

/**
 * A mirror target, for assertions.
 *
 * @param interfaceId the target interface, if it has this type
 * @param loadBalancerArn the target Network Load Balancer, if it has this type
 */
public record TargetView(
    String targetId,
    Optional<String> interfaceId,
    Optional<String> loadBalancerArn,
    Map<String, String> tags) {

  /** Copies the tags. */
  public TargetView {
    tags = Map.copyOf(tags);
  }
}
