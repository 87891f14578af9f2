package io.trafficmirror.contract;

import static io.trafficmirror.contract.Claim.Status.DOCUMENTED;
import static io.trafficmirror.contract.Claim.Status.OBSERVED;
import static io.trafficmirror.contract.Claim.Status.UNVERIFIED;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.CreateTrafficMirrorSessionRequest;
import software.amazon.awssdk.services.ec2.model.CreateTrafficMirrorTargetRequest;
import software.amazon.awssdk.services.ec2.model.TrafficMirrorSession;

/** What a client token does for mirror resources. */
interface IdempotencyClaims extends Claims {

  @Test
  @Claim(status = DOCUMENTED, source = Sources.IDEMPOTENCY)
  default void aReplayedCreateAnswersTheSameSessionAndMakesNoSecond() {
    CreateTrafficMirrorSessionRequest request = stage().request(pool().source(0), 1).build();

    TrafficMirrorSession first = stage().create(request).trafficMirrorSession();
    TrafficMirrorSession again = stage().create(request).trafficMirrorSession();

    assertThat(again.trafficMirrorSessionId()).isEqualTo(first.trafficMirrorSessionId());
    assertThat(
            stage()
                .world()
                .eventually(() -> stage().sessionsOn(pool().source(0)), ids -> !ids.isEmpty()))
        .containsExactly(first.trafficMirrorSessionId());
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.IDEMPOTENCY)
  default void aTokenWithOtherParametersIsRefused() {
    CreateTrafficMirrorSessionRequest request = stage().request(pool().source(0), 1).build();
    stage().create(request);

    Refusal otherNumber =
        Refusal.of(() -> stage().create(request.copy(change -> change.sessionNumber(2))));
    Refusal otherSource =
        Refusal.of(
            () -> stage().create(request.copy(to -> to.networkInterfaceId(pool().source(1)))));
    Refusal otherText =
        Refusal.of(() -> stage().create(request.copy(change -> change.description("other"))));

    assertThat(otherNumber.code()).isEqualTo("IdempotentParameterMismatch");
    assertThat(otherNumber.status()).isEqualTo(400);
    assertThat(otherSource.code()).isEqualTo("IdempotentParameterMismatch");
    assertThat(otherText.code()).isEqualTo("IdempotentParameterMismatch");
  }

  @Test
  @Claim(status = OBSERVED, source = Sources.MISMATCH_MESSAGE)
  default void theRefusalOfAMismatchSpeaksOfPreviousRequests() {
    CreateTrafficMirrorSessionRequest request = stage().request(pool().source(0), 1).build();
    stage().create(request);

    assertThat(
            Refusal.of(() -> stage().create(request.copy(change -> change.sessionNumber(2))))
                .message())
        .isEqualTo(
            "Arguments on this idempotent request are inconsistent with arguments used in previous"
                + " request(s).");
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.IDEMPOTENCY)
  default void aClientTokenIsCaseSensitive() {
    String token = "contract-" + stage().token();

    String one =
        stage()
            .session(pool().source(0), 1, request -> request.clientToken(token))
            .trafficMirrorSessionId();
    String other =
        stage()
            .session(
                pool().source(0), 2, request -> request.clientToken(token.replace("con", "CON")))
            .trafficMirrorSessionId();

    assertThat(other).isNotEqualTo(one);
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.IDEMPOTENCY)
  default void aClientTokenMayHave64Characters() {
    String token = (stage().token() + stage().token()).substring(0, 64);

    assertThat(
            stage()
                .create(stage().request(pool().source(0), 1).clientToken(token).build())
                .clientToken())
        .isEqualTo(token);
  }

  @Test
  @Claim(status = UNVERIFIED, source = Sources.IDEMPOTENCY)
  default void aLongerClientTokenIsRefused() {
    String token = (stage().token() + stage().token()).substring(0, 65);

    judge(
        Question.LONG_CLIENT_TOKEN,
        Refusal.answer(
            () -> {
              stage().session(pool().source(0), 1, request -> request.clientToken(token));
              return Question.Words.ACCEPTED;
            }));
  }

  @Test
  @Claim(status = UNVERIFIED, source = Sources.NOWHERE)
  default void aCreateThatIsReplayedAfterADelete() {
    CreateTrafficMirrorSessionRequest request = stage().request(pool().source(0), 1).build();
    String first = stage().create(request).trafficMirrorSession().trafficMirrorSessionId();
    ec2().deleteTrafficMirrorSession(gone -> gone.trafficMirrorSessionId(first));

    judge(
        Question.REPLAY_AFTER_DELETE,
        Refusal.answer(
            () ->
                stage()
                        .create(request)
                        .trafficMirrorSession()
                        .trafficMirrorSessionId()
                        .equals(first)
                    ? Question.Words.DELETED_SESSION
                    : Question.Words.NEW_SESSION));
  }

  @Test
  @Claim(status = UNVERIFIED, source = Sources.NOWHERE)
  default void aCreateThatIsReplayedAfterItsRefusalWhenThereIsRoom() {
    stage().session(pool().source(0), 1);
    stage().session(pool().source(0), 2);
    String third = stage().session(pool().source(0), 3).trafficMirrorSessionId();
    CreateTrafficMirrorSessionRequest request = stage().request(pool().source(0), 4).build();
    assertThat(Refusal.of(() -> stage().create(request)).code())
        .isEqualTo("TrafficMirrorSessionsPerInterfaceLimitExceeded");
    ec2().deleteTrafficMirrorSession(gone -> gone.trafficMirrorSessionId(third));

    judge(
        Question.REPLAY_AFTER_REFUSAL,
        Refusal.answer(
            () -> {
              stage().create(request);
              return Question.Words.ACCEPTED;
            }));
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.IDEMPOTENCY)
  default void aReplayedCreateAnswersTheSameTarget() {
    CreateTrafficMirrorTargetRequest request = stage().targetRequest(pool().source(0)).build();

    String first = stage().createTarget(request).trafficMirrorTarget().trafficMirrorTargetId();

    assertThat(stage().createTarget(request).trafficMirrorTarget().trafficMirrorTargetId())
        .isEqualTo(first);
    assertThat(
            Refusal.of(
                    () -> stage().createTarget(request.copy(change -> change.description("other"))))
                .code())
        .isEqualTo("IdempotentParameterMismatch");
  }

  @Test
  @Claim(status = UNVERIFIED, source = Sources.NOWHERE)
  default void aTargetThatIsReplayedAfterADelete() {
    CreateTrafficMirrorTargetRequest request = stage().targetRequest(pool().source(0)).build();
    String first = stage().createTarget(request).trafficMirrorTarget().trafficMirrorTargetId();
    ec2().deleteTrafficMirrorTarget(gone -> gone.trafficMirrorTargetId(first));

    judge(
        Question.TARGET_REPLAY_AFTER_DELETE,
        Refusal.answer(
            () ->
                stage()
                        .createTarget(request)
                        .trafficMirrorTarget()
                        .trafficMirrorTargetId()
                        .equals(first)
                    ? Question.Words.DELETED_TARGET
                    : Question.Words.NEW_TARGET));
  }
}
