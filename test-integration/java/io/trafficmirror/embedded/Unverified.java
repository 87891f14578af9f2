package io.trafficmirror.embedded;

import java.util.List;
import java.util.stream.Stream;

/**
 * How embedded EC2 behaves where AWS does not document how EC2 does. Code that stands on EC2 must
 * work both ways, so its tests run with each one flipped.
 *
 * @param takenSessionNumberCode the error code for a session number that the interface already has
 * @param replayedTokenReturnsDeletedSession whether a client token whose session was deleted
 *     answers that session again; otherwise it makes a new one
 * @param tagFiltersWorkOnMirrorResources whether {@code tag:<key>} and {@code tag-key} filter
 *     mirror sessions, targets and filters; otherwise they are refused as invalid
 * @param longNotFoundCodes whether an unknown id answers the observed codes ({@code
 *     InvalidTrafficMirrorTargetId.NotFound}) or the documented ones ({@code
 *     InvalidTrafficMirrorTargetNoFound})
 * @param refusesStoppedSources whether a stopped instance's interface cannot be made a source
 * @param refusedTokenCode the error code for a NextToken that expired or is not EC2's
 * @param filtersAfterPaging whether EC2 cuts pages before it filters, so that a page can be short
 *     or empty and still have a token
 * @param missingInterfaceCode the error code for a session on an interface that is not there
 * @param checksNumberBeforeLimits whether a taken session number is noticed before the quota of
 *     sessions on the interface
 * @param targets how mirror targets behave
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

  /** What seems most likely. */
  public static Unverified defaults() {
    return DEFAULTS;
  }

  /** The defaults, then the defaults with each behaviour flipped alone. */
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

  /** The same but for {@code takenSessionNumberCode}. */
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

  /** The same but for {@code replayedTokenReturnsDeletedSession}. */
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

  /** The same but for {@code tagFiltersWorkOnMirrorResources}. */
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

  /** The same but for {@code longNotFoundCodes}. */
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

  /** The same but for {@code refusesStoppedSources}. */
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

  /** The same but for {@code refusedTokenCode}. */
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

  /** The same but for {@code filtersAfterPaging}. */
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

  /** The same but for {@code missingInterfaceCode}. */
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

  /** The same but for {@code checksNumberBeforeLimits}. */
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

  /** The same but for {@code targets}. */
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
