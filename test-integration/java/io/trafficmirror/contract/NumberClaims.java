package io.trafficmirror.contract;

import static io.trafficmirror.contract.Claim.Status.DOCUMENTED;
import static io.trafficmirror.contract.Claim.Status.OBSERVED;
import static io.trafficmirror.contract.Claim.Status.UNVERIFIED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What a session number may be. */
interface NumberClaims extends Claims {

  @Test
  @Claim(status = DOCUMENTED, source = Sources.CREATE_SESSION)
  default void aSessionNumberGoesFrom1To32766() {
    assertThat(stage().session(pool().source(0), 1).sessionNumber()).isEqualTo(1);
    assertThat(stage().session(pool().source(0), 32766).sessionNumber()).isEqualTo(32766);
  }

  @Test
  @Claim(status = UNVERIFIED, source = Sources.NOWHERE)
  default void aSessionNumberBeyondItsBoundsIsRefused() {
    for (int number : List.of(0, 32767)) {
      judge(Question.SESSION_NUMBER_OUT_OF_BOUNDS, answerTo(number));
    }
  }

  @Test
  @Claim(status = UNVERIFIED, source = Sources.NOWHERE)
  default void aSessionNumberThatIsTakenOnTheInterfaceIsRefused() {
    stage().session(pool().source(0), 100);

    judge(Question.TAKEN_SESSION_NUMBER, answerTo(100));
  }

  @Test
  @Claim(status = UNVERIFIED, source = Sources.NOWHERE)
  default void aTakenNumberOnAFullInterfaceIsRefusedForOneOfBoth() {
    for (int number = 1; number <= 3; number++) {
      stage().session(pool().source(0), number);
    }

    judge(Question.TAKEN_NUMBER_ON_A_FULL_INTERFACE, answerTo(1));
  }

  @Test
  @Claim(status = UNVERIFIED, source = Sources.NOWHERE)
  default void aSessionCannotBeMovedToATakenNumber() {
    stage().session(pool().source(0), 100);
    String second = stage().session(pool().source(0), 101).trafficMirrorSessionId();

    judge(
        Question.TAKEN_SESSION_NUMBER,
        Refusal.answer(
            () -> {
              ec2()
                  .modifyTrafficMirrorSession(
                      modify -> modify.trafficMirrorSessionId(second).sessionNumber(100));
              return Question.Words.ACCEPTED;
            }));
  }

  @Test
  @Claim(status = OBSERVED, source = Sources.AUTO_MIRROR)
  default void twoInterfacesMayHaveTheSameNumber() {
    stage().session(pool().source(0), 100);

    assertThat(stage().session(pool().source(1), 100).sessionNumber()).isEqualTo(100);
  }

  @Test
  @Claim(status = OBSERVED, source = Sources.AUTO_MIRROR)
  default void aNumberIsFreeAgainWhenItsSessionIsDeleted() {
    String first = stage().session(pool().source(0), 100).trafficMirrorSessionId();
    ec2().deleteTrafficMirrorSession(gone -> gone.trafficMirrorSessionId(first));

    assertThat(stage().session(pool().source(0), 100).trafficMirrorSessionId()).isNotEqualTo(first);
  }

  private String answerTo(int number) {
    return Refusal.answer(
        () -> {
          stage().session(pool().source(0), number);
          return Question.Words.ACCEPTED;
        });
  }
}
