package io.trafficmirror.contract;

import java.util.Set;

/**
 * Behaviour that AWS does not document, with the expected answers. An answer is an error code or a
 * short description of the behaviour.
 */
enum Question {
  DUPLICATE_SESSION_NUMBER(
      "a session number that another session of the interface has", "InvalidParameterValue"),
  DUPLICATE_NUMBER_ON_FULL_INTERFACE(
      "a duplicate session number on an interface with three sessions",
      "InvalidParameterValue",
      "TrafficMirrorSessionsPerInterfaceLimitExceeded"),
  SESSION_NUMBER_OUT_OF_RANGE("a session number of 0 or 32767", "InvalidParameterValue"),
  REPLAY_AFTER_DELETE(
      "a create repeated with its client token after its session was deleted",
      Behaviour.NEW_SESSION,
      Behaviour.DELETED_SESSION),
  REPLAY_AFTER_REFUSAL(
      "a create repeated with its client token after a limit error whose cause is gone",
      Behaviour.ACCEPTED),
  TAG_FILTERS(
      "a tag filter on mirror sessions, targets or filters",
      Behaviour.FILTERED,
      "InvalidParameterValue",
      "InvalidFilter"),
  STOPPED_SOURCE(
      "a session on the interface of a stopped instance",
      Behaviour.ACCEPTED,
      "NetworkInterfaceNotSupported"),
  SESSION_NOT_FOUND(
      "a mirror session that does not exist",
      "InvalidTrafficMirrorSessionId.NotFound",
      "InvalidTrafficMirrorSessionNotFound"),
  TARGET_NOT_FOUND(
      "a mirror target that does not exist",
      "InvalidTrafficMirrorTargetId.NotFound",
      // AWS's error page spells it without the "t" of "Not".
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
  LONG_PACKETS_TO_LOAD_BALANCER(
      "a packet length above 8500 for a load balancer", "InvalidParameterValue"),
  NETWORK_ID_OUT_OF_RANGE(
      "a virtual network id that does not fit 24 bits",
      "InvalidParameterValue",
      Behaviour.ACCEPTED),
  UNKNOWN_PAGE_TOKEN(
      "a page token that AWS did not return",
      "InvalidNextToken",
      "InvalidPaginationToken",
      "InvalidParameterValue"),
  INSTANCE_PAGE_SIZE_ABOVE_1000(
      "DescribeInstances with a MaxResults above 1000",
      "InvalidParameterValue",
      Behaviour.ACCEPTED),
  MIRROR_PAGE_SIZE_OUT_OF_RANGE(
      "a MaxResults of 4 or 1001 on a mirror resource",
      "InvalidParameterValue",
      "InvalidMaxResults"),
  TWO_HUNDRED_FILTER_VALUES("200 values in the filters of one request", Behaviour.ACCEPTED),
  MORE_THAN_200_FILTER_VALUES(
      "more than 200 values in the filters of one request",
      "FilterLimitExceeded",
      "InvalidParameterValue",
      Behaviour.ACCEPTED),
  LONG_CLIENT_TOKEN("a client token of more than 64 characters", "InvalidParameterValue"),
  TWO_SESSIONS_OF_ONE_SOURCE(
      "two sessions of one source on one target, counted against the target's limit",
      Behaviour.COUNTED_ONCE,
      "TrafficMirrorSourcesPerTargetLimitExceeded"),
  TARGET_REPLAY_AFTER_DELETE(
      "a create repeated with its client token after its target was deleted",
      Behaviour.NEW_TARGET,
      Behaviour.DELETED_TARGET),
  DUPLICATE_NUMBER_TO_FULL_TARGET(
      "a duplicate session number for a session to a full target",
      "InvalidParameterValue",
      "TrafficMirrorSourcesPerTargetLimitExceeded");

  /** Answers that are not error codes. */
  static final class Behaviour {
    static final String ACCEPTED = "accepted";
    static final String FILTERED = "filtered";
    static final String NEW_SESSION = "a new session";
    static final String DELETED_SESSION = "the deleted session";
    static final String NEW_TARGET = "a new target";
    static final String DELETED_TARGET = "the deleted target";
    static final String COUNTED_ONCE = "counted once";

    private Behaviour() {}
  }

  private final String description;

  // Set.of makes it immutable; the checker sees only the type.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Set<String> expectedAnswers;

  Question(String description, String... expectedAnswers) {
    this.description = description;
    this.expectedAnswers = Set.of(expectedAnswers);
  }

  /** The question as a noun phrase. */
  String description() {
    return description;
  }

  /** The expected answers. */
  Set<String> expectedAnswers() {
    return expectedAnswers;
  }
}
