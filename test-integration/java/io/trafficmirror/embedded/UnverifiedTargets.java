package io.trafficmirror.embedded;

import java.util.List;

/**
 * How mirror targets behave where AWS does not document it: the part of {@link Unverified} that
 * launched targets stand on.
 *
 * @param replayedTokenReturnsDeletedTarget whether a client token whose target was deleted answers
 *     that target again; otherwise it makes a new one
 * @param checksRoomBeforeNumber whether a full target is noticed before a taken session number
 * @param countsSessions whether a target's limit counts sessions, so that a source that is there
 *     already takes another place; otherwise it counts sources
 */
public record UnverifiedTargets(
    boolean replayedTokenReturnsDeletedTarget,
    boolean checksRoomBeforeNumber,
    boolean countsSessions) {

  /** What seems most likely. */
  public static UnverifiedTargets defaults() {
    return new UnverifiedTargets(false, false, false);
  }

  /** The defaults with each behaviour flipped alone. */
  public static List<UnverifiedTargets> flipped() {
    return List.of(
        new UnverifiedTargets(true, false, false),
        new UnverifiedTargets(false, true, false),
        new UnverifiedTargets(false, false, true));
  }
}
