package io.trafficmirror.embedded;

import java.util.List;
import java.util.stream.Stream;

/**
 * The behaviour of EC2 that AWS does not document. Code that uses EC2 must work with either
 * behaviour, so its tests run with each one flipped.
 *
 * @param takenSessionNumberCode the error code for a session number that is in use on the interface
 * @param replayedTokenReturnsDeletedSession whether the client token of a deleted session returns
 *     that session; otherwise it creates a new one
 * @param tagFiltersWorkOnMirrorResources whether the filters {@code tag:<key>} and {@code tag-key}
 *     work for mirror sessions, targets and filters; otherwise they are invalid
 * @param longNotFoundCodes whether an unknown id causes the observed error code ({@code
 *     InvalidTrafficMirrorTargetId.NotFound}) or the documented one ({@code
 *     InvalidTrafficMirrorTargetNoFound})
 * @param refusesStoppedSources whether a stopped instance's interface cannot be a source
 * @param refusedTokenCode the error code for an expired or invalid NextToken
 * @param filtersAfterPaging whether EC2 filters each page after cutting it, so that a page can be
 *     short or empty and still have a token
 * @param missingInterfaceCode the error code for a session on a nonexistent interface
 * @param checksNumberBeforeLimits whether the session number is checked before the quota of
 *     sessions per interface
 * @param targets the behaviour of mirror targets
 */
