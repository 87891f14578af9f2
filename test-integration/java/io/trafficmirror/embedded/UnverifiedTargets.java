package io.trafficmirror.embedded;

import java.util.List;

/**
 * The undocumented behaviour of mirror targets, the part of {@link Unverified} that targets on
 * demand depend on.
 *
 * @param replayedTokenReturnsDeletedTarget whether the client token of a deleted target returns
 *     that target; otherwise it creates a new one
 * @param checksRoomBeforeNumber whether the target's quota of sources is checked before the session
 *     number
 * @param countsSessions whether that quota counts sessions, so that another session of the same
 *     source counts again; otherwise it counts sources
 */
public record UnverifiedTargets(
    boolean replayedTokenReturnsDeletedTarget,
    boolean checksRoomBeforeNumber,
    boolean countsSessions) {

  /** The most likely behaviour. */
  public static UnverifiedTargets defaults() {
    return new UnverifiedTargets(false, false, false);
  }

  /** The defaults with each single behaviour flipped. */
  public static List<UnverifiedTargets> flipped() {
    return List.of(
        new UnverifiedTargets(true, false, false),
        new UnverifiedTargets(false, true, false),
        new UnverifiedTargets(false, false, true));
  }
}
