package io.trafficmirror.mirror;

import java.util.Map;

/**
 * A traffic mirror session as it was observed.
 *
 * @param id its id
 * @param source the interface whose traffic it mirrors
 * @param target where the traffic goes
 * @param filter which traffic goes there
 * @param number its session number, 1 to 32,766, or 0 if EC2 returned none; unique per interface,
 *     and EC2 evaluates the lowest number first
 * @param tags its tags
 */
public record Session(
    SessionId id,
    InterfaceId source,
    TargetId target,
    FilterId filter,
    int number,
    Map<String, String> tags) {

  /** Placeholder for a target that EC2 did not return; equal to no real target. */
  public static final TargetId TARGET_NOT_SHOWN = new TargetId("tmt-not-shown");

  /** Placeholder for a filter that EC2 did not return; equal to no real filter. */
  public static final FilterId FILTER_NOT_SHOWN = new FilterId("tmf-not-shown");

  /** Copies the tags. */
  public Session {
    tags = Map.copyOf(tags);
  }
}
