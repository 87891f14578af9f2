package io.trafficmirror.embedded;

import java.util.Map;
import java.util.Optional;

/**
 * A mirror target that is there now, for a test to look at.
 *
 * @param interfaceId where it is an interface
 * @param loadBalancerArn where it is a Network Load Balancer
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