public record Unverified(
    String takenSessionNumberCode,
    boolean replayedTokenReturnsDeletedSession,
    boolean tagFiltersWorkOnMirrorResources,
    boolean longNotFoundCodes,
    boolean refusesStoppedSources,
    String refusedTokenCode,
    boolean filtersAfterPaging,
    String missingInterfaceCode,
    boolean checksNumberBeforeLimits,
    UnverifiedTargets targets) {

  private static final Unverified DEFAULTS =
      new Unverified(
          "InvalidParameterValue",
          false,
          false,
          true,
          false,
          "InvalidNextToken",
          false,
          "InvalidNetworkInterfaceID.NotFound",
          false,
          UnverifiedTargets.defaults());

  /** The most likely behaviour. */
  public static Unverified defaults() {
    return DEFAULTS;
  }

  /** The defaults, followed by the defaults with each single behaviour flipped. */
  public static List<Unverified> variants() {
    Unverified d = DEFAULTS;
    Stream<Unverified> own =
        Stream.of(
            d,
            d.withTakenSessionNumberCode("TrafficMirrorSessionNumberInUse"),
            d.withReplayedTokenReturnsDeletedSession(true),
            d.withTagFiltersWorkOnMirrorResources(true),
            d.withLongNotFoundCodes(false),
            d.withRefusesStoppedSources(true),
            d.withRefusedTokenCode("InvalidPaginationToken"),
            d.withFiltersAfterPaging(true),
            d.withMissingInterfaceCode("InvalidNetworkInterfaceId.NotFound"),
            d.withChecksNumberBeforeLimits(true));
    Stream<Unverified> ofTargets = UnverifiedTargets.flipped().stream().map(d::withTargets);
    return Stream.concat(own, ofTargets).toList();
  }

  /** A copy with a different {@code takenSessionNumberCode}. */
  public Unverified withTakenSessionNumberCode(String value) {
    return new Unverified(
        value,
        replayedTokenReturnsDeletedSession,
        tagFiltersWorkOnMirrorResources,
        longNotFoundCodes,
        refusesStoppedSources,
        refusedTokenCode,
        filtersAfterPaging,
        missingInterfaceCode,
        checksNumberBeforeLimits,
        targets);
  }

  /** A copy with a different {@code replayedTokenReturnsDeletedSession}. */
  public Unverified withReplayedTokenReturnsDeletedSession(boolean value) {
    return new Unverified(
        takenSessionNumberCode,
        value,
        tagFiltersWorkOnMirrorResources,
        longNotFoundCodes,
        refusesStoppedSources,
        refusedTokenCode,
        filtersAfterPaging,
        missingInterfaceCode,
        checksNumberBeforeLimits,
        targets);
  }

  /** A copy with a different {@code tagFiltersWorkOnMirrorResources}. */
  public Unverified withTagFiltersWorkOnMirrorResources(boolean value) {
    return new Unverified(
        takenSessionNumberCode,
        replayedTokenReturnsDeletedSession,
        value,
        longNotFoundCodes,
        refusesStoppedSources,
        refusedTokenCode,
        filtersAfterPaging,
        missingInterfaceCode,
        checksNumberBeforeLimits,
        targets);
  }

  /** A copy with a different {@code longNotFoundCodes}. */
  public Unverified withLongNotFoundCodes(boolean value) {
    return new Unverified(
        takenSessionNumberCode,
        replayedTokenReturnsDeletedSession,
        tagFiltersWorkOnMirrorResources,
        value,
        refusesStoppedSources,
        refusedTokenCode,
        filtersAfterPaging,
        missingInterfaceCode,
        checksNumberBeforeLimits,
        targets);
  }

  /** A copy with a different {@code refusesStoppedSources}. */
  public Unverified withRefusesStoppedSources(boolean value) {
    return new Unverified(
        takenSessionNumberCode,
        replayedTokenReturnsDeletedSession,
        tagFiltersWorkOnMirrorResources,
        longNotFoundCodes,
        value,
        refusedTokenCode,
        filtersAfterPaging,
        missingInterfaceCode,
        checksNumberBeforeLimits,
        targets);
  }

  /** A copy with a different {@code refusedTokenCode}. */
  public Unverified withRefusedTokenCode(String value) {
    return new Unverified(
        takenSessionNumberCode,
        replayedTokenReturnsDeletedSession,
        tagFiltersWorkOnMirrorResources,
        longNotFoundCodes,
        refusesStoppedSources,
        value,
        filtersAfterPaging,
        missingInterfaceCode,
        checksNumberBeforeLimits,
        targets);
  }

  /** A copy with a different {@code filtersAfterPaging}. */
  public Unverified withFiltersAfterPaging(boolean value) {
    return new Unverified(
        takenSessionNumberCode,
        replayedTokenReturnsDeletedSession,
        tagFiltersWorkOnMirrorResources,
        longNotFoundCodes,
        refusesStoppedSources,
        refusedTokenCode,
        value,
        missingInterfaceCode,
        checksNumberBeforeLimits,
        targets);
  }

  /** A copy with a different {@code missingInterfaceCode}. */
  public Unverified withMissingInterfaceCode(String value) {
    return new Unverified(
        takenSessionNumberCode,
        replayedTokenReturnsDeletedSession,
        tagFiltersWorkOnMirrorResources,
        longNotFoundCodes,
        refusesStoppedSources,
        refusedTokenCode,
        filtersAfterPaging,
        value,
        checksNumberBeforeLimits,
        targets);
  }

  /** A copy with a different {@code checksNumberBeforeLimits}. */
  public Unverified withChecksNumberBeforeLimits(boolean value) {
    return new Unverified(
        takenSessionNumberCode,
        replayedTokenReturnsDeletedSession,
        tagFiltersWorkOnMirrorResources,
        longNotFoundCodes,
        refusesStoppedSources,
        refusedTokenCode,
        filtersAfterPaging,
        missingInterfaceCode,
        value,
        targets);
  }

  /** A copy with different {@code targets}. */
  public Unverified withTargets(UnverifiedTargets value) {
    return new Unverified(
        takenSessionNumberCode,
        replayedTokenReturnsDeletedSession,
        tagFiltersWorkOnMirrorResources,
        longNotFoundCodes,
        refusesStoppedSources,
        refusedTokenCode,
        filtersAfterPaging,
        missingInterfaceCode,
        checksNumberBeforeLimits,
        value);
  }
}
