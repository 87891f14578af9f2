package io.trafficmirror.mirror;

import java.util.Map;
import java.util.Optional;

/**
 * A mirror target as it was observed.
 *
 * @param id its id
 * @param networkInterface the interface that the traffic goes to; empty for a load balancer
 * @param tags its tags
 */
public record MirrorTarget(
    TargetId id, Optional<InterfaceId> networkInterface, Map<String, String> tags) {

  /** Stands for a target that is to be made: unlike any other one. */
  public static final TargetId NOT_MADE_YET = new TargetId("tmt-not-made-yet");

  /** Copies the tags. */
  public MirrorTarget {
    tags = Map.copyOf(tags);
  }
}
