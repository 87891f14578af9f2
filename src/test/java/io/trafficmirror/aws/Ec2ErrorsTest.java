package io.trafficmirror.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.port.FailureKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;

final class Ec2ErrorsTest {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          RequestLimitExceeded,                           503, THROTTLED
          Client.RequestLimitExceeded,                    503, THROTTLED
          Throttling,                                     400, THROTTLED
          ThrottlingException,                            400, THROTTLED
          ThrottledException,                             400, THROTTLED
          RequestThrottled,                               400, THROTTLED
          RequestThrottledException,                      400, THROTTLED
          EC2ThrottledException,                          400, THROTTLED
          TooManyRequestsException,                       429, THROTTLED
          ProvisionedThroughputExceededException,         400, THROTTLED
          TransactionInProgressException,                 400, THROTTLED
          BandwidthLimitExceeded,                         400, THROTTLED
          LimitExceededException,                         400, THROTTLED
          PriorRequestNotComplete,                        400, THROTTLED
          SlowDown,                                       503, THROTTLED
          KMSThrottlingException,                         400, THROTTLED
          AnythingNew,                                    429, THROTTLED

          InsufficientInstanceCapacity,                   500, NO_CAPACITY
          InsufficientCapacity,                           500, NO_CAPACITY
          InsufficientHostCapacity,                       400, NO_CAPACITY
          InsufficientCapacityOnHost,                     400, NO_CAPACITY
          InsufficientReservedInstanceCapacity,           400, NO_CAPACITY
          InsufficientFreeAddressesInSubnet,              400, SUBNET_FULL
          InsufficientAddressCapacity,                    500, SUBNET_FULL
          NetworkInterfaceLimitExceeded,                  400, SUBNET_FULL
          IdempotentInstanceTerminated,                   400, INSTANCE_ENDED
          TrafficMirrorTargetInUseException,              400, TARGET_IN_USE
          TrafficMirrorTargetInUse,                       400, TARGET_IN_USE
          TrafficMirrorTargetLimitExceeded,               400, NO_TARGET
          InstanceLimitExceeded,                          400, LAUNCH_LIMIT
          VcpuLimitExceeded,                              400, LAUNCH_LIMIT
          VolumeLimitExceeded,                            400, LAUNCH_LIMIT
          MaxIOPSLimitExceeded,                           400, LAUNCH_LIMIT
          InvalidAMIID.NotFound,                          400, IMAGE_NOT_FOUND
          InvalidAMIID.Malformed,                         400, IMAGE_NOT_FOUND
          InvalidAMIID.Unavailable,                       400, IMAGE_NOT_FOUND
          InvalidAMIId.NotFound,                          400, IMAGE_NOT_FOUND
          InvalidAMIId.Malformed,                         400, IMAGE_NOT_FOUND
          InvalidGroup.NotFound,                          400, SECURITY_GROUP_NOT_FOUND
          InvalidGroupId.Malformed,                       400, SECURITY_GROUP_NOT_FOUND
          InvalidSecurityGroupID.NotFound,                400, SECURITY_GROUP_NOT_FOUND
          InvalidSecurityGroupId.NotFound,                400, SECURITY_GROUP_NOT_FOUND
          InvalidSecurityGroupId.Malformed,               400, SECURITY_GROUP_NOT_FOUND
          InvalidSubnetID.NotFound,                       400, SUBNET_NOT_FOUND
          InvalidSubnetID.Malformed,                      400, SUBNET_NOT_FOUND
          InvalidSubnetId.NotFound,                       400, SUBNET_NOT_FOUND
          InvalidSubnetId.Malformed,                      400, SUBNET_NOT_FOUND
          Unsupported,                                    400, TYPE_NOT_OFFERED
          UnsupportedOperation,                           400, TYPE_NOT_OFFERED
          InvalidInstanceType,                            400, TYPE_NOT_OFFERED
          InvalidTrafficMirrorTarget,                     400, NOT_VISIBLE_YET

          InternalError,                                  500, UNAVAILABLE
          InternalError,                                  400, UNAVAILABLE
          InternalFailure,                                400, UNAVAILABLE
          ServerInternal,                                 400, UNAVAILABLE
          ServiceUnavailable,                             400, UNAVAILABLE
          Unavailable,                                    400, UNAVAILABLE
          RequestTimeout,                                 400, UNAVAILABLE
          RequestTimeoutException,                        400, UNAVAILABLE
          IDPCommunicationError,                          400, UNAVAILABLE
          RequestExpired,                                 400, UNAVAILABLE
          RequestTimeTooSkewed,                           403, UNAVAILABLE
          AnythingNew,                                    408, UNAVAILABLE
          AnythingNew,                                    500, UNAVAILABLE
          AnythingNew,                                    502, UNAVAILABLE
          AnythingNew,                                    599, UNAVAILABLE
          AnythingNew,                                    399, UNAVAILABLE
          AnythingNew,                                    0,   UNAVAILABLE

