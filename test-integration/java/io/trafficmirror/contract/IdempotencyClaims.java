package io.trafficmirror.contract;

import static io.trafficmirror.contract.Claim.Status.DOCUMENTED;
import static io.trafficmirror.contract.Claim.Status.OBSERVED;
import static io.trafficmirror.contract.Claim.Status.UNVERIFIED;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.CreateTrafficMirrorSessionRequest;
import software.amazon.awssdk.services.ec2.model.CreateTrafficMirrorTargetRequest;
import software.amazon.awssdk.services.ec2.model.TrafficMirrorSession;

/** Claims about client tokens of mirror resources. */
interface IdempotencyClaims extends Claims {

  @Test
  @Claim(status = DOCUMENTED, source = Sources.IDEMPOTENCY)
  default void repeatedCreateReturnsTheSameSessionAndCreatesNoOther() {
    CreateTrafficMirrorSessionRequest request = fixture().request(shared().source(0), 1).build();

    TrafficMirrorSession first = fixture().create(request).trafficMirrorSession();
    TrafficMirrorSession again = fixture().create(request).trafficMirrorSession();

    assertThat(again.trafficMirrorSessionId()).isEqualTo(first.trafficMirrorSessionId());
    assertThat(
            fixture()
                .world()
                .eventually(() -> fixture().sessionsOn(shared().source(0)), ids -> !ids.isEmpty()))
        .containsExactly(first.trafficMirrorSessionId());
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.IDEMPOTENCY)
  default void rejectsAClientTokenWithDifferentParameters() {
    CreateTrafficMirrorSessionRequest request = fixture().request(shared().source(0), 1).build();
    fixture().create(request);

    Ec2Error otherNumber =
        Ec2Error.of(() -> fixture().create(request.copy(change -> change.sessionNumber(2))));
    Ec2Error otherSource =
        Ec2Error.of(
            () -> fixture().create(request.copy(to -> to.networkInterfaceId(shared().source(1)))));
    Ec2Error otherText =
        Ec2Error.of(() -> fixture().create(request.copy(change -> change.description("other"))));

    assertThat(otherNumber.code()).isEqualTo("IdempotentParameterMismatch");
    assertThat(otherNumber.status()).isEqualTo(400);
    assertThat(otherSource.code()).isEqualTo("IdempotentParameterMismatch");
    assertThat(otherText.code()).isEqualTo("IdempotentParameterMismatch");
  }

  @Test
  @Claim(status = OBSERVED, source = Sources.MISMATCH_MESSAGE)
  default void tokenMismatchErrorMentionsPreviousRequests() {
    CreateTrafficMirrorSessionRequest request = fixture().request(shared().source(0), 1).build();
    fixture().create(request);

    assertThat(
            Ec2Error.of(() -> fixture().create(request.copy(change -> change.sessionNumber(2))))
                .message())
        .isEqualTo(
            "Arguments on this idempotent request are inconsistent with arguments used in previous"
                + " request(s).");
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.IDEMPOTENCY)
  default void clientTokensAreCaseSensitive() {
    String token = "contract-" + fixture().token();

    String one =
        fixture()
            .session(shared().source(0), 1, request -> request.clientToken(token))
            .trafficMirrorSessionId();
    String other =
        fixture()
            .session(
                shared().source(0), 2, request -> request.clientToken(token.replace("con", "CON")))
            .trafficMirrorSessionId();

    assertThat(other).isNotEqualTo(one);
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.IDEMPOTENCY)
  default void acceptsAClientTokenOf64Characters() {
    String token = (fixture().token() + fixture().token()).substring(0, 64);

    assertThat(
            fixture()
                .create(fixture().request(shared().source(0), 1).clientToken(token).build())
                .clientToken())
        .isEqualTo(token);
  }

  @Test
  @Claim(status = UNVERIFIED, source = Sources.IDEMPOTENCY)
  default void clientTokenAbove64Characters() {
    String token = (fixture().token() + fixture().token()).substring(0, 65);

    report(
        Question.LONG_CLIENT_TOKEN,
        Ec2Error.answer(
            () -> {
              fixture().session(shared().source(0), 1, request -> request.clientToken(token));
              return Question.Behaviour.ACCEPTED;
            }));
  }

  @Test
  @Claim(status = UNVERIFIED, source = Sources.UNDOCUMENTED)
  default void repeatedCreateAfterADelete() {
    CreateTrafficMirrorSessionRequest request = fixture().request(shared().source(0), 1).build();
    String first = fixture().create(request).trafficMirrorSession().trafficMirrorSessionId();
    ec2().deleteTrafficMirrorSession(delete -> delete.trafficMirrorSessionId(first));

    report(
        Question.REPLAY_AFTER_DELETE,
        Ec2Error.answer(
            () ->
                fixture()
                        .create(request)
                        .trafficMirrorSession()
                        .trafficMirrorSessionId()
                        .equals(first)
                    ? Question.Behaviour.DELETED_SESSION
                    : Question.Behaviour.NEW_SESSION));
  }

  @Test
  @Claim(status = UNVERIFIED, source = Sources.UNDOCUMENTED)
  default void repeatedCreateAfterALimitErrorWhoseCauseIsGone() {
    fixture().session(shared().source(0), 1);
    fixture().session(shared().source(0), 2);
    String third = fixture().session(shared().source(0), 3).trafficMirrorSessionId();
    CreateTrafficMirrorSessionRequest request = fixture().request(shared().source(0), 4).build();
    assertThat(Ec2Error.of(() -> fixture().create(request)).code())
        .isEqualTo("TrafficMirrorSessionsPerInterfaceLimitExceeded");
    ec2().deleteTrafficMirrorSession(delete -> delete.trafficMirrorSessionId(third));

    report(
        Question.REPLAY_AFTER_REFUSAL,
        Ec2Error.answer(
            () -> {
              fixture().create(request);
              return Question.Behaviour.ACCEPTED;
            }));
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.IDEMPOTENCY)
  default void repeatedCreateReturnsTheSameTarget() {
    CreateTrafficMirrorTargetRequest request = fixture().targetRequest(shared().source(0)).build();

    String first = fixture().createTarget(request).trafficMirrorTarget().trafficMirrorTargetId();

    assertThat(fixture().createTarget(request).trafficMirrorTarget().trafficMirrorTargetId())
        .isEqualTo(first);
    assertThat(
            Ec2Error.of(
                    () ->
                        fixture().createTarget(request.copy(change -> change.description("other"))))
                .code())
        .isEqualTo("IdempotentParameterMismatch");
  }

  @Test
  @Claim(status = UNVERIFIED, source = Sources.UNDOCUMENTED)
  default void repeatedTargetCreateAfterADelete() {
    CreateTrafficMirrorTargetRequest request = fixture().targetRequest(shared().source(0)).build();
    String first = fixture().createTarget(request).trafficMirrorTarget().trafficMirrorTargetId();
    ec2().deleteTrafficMirrorTarget(delete -> delete.trafficMirrorTargetId(first));

    report(
        Question.TARGET_REPLAY_AFTER_DELETE,
        Ec2Error.answer(
            () ->
                fixture()
                        .createTarget(request)
                        .trafficMirrorTarget()
                        .trafficMirrorTargetId()
                        .equals(first)
                    ? Question.Behaviour.DELETED_TARGET
                    : Question.Behaviour.NEW_TARGET));
  }
}
