package io.trafficmirror.contract;

import static io.trafficmirror.contract.Claim.Status.DOCUMENTED;
import static io.trafficmirror.contract.Claim.Status.OBSERVED;
import static io.trafficmirror.contract.Claim.Status.UNVERIFIED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Claims about session numbers. */
interface SessionNumberClaims extends Claims {

  @Test
  @Claim(status = DOCUMENTED, source = Sources.CREATE_SESSION)
  default void acceptsSessionNumbersFrom1To32766() {
    assertThat(fixture().session(shared().source(0), 1).sessionNumber()).isEqualTo(1);
    assertThat(fixture().session(shared().source(0), 32766).sessionNumber()).isEqualTo(32766);
  }

  @Test
  @Claim(status = UNVERIFIED, source = Sources.UNDOCUMENTED)
  default void sessionNumberOutOfRange() {
    for (int number : List.of(0, 32767)) {
      report(Question.SESSION_NUMBER_OUT_OF_RANGE, answerTo(number));
    }
  }

  @Test
  @Claim(status = UNVERIFIED, source = Sources.UNDOCUMENTED)
  default void duplicateSessionNumberOnOneInterface() {
    fixture().session(shared().source(0), 100);

    report(Question.DUPLICATE_SESSION_NUMBER, answerTo(100));
  }

  @Test
  @Claim(status = UNVERIFIED, source = Sources.UNDOCUMENTED)
  default void duplicateSessionNumberOnAFullInterface() {
    for (int number = 1; number <= 3; number++) {
      fixture().session(shared().source(0), number);
    }

    report(Question.DUPLICATE_NUMBER_ON_FULL_INTERFACE, answerTo(1));
  }

  @Test
  @Claim(status = UNVERIFIED, source = Sources.UNDOCUMENTED)
  default void modifyToADuplicateSessionNumber() {
    fixture().session(shared().source(0), 100);
    String second = fixture().session(shared().source(0), 101).trafficMirrorSessionId();

    report(
        Question.DUPLICATE_SESSION_NUMBER,
        Ec2Error.answer(
            () -> {
              ec2()
                  .modifyTrafficMirrorSession(
                      modify -> modify.trafficMirrorSessionId(second).sessionNumber(100));
              return Question.Behaviour.ACCEPTED;
            }));
  }

  @Test
  @Claim(status = OBSERVED, source = Sources.AUTO_MIRROR)
  default void acceptsTheSameSessionNumberOnTwoInterfaces() {
    fixture().session(shared().source(0), 100);

    assertThat(fixture().session(shared().source(1), 100).sessionNumber()).isEqualTo(100);
  }

  @Test
  @Claim(status = OBSERVED, source = Sources.AUTO_MIRROR)
  default void acceptsTheNumberOfADeletedSession() {
    String first = fixture().session(shared().source(0), 100).trafficMirrorSessionId();
    ec2().deleteTrafficMirrorSession(delete -> delete.trafficMirrorSessionId(first));

    assertThat(fixture().session(shared().source(0), 100).trafficMirrorSessionId())
        .isNotEqualTo(first);
  }

  private String answerTo(int number) {
    return Ec2Error.answer(
        () -> {
          fixture().session(shared().source(0), number);
          return Question.Behaviour.ACCEPTED;
        });
  }
}