          UnauthorizedOperation,                          403, DENIED
          UnauthorizedOperation,                          400, DENIED
          AccessDenied,                                   400, DENIED
          AccessDeniedException,                          400, DENIED
          AuthFailure,                                    400, DENIED
          InvalidClientTokenId,                           400, DENIED
          InvalidAccessKeyId,                             400, DENIED
          ExpiredToken,                                   400, UNAVAILABLE
          ExpiredTokenException,                          400, UNAVAILABLE
          InvalidToken,                                   400, DENIED
          Blocked,                                        400, DENIED
          OptInRequired,                                  400, DENIED
          PendingVerification,                            400, DENIED
          SignatureDoesNotMatch,                          400, DENIED
          InvalidSignatureException,                      400, DENIED
          UnrecognizedClientException,                    400, DENIED
          MissingAuthenticationToken,                     400, DENIED
          MissingAuthenticationTokenException,            400, DENIED
          KMSAccessDeniedException,                       400, DENIED
          AnythingNew,                                    401, DENIED
          AnythingNew,                                    403, DENIED

          InvalidNetworkInterfaceID.NotFound,             400, NOT_VISIBLE_YET
          InvalidNetworkInterfaceId.NotFound,             400, NOT_VISIBLE_YET
          InvalidInstanceID.NotFound,                     400, NOT_VISIBLE_YET
          IdempotentParameterMismatch,                    400, TOKEN_MISMATCH
          InvalidTrafficMirrorSessionNotFound,            400, SESSION_NOT_FOUND
          InvalidTrafficMirrorSessionId.NotFound,         400, SESSION_NOT_FOUND
          InvalidTrafficMirrorSessionID.NotFound,         400, SESSION_NOT_FOUND
          InvalidNextToken,                               400, PAGE_TOKEN_REFUSED
          InvalidPaginationToken,                         400, PAGE_TOKEN_REFUSED
          NetworkInterfaceNotSupported,                   400, UNSUPPORTED_SOURCE
          InterfaceInUseByTrafficMirrorTarget,            400, SOURCE_IS_A_TARGET
          TrafficMirrorSourcesPerTargetLimitExceeded,     400, TARGET_FULL
          TrafficMirrorSessionsPerTargetLimitExceeded,    400, TARGET_FULL
          TrafficMirrorSessionsPerInterfaceLimitExceeded, 400, INTERFACE_SESSION_LIMIT
          TrafficMirrorSessionLimitExceeded,              400, ACCOUNT_SESSION_LIMIT
          InvalidTrafficMirrorTargetNoFound,              400, TARGET_NOT_FOUND
          InvalidTrafficMirrorTargetNotFound,             400, TARGET_NOT_FOUND
          InvalidTrafficMirrorTargetId.NotFound,          400, TARGET_NOT_FOUND
          InvalidTrafficMirrorTargetID.NotFound,          400, TARGET_NOT_FOUND
          InvalidTrafficMirrorTargetId.Malformed,         400, TARGET_NOT_FOUND
          InvalidTrafficMirrorFilterNotFound,             400, FILTER_NOT_FOUND
          InvalidTrafficMirrorFilterId.NotFound,          400, FILTER_NOT_FOUND
          InvalidTrafficMirrorFilterID.NotFound,          400, FILTER_NOT_FOUND
          InvalidTrafficMirrorFilterId.Malformed,         400, FILTER_NOT_FOUND

          MissingParameter,                               400, INVALID
          MissingAction,                                  400, INVALID
          UnknownParameter,                               400, INVALID
          UnsupportedProtocol,                            400, INVALID
          InvalidAction,                                  400, INVALID
          InvalidQueryParameter,                          400, INVALID
          InvalidParameterCombination,                    400, INVALID
          MalformedQueryString,                           404, INVALID
          NoSuchVersion,                                  400, INVALID
          ValidationError,                                400, INVALID
          ValidationException,                            400, INVALID
          IncompleteSignature,                            400, INVALID
          InvalidMaxResults,                              400, INVALID
          InvalidFilter,                                  400, INVALID
          FilterLimitExceeded,                            400, INVALID
          TagLimitExceeded,                               400, INVALID
          TagPolicyViolation,                             400, INVALID
          InvalidTagKey.Malformed,                        400, INVALID

