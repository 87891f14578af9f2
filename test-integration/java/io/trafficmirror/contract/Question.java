package io.trafficmirror.contract;

import java.util.Set;

/**
 * What AWS leaves open, with the answers that would not surprise us. An answer is an error code, or
 * a few words about what happened.
 */
enum Question {
  TAKEN_SESSION_NUMBER(
      "a session whose number another session of the interface holds", "InvalidParameterValue"),
  TAKEN_NUMBER_ON_A_FULL_INTERFACE(
      "a taken session number on an interface that has three sessions",
      "InvalidParameterValue",
      "TrafficMirrorSessionsPerInterfaceLimitExceeded"),
  SESSION_NUMBER_OUT_OF_BOUNDS("a session number of 0 or 32767", "InvalidParameterValue"),
  REPLAY_AFTER_DELETE(
      "a create replayed with its client token after its session was deleted",
      Words.NEW_SESSION,
      Words.DELETED_SESSION),
  REPLAY_AFTER_REFUSAL(
      "a create replayed with its client token after a refusal whose cause is gone",
      Words.ACCEPTED),
  TAG_FILTERS(
      "a tag filter on mirror sessions, targets or filters",
      Words.FILTERED,
      "InvalidParameterValue",
      "InvalidFilter"),
  STOPPED_SOURCE(
      "a session on the interface of a stopped instance",
      Words.ACCEPTED,
      "NetworkInterfaceNotSupported"),
  SESSION_NOT_FOUND(
      "a mirror session that does not exist",
      "InvalidTrafficMirrorSessionId.NotFound",
      "InvalidTrafficMirrorSessionNotFound"),
  TARGET_NOT_FOUND(
      "a mirror target that does not exist",
      "InvalidTrafficMirrorTargetId.NotFound",
      // AWS's error page spells it so, without the second "t" of "Not".
      "InvalidTrafficMirrorTargetNoFound"),
  FILTER_NOT_FOUND(
      "a mirror filter that does not exist",
      "InvalidTrafficMirrorFilterId.NotFound",
      "InvalidTrafficMirrorFilterNotFound"),
  INTERFACE_NOT_FOUND(
      "a session on an interface that does not exist",
      "InvalidNetworkInterfaceID.NotFound",
      "InvalidNetworkInterfaceId.NotFound"),
  MALFORMED_MIRROR_ID(
      "a mirror session, target or filter id with a wrong prefix",
      "InvalidParameterValue",
      "InvalidTrafficMirrorSessionId.Malformed",
      "InvalidTrafficMirrorTargetId.Malformed",
      "InvalidTrafficMirrorFilterId.Malformed",
      "InvalidTrafficMirrorSessionId.NotFound",
      "InvalidTrafficMirrorSessionNotFound",
      "InvalidTrafficMirrorTargetId.NotFound",
      "InvalidTrafficMirrorTargetNoFound",
      "InvalidTrafficMirrorFilterId.NotFound",
      "InvalidTrafficMirrorFilterNotFound"),
  LONG_PACKETS_TO_A_LOAD_BALANCER(
      "a packet length above 8500 for a load balancer", "InvalidParameterValue"),
  NETWORK_ID_OUT_OF_BOUNDS(
      "a virtual network id that does not fit 24 bits", "InvalidParameterValue", Words.ACCEPTED),
  UNKNOWN_PAGE_TOKEN(
      "a page token that AWS did not give",
      "InvalidNextToken",
      "InvalidPaginationToken",
      "InvalidParameterValue"),
  MANY_INSTANCES_A_PAGE(
      "DescribeInstances with a MaxResults above 1000", "InvalidParameterValue", Words.ACCEPTED),
  MIRROR_PAGE_SIZE_OUT_OF_BOUNDS(
      "a MaxResults of 4 or 1001 on a mirror resource",
      "InvalidParameterValue",
      "InvalidMaxResults"),
  TWO_HUNDRED_FILTER_VALUES("200 values in the filters of one request", Words.ACCEPTED),
  MANY_FILTER_VALUES(
      "more than 200 values in the filters of one request",
      "FilterLimitExceeded",
      "InvalidParameterValue",
      Words.ACCEPTED),
  LONG_CLIENT_TOKEN("a client token of more than 64 characters", "InvalidParameterValue"),
  TWO_SESSIONS_OF_ONE_SOURCE(
      "the places that two sessions of one source take on one target",
      Words.ONE_PLACE,
      "TrafficMirrorSourcesPerTargetLimitExceeded"),
  TARGET_REPLAY_AFTER_DELETE(
      "a create replayed with its client token after its target was deleted",
      Words.NEW_TARGET,
      Words.DELETED_TARGET),
  TAKEN_NUMBER_TO_A_FULL_TARGET(
      "a taken session number in a session to a full target",
      "InvalidParameterValue",
      "TrafficMirrorSourcesPerTargetLimitExceeded");

  /** Answers that are no error code. */
  static final class Words {
    static final String ACCEPTED = "accepted";
    static final String FILTERED = "filtered";
    static final String NEW_SESSION = "a new session";
    static final String DELETED_SESSION = "the deleted session";
    static final String NEW_TARGET = "a new target";
    static final String DELETED_TARGET = "the deleted target";
    static final String ONE_PLACE = "one place";

    private Words() {}
  }

  private final String about;

  // Set.of makes it immutable; the checker sees only the type.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Set<String> plausible;

  Question(String about, String... plausible) {
    this.about = about;
    this.plausible = Set.of(plausible);
  }

  /** What is asked, as a noun phrase. */
  String about() {
    return about;
  }

  /** The answers that would not surprise us. */
  Set<String> plausible() {
    return plausible;
  }
}
