package io.trafficmirror.contract;

import static io.trafficmirror.contract.Claim.Status.DOCUMENTED;
import static io.trafficmirror.contract.Claim.Status.OBSERVED;
import static io.trafficmirror.contract.Claim.Status.UNVERIFIED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Claims about EC2's error codes, statuses and messages. */
interface ErrorClaims extends Claims {

  @Test
  @Claim(status = OBSERVED, source = Sources.TERRAFORM_ERRORS)
  default void rejectsAnUnknownSession() {
    String unknown = Claims.unknown("tms-");

    notFound(
        Question.SESSION_NOT_FOUND,
        () -> ec2().describeTrafficMirrorSessions(read -> read.trafficMirrorSessionIds(unknown)));
    notFound(
        Question.SESSION_NOT_FOUND,
        () ->
            ec2()
                .modifyTrafficMirrorSession(
                    modify -> modify.trafficMirrorSessionId(unknown).sessionNumber(1)));
    notFound(
        Question.SESSION_NOT_FOUND,
        () -> ec2().deleteTrafficMirrorSession(delete -> delete.trafficMirrorSessionId(unknown)));
  }

  @Test
  @Claim(status = OBSERVED, source = Sources.TERRAFORM_ERRORS)
  default void rejectsAnUnknownTarget() {
    String unknown = Claims.unknown("tmt-");

    notFound(
        Question.TARGET_NOT_FOUND,
        () -> ec2().describeTrafficMirrorTargets(read -> read.trafficMirrorTargetIds(unknown)));
    notFound(
        Question.TARGET_NOT_FOUND,
        () -> ec2().deleteTrafficMirrorTarget(delete -> delete.trafficMirrorTargetId(unknown)));
    notFound(
        Question.TARGET_NOT_FOUND,
        () -> fixture().session(shared().source(0), 1, to -> to.trafficMirrorTargetId(unknown)));
  }

  @Test
  @Claim(status = OBSERVED, source = Sources.TERRAFORM_ERRORS)
  default void rejectsAnUnknownMirrorFilter() {
    String unknown = Claims.unknown("tmf-");

    notFound(
        Question.FILTER_NOT_FOUND,
        () -> ec2().describeTrafficMirrorFilters(read -> read.trafficMirrorFilterIds(unknown)));
    notFound(
        Question.FILTER_NOT_FOUND,
        () -> ec2().deleteTrafficMirrorFilter(delete -> delete.trafficMirrorFilterId(unknown)));
    notFound(
        Question.FILTER_NOT_FOUND,
        () -> fixture().session(shared().source(0), 1, to -> to.trafficMirrorFilterId(unknown)));
  }

  @Test
  @Claim(status = UNVERIFIED, source = Sources.ERRORS)
  default void sessionOnAnUnknownInterface() {
    report(
        Question.INTERFACE_NOT_FOUND, answer(() -> fixture().session(Claims.unknown("eni-"), 1)));
  }

  @Test
  @Claim(status = UNVERIFIED, source = Sources.UNDOCUMENTED)
  default void mirrorIdWithTheWrongPrefix() {
    report(
        Question.MALFORMED_MIRROR_ID,
        answer(
            () ->
                ec2()
                    .describeTrafficMirrorSessions(
                        read -> read.trafficMirrorSessionIds("session-1"))));
    report(
        Question.MALFORMED_MIRROR_ID,
        answer(
            () ->
                fixture()
                    .session(
                        shared().source(0),
                        1,
                        to -> to.trafficMirrorTargetId(Claims.unknown("tmf-")))));
    report(
        Question.MALFORMED_MIRROR_ID,
        answer(
            () ->
                fixture()
                    .session(
                        shared().source(0),
                        1,
                        to -> to.trafficMirrorFilterId(Claims.unknown("tmt-")))));
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.ERRORS)
  default void rejectsAMalformedInstanceId() {
    for (String id : List.of("instance-1", "i-not-hexadecimal")) {
      Ec2Error error = Ec2Error.of(() -> ec2().describeInstances(read -> read.instanceIds(id)));

      assertThat(error.code()).as(id).isEqualTo("InvalidInstanceID.Malformed");
      assertThat(error.status()).isEqualTo(400);
    }
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.ERRORS)
  default void rejectsASessionWithoutANumber() {
    Ec2Error error =
        Ec2Error.of(
            () -> fixture().session(shared().source(0), 1, request -> request.sessionNumber(null)));

    assertThat(error.code()).isEqualTo("MissingParameter");
    assertThat(error.status()).isEqualTo(400);
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.ERRORS)
  default void dryRunReturnsDryRunOperationAndChangesNothing() {
    Ec2Error error =
        Ec2Error.of(
            () -> fixture().session(shared().source(0), 1, request -> request.dryRun(true)));

    assertThat(error.code()).isEqualTo("DryRunOperation");
    assertThat(error.message()).isNotBlank();
    assertThat(fixture().sessionsOn(shared().source(0))).isEmpty();
    assertThat(Ec2Error.of(() -> ec2().describeInstances(read -> read.dryRun(true))).code())
        .isEqualTo("DryRunOperation");
  }

  @Test
  @Claim(status = OBSERVED, source = "AWS CLI users' reports of --dry-run: HTTP 412")
  default void successfulDryRunReturnsStatus412() {
    assertThat(
            Ec2Error.of(
                    () -> fixture().session(shared().source(0), 1, request -> request.dryRun(true)))
                .status())
        .isEqualTo(412);
  }

  @Test
  @EmbeddedOnly("it would need an identity without permissions")
  @Claim(status = DOCUMENTED, source = Sources.ERRORS)
  default void rejectsAnUnauthorizedCallWithStatus403() {
    String source = shared().source(0);
    shared().target();
    shared().filter();
    fixture().world().denyAllCalls();

    Ec2Error write = Ec2Error.of(() -> fixture().session(source, 1));
    Ec2Error read = Ec2Error.of(() -> ec2().describeInstances());

    assertThat(write.code()).isEqualTo("UnauthorizedOperation");
    assertThat(write.status()).isEqualTo(403);
    assertThat(read.code()).isEqualTo("UnauthorizedOperation");
    assertThat(read.status()).isEqualTo(403);
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.QUERY)
  default void everyResponseHasItsOwnRequestId() {
    String one = ec2().describeInstances().responseMetadata().requestId();
    String other = ec2().describeInstances().responseMetadata().requestId();
    Ec2Error error =
        Ec2Error.of(() -> ec2().describeInstances(read -> read.instanceIds(Claims.unknown("i-"))));

    assertThat(one).isNotBlank().isNotEqualTo("UNKNOWN").isNotEqualTo(other);
    assertThat(error.requestId()).isNotBlank().isNotIn(one, other);
    assertThat(error.message()).isNotBlank();
  }

  private void notFound(Question question, Runnable call) {
    Ec2Error error = Ec2Error.of(call::run);
    assertThat(error.status()).isEqualTo(400);
    assertThat(error.code()).isIn(question.expectedAnswers());
    report(question, error.code());
  }

  private static String answer(Runnable call) {
    return Ec2Error.answer(
        () -> {
          call.run();
          return Question.Behaviour.ACCEPTED;
        });
  }
}