          InterfaceInUseByTrafficMirrorSession,           400, REFUSED
          InvalidParameterValue,                          400, REFUSED
          ConcurrentTagAccess,                            400, REFUSED
          requestlimitexceeded,                           400, REFUSED
          TrafficMirrorSessionNumberInUse,                400, REFUSED
          AnythingNew,                                    400, REFUSED
          AnythingNew,                                    499, REFUSED
          """)
  void mapsAWriteErrorByCodeThenByStatus(String code, int status, FailureKind kind) {
    assertThat(Ec2Errors.kindOf(code, status)).isEqualTo(kind);
    assertThat(Ec2Errors.ofWrite(service(code, status))).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({
    "InvalidNextToken, 400, UNAVAILABLE, PAGE_TOKEN_REFUSED",
    "InvalidPaginationToken, 400, UNAVAILABLE, PAGE_TOKEN_REFUSED",
    "InvalidParameterValue, 400, REFUSED, PAGE_TOKEN_REFUSED",
    "RequestLimitExceeded, 503, THROTTLED, THROTTLED",
    "UnauthorizedOperation, 403, DENIED, DENIED",
    "InvalidFilter, 400, INVALID, INVALID",
    "AnythingNew, 400, REFUSED, REFUSED",
    "AnythingNew, 500, UNAVAILABLE, UNAVAILABLE"
  })
  void refusesOnlyATokenFromAnEarlierInvocation(
      String code, int status, FailureKind read, FailureKind pageWithToken) {
    assertThat(Ec2Errors.ofRead(service(code, status))).isEqualTo(read);
    assertThat(Ec2Errors.ofPageWithToken(service(code, status))).isEqualTo(pageWithToken);
  }

  @ParameterizedTest
  @CsvSource({
    "SlowDown, 503, THROTTLED",
    "ProvisionedThroughputExceededException, 400, THROTTLED",
    "AccessDenied, 403, DENIED",
    "NoSuchBucket, 404, UNAVAILABLE",
    "ResourceNotFoundException, 400, UNAVAILABLE",
    "ValidationException, 400, UNAVAILABLE",
    "InternalFailure, 0, UNAVAILABLE"
  })
  void neverTreatsAnErrorOfS3OrKinesisAsFinal(String code, int status, FailureKind kind) {
    assertThat(Ec2Errors.ofOtherService(code, status)).isEqualTo(kind);
    assertThat(Ec2Errors.ofOtherService(service(code, status))).isEqualTo(kind);
  }

  @Test
  void mapsACallWithoutAResponseToUnavailable() {
    for (SdkException e :
        new SdkException[] {
          SdkClientException.create("Unable to execute HTTP request: connection reset"),
          SdkClientException.create("Unable to load credentials from any of the providers"),
          AbortedException.create("interrupted"),
          ApiCallTimeoutException.create(100),
          ApiCallAttemptTimeoutException.create(100)
        }) {
      assertThat(Ec2Errors.ofRead(e)).isEqualTo(FailureKind.UNAVAILABLE);
      assertThat(Ec2Errors.ofPageWithToken(e)).isEqualTo(FailureKind.UNAVAILABLE);
      assertThat(Ec2Errors.ofWrite(e)).isEqualTo(FailureKind.UNAVAILABLE);
      assertThat(Ec2Errors.ofOtherService(e)).isEqualTo(FailureKind.UNAVAILABLE);
      assertThat(Ec2Errors.statusOf(e)).isZero();
    }
  }

  @Test
  void returnsAnOwnCodeForACallWithoutAResponse() {
    assertThat(Ec2Errors.codeOf(SdkClientException.create("reset"))).isEqualTo("no-answer");
    assertThat(Ec2Errors.codeOf(AbortedException.create("interrupted"))).isEqualTo("no-answer");
    assertThat(Ec2Errors.codeOf(ApiCallTimeoutException.create(1))).isEqualTo("time-out");
    assertThat(Ec2Errors.codeOf(ApiCallAttemptTimeoutException.create(1))).isEqualTo("time-out");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 503})
  void returnsTheStatusForAResponseWithoutACode(int status) {
    AwsServiceException bare = Ec2Exception.builder().statusCode(status).build();
    assertThat(Ec2Errors.codeOf(bare)).isEqualTo("http-" + status);
    assertThat(Ec2Errors.statusOf(bare)).isEqualTo(status);
    assertThat(Ec2Errors.codeOf(service("", status))).isEqualTo("http-" + status);
    AwsServiceException withoutCode =
        Ec2Exception.builder()
            .statusCode(status)
            .awsErrorDetails(AwsErrorDetails.builder().errorMessage("no code").build())
            .build();
    assertThat(Ec2Errors.codeOf(withoutCode)).isEqualTo("http-" + status);
  }

  private static AwsServiceException service(String code, int status) {
    return Ec2Exception.builder()
        .statusCode(status)
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
        .build();
  }

  @Test
  void dashboardCountsOnlyThrottlingCodesAsThrottled() throws IOException {
    String dashboard =
        Files.readString(Path.of("terraform", "modules", "observability", "dashboard.tf"));
    Matcher list = Pattern.compile("(?s)throttle_codes = \\[(.*?)\\]").matcher(dashboard);
    assertThat(list.find()).isTrue();
    List<String> codes =
        Pattern.compile("\"([^\"]+)\"")
            .matcher(list.group(1))
            .results()
            .map(code -> code.group(1))
            .toList();
    assertThat(codes).isNotEmpty();
    assertThat(codes)
        .allMatch(code -> Ec2Errors.ofOtherService(code, 400) == FailureKind.THROTTLED);
  }
}
