package io.trafficmirror.contract;

import static io.trafficmirror.contract.Claim.Status.DOCUMENTED;
import static io.trafficmirror.contract.Claim.Status.OBSERVED;
import static io.trafficmirror.contract.Claim.Status.UNVERIFIED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** How EC2 says no. */
interface ErrorClaims extends Claims {

  @Test
  @Claim(status = OBSERVED, source = Sources.TERRAFORM_ERRORS)
  default void aSessionThatDoesNotExistIsNotFound() {
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
        () -> ec2().deleteTrafficMirrorSession(gone -> gone.trafficMirrorSessionId(unknown)));
  }

  @Test
  @Claim(status = OBSERVED, source = Sources.TERRAFORM_ERRORS)
  default void aTargetThatDoesNotExistIsNotFound() {
    String unknown = Claims.unknown("tmt-");

    notFound(
        Question.TARGET_NOT_FOUND,
        () -> ec2().describeTrafficMirrorTargets(read -> read.trafficMirrorTargetIds(unknown)));
    notFound(
        Question.TARGET_NOT_FOUND,
        () -> ec2().deleteTrafficMirrorTarget(gone -> gone.trafficMirrorTargetId(unknown)));
    notFound(
        Question.TARGET_NOT_FOUND,
        () -> stage().session(pool().source(0), 1, to -> to.trafficMirrorTargetId(unknown)));
  }

  @Test
  @Claim(status = OBSERVED, source = Sources.TERRAFORM_ERRORS)
  default void aFilterThatDoesNotExistIsNotFound() {
    String unknown = Claims.unknown("tmf-");

    notFound(
        Question.FILTER_NOT_FOUND,
        () -> ec2().describeTrafficMirrorFilters(read -> read.trafficMirrorFilterIds(unknown)));
    notFound(
        Question.FILTER_NOT_FOUND,
        () -> ec2().deleteTrafficMirrorFilter(gone -> gone.trafficMirrorFilterId(unknown)));
    notFound(
        Question.FILTER_NOT_FOUND,
        () -> stage().session(pool().source(0), 1, to -> to.trafficMirrorFilterId(unknown)));
  }

  @Test
  @Claim(status = UNVERIFIED, source = Sources.ERRORS)
  default void aSessionOnAnInterfaceThatDoesNotExist() {
    judge(Question.INTERFACE_NOT_FOUND, answer(() -> stage().session(Claims.unknown("eni-"), 1)));
  }

  @Test
  @Claim(status = UNVERIFIED, source = Sources.NOWHERE)
  default void aMirrorIdWithAWrongPrefix() {
    judge(
        Question.MALFORMED_MIRROR_ID,
        answer(
            () ->
                ec2()
                    .describeTrafficMirrorSessions(
                        read -> read.trafficMirrorSessionIds("session-1"))));
    judge(
        Question.MALFORMED_MIRROR_ID,
        answer(
            () ->
                stage()
                    .session(
                        pool().source(0),
                        1,
                        to -> to.trafficMirrorTargetId(Claims.unknown("tmf-")))));
    judge(
        Question.MALFORMED_MIRROR_ID,
        answer(
            () ->
                stage()
                    .session(
                        pool().source(0),
                        1,
                        to -> to.trafficMirrorFilterId(Claims.unknown("tmt-")))));
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.ERRORS)
  default void anInstanceIdWithAWrongPrefixOrAlphabetIsMalformed() {
    for (String id : List.of("instance-1", "i-not-hexadecimal")) {
      Refusal refusal = Refusal.of(() -> ec2().describeInstances(read -> read.instanceIds(id)));

      assertThat(refusal.code()).as(id).isEqualTo("InvalidInstanceID.Malformed");
      assertThat(refusal.status()).isEqualTo(400);
    }
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.ERRORS)
  default void aSessionWithoutANumberMissesAParameter() {
    Refusal refusal =
        Refusal.of(
            () -> stage().session(pool().source(0), 1, request -> request.sessionNumber(null)));

    assertThat(refusal.code()).isEqualTo("MissingParameter");
    assertThat(refusal.status()).isEqualTo(400);
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.ERRORS)
  default void aDryRunIsRefusedAndChangesNothing() {
    Refusal refusal =
        Refusal.of(() -> stage().session(pool().source(0), 1, request -> request.dryRun(true)));

    assertThat(refusal.code()).isEqualTo("DryRunOperation");
    assertThat(refusal.message()).isNotBlank();
    assertThat(stage().sessionsOn(pool().source(0))).isEmpty();
    assertThat(Refusal.of(() -> ec2().describeInstances(read -> read.dryRun(true))).code())
        .isEqualTo("DryRunOperation");
  }

  @Test
  @Claim(status = OBSERVED, source = "AWS CLI users' reports of --dry-run: HTTP 412")
  default void aDryRunThatWouldSucceedHasStatus412() {
    assertThat(
            Refusal.of(() -> stage().session(pool().source(0), 1, request -> request.dryRun(true)))
                .status())
        .isEqualTo(412);
  }

  @Test
  @EmbeddedOnly("it would need an identity without permissions")
  @Claim(status = DOCUMENTED, source = Sources.ERRORS)
  default void aCallThatIsNotAllowedIsRefusedWithStatus403() {
    String source = pool().source(0);
    pool().target();
    pool().filter();
    stage().world().deny();

    Refusal write = Refusal.of(() -> stage().session(source, 1));
    Refusal read = Refusal.of(() -> ec2().describeInstances());

    assertThat(write.code()).isEqualTo("UnauthorizedOperation");
    assertThat(write.status()).isEqualTo(403);
    assertThat(read.code()).isEqualTo("UnauthorizedOperation");
    assertThat(read.status()).isEqualTo(403);
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.QUERY)
  default void everyAnswerNamesItsRequest() {
    String one = ec2().describeInstances().responseMetadata().requestId();
    String other = ec2().describeInstances().responseMetadata().requestId();
    Refusal refusal =
        Refusal.of(() -> ec2().describeInstances(read -> read.instanceIds(Claims.unknown("i-"))));

    assertThat(one).isNotBlank().isNotEqualTo("UNKNOWN").isNotEqualTo(other);
    assertThat(refusal.requestId()).isNotBlank().isNotIn(one, other);
    assertThat(refusal.message()).isNotBlank();
  }

  private void notFound(Question question, Runnable call) {
    Refusal refusal = Refusal.of(call::run);
    assertThat(refusal.status()).isEqualTo(400);
    assertThat(refusal.code()).isIn(question.plausible());
    judge(question, refusal.code());
  }

  private static String answer(Runnable call) {
    return Refusal.answer(
        () -> {
          call.run();
          return Question.Words.ACCEPTED;
        });
  }
}
