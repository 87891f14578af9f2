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
 * What a failed call means: the one place that knows AWS's error codes. Decided by code, then by
 * HTTP status, never by message. Both the documented spellings (EC2 API reference, error codes) and
 * those that were seen of the service are here.
 *
 * <p>A call without an answer is always {@link FailureKind#UNAVAILABLE}, credentials that cannot be
 * loaded included: the SDK has no type of its own for them, and in a function they come back by
 * themselves, so the records have to go back rather than be given up like something denied.
 */
final class Ec2Errors {
  /** The code where no answer came. */
  static final String NO_ANSWER = "no-answer";

  /** The code where no answer came in time. */
  static final String TIME_OUT = "time-out";

  private static final String INVALID_PARAMETER_VALUE = "InvalidParameterValue";

  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9._:-]{1,100}");

  private static final Map<String, FailureKind> KINDS = kinds();

  private Ec2Errors() {}

  /** What a failed read means that can simply be made again from its first page. */
  static FailureKind ofRead(SdkException e) {
    FailureKind kind = kindOf(codeOf(e), statusOf(e));
    // The token was EC2's own a moment ago: the read starts again, there is nothing to give up.
    return kind == FailureKind.PAGE_TOKEN_REFUSED ? FailureKind.UNAVAILABLE : kind;
  }

  /** What a failed read of a page means whose token is from an earlier invocation. */
  static FailureKind ofPageWithToken(SdkException e) {
    String code = codeOf(e);
    // All other parameters of that call are constant or bounded, so it can only be the token.
    return code.equals(INVALID_PARAMETER_VALUE)
        ? FailureKind.PAGE_TOKEN_REFUSED
        : kindOf(code, statusOf(e));
  }

  /** What a failed write means. */
  static FailureKind ofWrite(SdkException e) {
    return kindOf(codeOf(e), statusOf(e));
  }

  /** What a failed launch means: all that is asked for there is written in the policy. */
  static FailureKind ofLaunch(SdkException e) {
    String code = codeOf(e);
    return code.equals(INVALID_PARAMETER_VALUE) ? FailureKind.INVALID : kindOf(code, statusOf(e));
  }

  /**
   * What a failed call to S3 or Kinesis means. What is put there must not be lost, and a bucket or
   * stream that is missing can be made: whatever is neither throttled nor denied is unavailable.
   */
  static FailureKind ofOtherService(SdkException e) {
    return ofOtherService(codeOf(e), statusOf(e));
  }

  /** As {@link #ofOtherService(SdkException)}, for an error inside an answer. */
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
   * What an error means.
   *
   * @param code the service's error code; empty text where the answer had none
   * @param status the HTTP status; 0 where no answer came
   */
  static FailureKind kindOf(String code, int status) {
    return Optional.ofNullable(KINDS.get(code)).orElseGet(() -> ofStatus(status));
  }

  /**
   * The service's error code; a word of ours where no answer came, or where the answer has none
   * that looks like one. It becomes the dimension of a metric, so it must not be just any text.
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

  /** The HTTP status of the answer, 0 where none came. */
  static int statusOf(SdkException e) {
    return e instanceof AwsServiceException service ? service.statusCode() : 0;
  }

  private static FailureKind ofStatus(int status) {
    return switch (status) {
      case 429 -> FailureKind.THROTTLED;
      case 401, 403 -> FailureKind.DENIED;
      case 408 -> FailureKind.UNAVAILABLE;
      // Nobody knows every code of EC2 (that of a taken session number is not documented), so what
      // is refused for a reason that is not known is looked at again before it is judged.
      default -> status >= 400 && status < 500 ? FailureKind.REFUSED : FailureKind.UNAVAILABLE;
    };
  }

  private static Map<String, FailureKind> kinds() {
    Map<String, FailureKind> kinds = new TreeMap<>();
    ErrorCodes.BY_KIND.forEach((kind, codes) -> codes.forEach(code -> kinds.put(code, kind)));
    return Map.copyOf(kinds);
  }

  /** The codes themselves. */
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
                    // Credentials that ran out come back by themselves.
                    "ExpiredToken",
                    "ExpiredTokenException",
                    // The SDK corrects its clock by what the answer says; the next attempt works.
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
                    // Of a target's own interface: CreateTrafficMirrorTarget.
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
            // Terminal even where lagging reads do not show the three: EC2 counts what is there.
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
