package io.trafficmirror.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.harness.VirtualTime;
import io.trafficmirror.mirror.Action;
import io.trafficmirror.mirror.Scope;
import io.trafficmirror.mirror.TargetId;
import io.trafficmirror.port.Answer;
import io.trafficmirror.port.Failure;
import io.trafficmirror.port.FailureKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WrittenTest {

  @Test
  void aSentSuccessIsDecided() {
    assertThat(result(new Answer.Got<>(new Effect.Done()), true).isDecided()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(FailureKind.class)
  void aSentFailureIsDecidedUnlessTheBatchHasToBeRetried(FailureKind kind) {
    Answer<Effect> failed = new Answer.Failed<>(new Failure(kind, "code", "message"));
    assertThat(result(failed, true).isDecided()).isEqualTo(kind.scope() != FailureKind.Scope.BATCH);
    assertThat(result(failed, false).isDecided()).as("not sent").isFalse();
  }

  private static Written result(Answer<Effect> answer, boolean wasSent) {
    return new Written(
        new Action.DeleteTarget(new Scope("111122223333", "eu-central-1"), new TargetId("tmt-1")),
        answer,
        wasSent,
        false,
        VirtualTime.START);
  }
}
