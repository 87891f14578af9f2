package io.trafficmirror.aws;

import io.trafficmirror.port.FailureKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Maps AWS's errors to kinds of failure; no other class knows AWS's error codes. The error code
 * decides, then the HTTP status, never the message. The table has the documented spellings (EC2 API
 * reference, error codes) and those that the service has been seen to return.
 *
 * <p>A call without a response is always {@link FailureKind#UNAVAILABLE}. This includes credentials
 * that cannot be loaded: the SDK has no exception type for them, and in a function they become
 * available again without intervention, so the records are retried instead of being treated as
 * denied.
 */
final class Ec2Errors {
  /** The code of a call without a response. */
  static final String NO_ANSWER = "no-answer";

  /** The code of a call that timed out. */
  static final String TIME_OUT = "time-out";

  private static final String INVALID_PARAMETER_VALUE = "InvalidParameterValue";

  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9._:-]{1,100}");

  private static final Map<String, FailureKind> KINDS = kinds();

  private Ec2Errors() {}

  /** The kind of a failed read that can simply restart at its first page. */
  static FailureKind ofRead(SdkException e) {
    FailureKind kind = kindOf(codeOf(e), statusOf(e));
    // EC2 issued the token a moment ago: a retry starts the read again from the first page.
    return kind == FailureKind.PAGE_TOKEN_REFUSED ? FailureKind.UNAVAILABLE : kind;
  }

  /** The kind of a failed read of a page whose token is from an earlier invocation. */
  static FailureKind ofPageWithToken(SdkException e) {
    String code = codeOf(e);
    // All other parameters of the call are constant or bounded, so only the token can be invalid.
    return code.equals(INVALID_PARAMETER_VALUE)
        ? FailureKind.PAGE_TOKEN_REFUSED
        : kindOf(code, statusOf(e));
  }

  /** The kind of a failed write. */
  static FailureKind ofWrite(SdkException e) {
    return kindOf(codeOf(e), statusOf(e));
  }

  /**
   * The kind of a failed launch. All variable parameters of a launch come from the policy, so an
   * invalid one is an error in the policy.
   */
  static FailureKind ofLaunch(SdkException e) {
    String code = codeOf(e);
    return code.equals(INVALID_PARAMETER_VALUE) ? FailureKind.INVALID : kindOf(code, statusOf(e));
  }

  /**
   * The kind of a failed call to S3 or Kinesis. Data must not be lost, and a missing bucket or
   * stream can be created later: every error other than throttling and denial counts as
   * unavailable.
   */
  static FailureKind ofOtherService(SdkException e) {
    return ofOtherService(codeOf(e), statusOf(e));
  }

  /** Like {@link #ofOtherService(SdkException)}, for an error inside a response. */
  static FailureKind ofOtherService(String code, int status) {
    return switch (kindOf(code, status)) {
      case THROTTLED -> FailureKind.THROTTLED;
      case DENIED -> FailureKind.DENIED;
      case UNAVAILABLE,
          OUT_OF_TIME,
          INSTANCE_NOT_SEEN,
          NOT_VISIBLE_YET,
          REFUSED,
          TOKEN_MISMATCH,
          SESSION_NOT_FOUND,
          PAGE_TOKEN_REFUSED,
          UNSUPPORTED_SOURCE,
          SOURCE_IS_A_TARGET,
          TARGET_FULL,
          INTERFACE_SESSION_LIMIT,
          ACCOUNT_SESSION_LIMIT,
          TARGET_NOT_FOUND,
          FILTER_NOT_FOUND,
          LAUNCH_BUDGET_SPENT,
          NO_CAPACITY,
          SUBNET_FULL,
          POOL_NOT_SETTLED,
          INSTANCE_ENDED,
          TARGET_IN_USE,
          LAUNCH_LIMIT,
          IMAGE_NOT_FOUND,
          SECURITY_GROUP_NOT_FOUND,
          SUBNET_NOT_FOUND,
          TYPE_NOT_OFFERED,
          NO_TARGET,
          INVALID ->
          FailureKind.UNAVAILABLE;
    };
  }

  /**
   * The kind of an error.
   *
   * @param code the service's error code; an empty string if the response had none
   * @param status the HTTP status; 0 without a response
   */
  static FailureKind kindOf(String code, int status) {
    return Optional.ofNullable(KINDS.get(code)).orElseGet(() -> ofStatus(status));
  }

  /**
   * The service's error code, or a code of our own if there is no response or its code is missing
   * or malformed. The result becomes a metric dimension, so it must not be arbitrary text.
   */
  static String codeOf(SdkException e) {
    if (e instanceof AwsServiceException service) {
      return Optional.ofNullable(service.awsErrorDetails())
          .flatMap(details -> Optional.ofNullable(details.errorCode()))
          .filter(code -> CODE.matcher(code).matches())
          .orElse("http-" + service.statusCode());
    }
    return e instanceof ApiCallTimeoutException || e instanceof ApiCallAttemptTimeoutException
        ? TIME_OUT
        : NO_ANSWER;
  }

  /** The HTTP status of the response; 0 without a response. */
  static int statusOf(SdkException e) {
    return e instanceof AwsServiceException service ? service.statusCode() : 0;
  }

  private static FailureKind ofStatus(int status) {
    return switch (status) {
      case 429 -> FailureKind.THROTTLED;
      case 401, 403 -> FailureKind.DENIED;
      case 408 -> FailureKind.UNAVAILABLE;
      // Not every code of EC2 is documented (for example that of a session number in use), so the
      // instance is observed again after an unknown error before it counts as final.
      default -> status >= 400 && status < 500 ? FailureKind.REFUSED : FailureKind.UNAVAILABLE;
    };
  }

  private static Map<String, FailureKind> kinds() {
    Map<String, FailureKind> kinds = new TreeMap<>();
    ErrorCodes.BY_KIND.forEach((kind, codes) -> codes.forEach(code -> kinds.put(code, kind)));
    return Map.copyOf(kinds);
  }

  /** The table of error codes. */
  private static final class ErrorCodes {
    static final Map<FailureKind, List<String>> BY_KIND =
        Map.ofEntries(
            // The union of the SDKs' list (SDK reference guide, retry behaviour) and EC2's own.
            Map.entry(
                FailureKind.THROTTLED,
                List.of(
                    "RequestLimitExceeded",
                    "Client.RequestLimitExceeded",
                    "Throttling",
                    "ThrottlingException",
                    "ThrottledException",
                    "RequestThrottled",
                    "RequestThrottledException",
                    "EC2ThrottledException",
                    "TooManyRequestsException",
                    "ProvisionedThroughputExceededException",
                    "TransactionInProgressException",
                    "BandwidthLimitExceeded",
                    "LimitExceededException",
                    "PriorRequestNotComplete",
                    "SlowDown",
                    "KMSThrottlingException")),
            Map.entry(
                FailureKind.UNAVAILABLE,
                List.of(
                    "InternalError",
                    "InternalFailure",
                    "ServerInternal",
                    "ServiceUnavailable",
                    "Unavailable",
                    "RequestTimeout",
                    "RequestTimeoutException",
                    "IDPCommunicationError",
                    // Expired credentials are renewed without intervention.
                    "ExpiredToken",
                    "ExpiredTokenException",
                    // The SDK corrects its clock skew from the response; the next attempt works.
                    "RequestExpired",
                    "RequestTimeTooSkewed")),
            Map.entry(
                FailureKind.DENIED,
                List.of(
                    "UnauthorizedOperation",
                    "AccessDenied",
                    "AccessDeniedException",
                    "AuthFailure",
                    "InvalidClientTokenId",
                    "InvalidAccessKeyId",
                    "InvalidToken",
                    "Blocked",
                    "OptInRequired",
                    "PendingVerification",
                    "SignatureDoesNotMatch",
                    "InvalidSignatureException",
                    "UnrecognizedClientException",
                    "MissingAuthenticationToken",
                    "MissingAuthenticationTokenException",
                    "KMSAccessDeniedException")),
            Map.entry(
                FailureKind.NOT_VISIBLE_YET,
                List.of(
                    "InvalidNetworkInterfaceID.NotFound",
                    "InvalidNetworkInterfaceId.NotFound",
                    "InvalidInstanceID.NotFound",
                    // From CreateTrafficMirrorTarget, about the target's own interface.
                    "InvalidTrafficMirrorTarget")),
            Map.entry(
                FailureKind.NO_CAPACITY,
                List.of(
                    "InsufficientInstanceCapacity",
                    "InsufficientCapacity",
                    "InsufficientHostCapacity",
                    "InsufficientReservedInstanceCapacity",
                    "InsufficientCapacityOnHost")),
            Map.entry(
                FailureKind.SUBNET_FULL,
                List.of(
                    "InsufficientFreeAddressesInSubnet",
                    "InsufficientAddressCapacity",
                    "NetworkInterfaceLimitExceeded")),
            Map.entry(FailureKind.INSTANCE_ENDED, List.of("IdempotentInstanceTerminated")),
            Map.entry(
                FailureKind.TARGET_IN_USE,
                List.of("TrafficMirrorTargetInUseException", "TrafficMirrorTargetInUse")),
            Map.entry(
                FailureKind.LAUNCH_LIMIT,
                List.of(
                    "InstanceLimitExceeded",
                    "VcpuLimitExceeded",
                    "VolumeLimitExceeded",
                    "MaxIOPSLimitExceeded")),
            Map.entry(
                FailureKind.IMAGE_NOT_FOUND,
                List.of(
                    "InvalidAMIID.NotFound",
                    "InvalidAMIID.Malformed",
                    "InvalidAMIID.Unavailable",
                    "InvalidAMIId.NotFound",
                    "InvalidAMIId.Malformed")),
            Map.entry(
                FailureKind.SECURITY_GROUP_NOT_FOUND,
                List.of(
                    "InvalidGroup.NotFound",
                    "InvalidGroupId.Malformed",
                    "InvalidSecurityGroupID.NotFound",
                    "InvalidSecurityGroupId.NotFound",
                    "InvalidSecurityGroupId.Malformed")),
            Map.entry(
                FailureKind.SUBNET_NOT_FOUND,
                List.of(
                    "InvalidSubnetID.NotFound",
                    "InvalidSubnetID.Malformed",
                    "InvalidSubnetId.NotFound",
                    "InvalidSubnetId.Malformed")),
            Map.entry(
                FailureKind.TYPE_NOT_OFFERED,
                List.of("Unsupported", "UnsupportedOperation", "InvalidInstanceType")),
            Map.entry(FailureKind.NO_TARGET, List.of("TrafficMirrorTargetLimitExceeded")),
            Map.entry(FailureKind.TOKEN_MISMATCH, List.of("IdempotentParameterMismatch")),
            Map.entry(
                FailureKind.SESSION_NOT_FOUND,
                List.of(
                    "InvalidTrafficMirrorSessionNotFound",
                    "InvalidTrafficMirrorSessionId.NotFound",
                    "InvalidTrafficMirrorSessionID.NotFound")),
            Map.entry(
                FailureKind.PAGE_TOKEN_REFUSED,
                List.of("InvalidNextToken", "InvalidPaginationToken")),
            Map.entry(FailureKind.UNSUPPORTED_SOURCE, List.of("NetworkInterfaceNotSupported")),
            Map.entry(
                FailureKind.SOURCE_IS_A_TARGET, List.of("InterfaceInUseByTrafficMirrorTarget")),
            Map.entry(
                FailureKind.TARGET_FULL,
                List.of(
                    "TrafficMirrorSourcesPerTargetLimitExceeded",
                    "TrafficMirrorSessionsPerTargetLimitExceeded")),
            // Terminal even if reads show fewer than three sessions: EC2 counts the actual ones.
            Map.entry(
                FailureKind.INTERFACE_SESSION_LIMIT,
                List.of("TrafficMirrorSessionsPerInterfaceLimitExceeded")),
            Map.entry(
                FailureKind.ACCOUNT_SESSION_LIMIT, List.of("TrafficMirrorSessionLimitExceeded")),
            // "NoFound" is how EC2's own documentation spells it.
            Map.entry(
                FailureKind.TARGET_NOT_FOUND,
                List.of(
                    "InvalidTrafficMirrorTargetNoFound",
                    "InvalidTrafficMirrorTargetNotFound",
                    "InvalidTrafficMirrorTargetId.NotFound",
                    "InvalidTrafficMirrorTargetID.NotFound",
                    "InvalidTrafficMirrorTargetId.Malformed")),
            Map.entry(
                FailureKind.FILTER_NOT_FOUND,
                List.of(
                    "InvalidTrafficMirrorFilterNotFound",
                    "InvalidTrafficMirrorFilterId.NotFound",
                    "InvalidTrafficMirrorFilterID.NotFound",
                    "InvalidTrafficMirrorFilterId.Malformed")),
            Map.entry(
                FailureKind.INVALID,
                List.of(
                    "MissingParameter",
                    "MissingAction",
                    "UnknownParameter",
                    "UnsupportedProtocol",
                    "InvalidAction",
                    "InvalidQueryParameter",
                    "InvalidParameterCombination",
                    "MalformedQueryString",
                    "NoSuchVersion",
                    "ValidationError",
                    "ValidationException",
                    "IncompleteSignature",
                    "InvalidMaxResults",
                    "InvalidFilter",
                    "FilterLimitExceeded",
                    "TagLimitExceeded",
                    "TagPolicyViolation",
                    "InvalidTagKey.Malformed")));
  }
}
