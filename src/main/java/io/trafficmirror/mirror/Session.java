package io.trafficmirror.mirror;

import java.util.Map;

/**
 * A traffic mirror session as it was observed.
 *
 * @param id its id
 * @param source the interface whose traffic it mirrors
 * @param target where the traffic goes
 * @param filter which traffic goes there
 * @param number its session number, 1 to 32,766; unique on an interface, the lowest is tried first
 * @param tags its tags
 */
public record Session(
    SessionId id,
    InterfaceId source,
    TargetId target,
    FilterId filter,
    int number,
    Map<String, String> tags) {

  /** Copies the tags. */
  public Session {
    tags = Map.copyOf(tags);
  }
}
