package io.trafficmirror.mirror;

import java.util.Map;
import java.util.Optional;

/**
 * A mirror target as it was observed.
 *
 * @param id its id
 * @param networkInterface the interface that receives the traffic; empty for a load balancer
 * @param tags its tags
 */
public record MirrorTarget(
    TargetId id, Optional<InterfaceId> networkInterface, Map<String, String> tags) {

  /** Copies the tags. */
  public MirrorTarget {
    tags = Map.copyOf(tags);
  }
}
