package io.trafficmirror.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.mirror.Instance;
import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.InstanceState;
import io.trafficmirror.port.FailureKind;
import io.trafficmirror.port.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RefusedTypesTest {

  private static final Duration MEMORY = Duration.ofHours(1);

  private final VirtualTime time = new VirtualTime();
  private final RefusedTypes types = new RefusedTypes(time, MEMORY);

  @Test
  void twoRunningInstancesMakeATypeAndOneDoesNot() {
    types.refused(running("i-1", "t2.micro"));
    types.refused(running("i-1", "t2.micro"));
    assertThat(types.answerFor(running("i-3", "t2.micro"))).isEmpty();
    types.refused(running("i-2", "t2.micro"));
    assertThat(types.answerFor(running("i-3", "t2.micro")))
        .hasValueSatisfying(
            failure -> {
              assertThat(failure.kind()).isEqualTo(FailureKind.UNSUPPORTED_SOURCE);
              assertThat(failure.message()).contains("t2.micro", "2026-11-24T11:00:00Z");
            });
    assertThat(types.answerFor(running("i-3", "t2.small"))).isEmpty();
  }

  @Test
  void anInstanceWhoseInterfaceMayNotBeAttachedYetTellsNothingAboutItsType() {
    types.refused(instance("i-1", "m5.large", InstanceState.PENDING));
    types.refused(instance("i-2", "m5.large", InstanceState.PENDING));
    types.refused(running("i-3", ""));
    types.refused(running("i-4", ""));
    assertThat(types.answerFor(running("i-5", "m5.large"))).isEmpty();
    assertThat(types.answerFor(running("i-5", ""))).isEmpty();
  }

  @Test
  void oneSessionThatEc2MakesClearsTheType() {
    types.refused(running("i-1", "m5.large"));
    types.refused(running("i-2", "m5.large"));
    types.accepted(running("i-3", "m5.large"));
    assertThat(types.answerFor(running("i-4", "m5.large"))).isEmpty();
  }

  @Test
  void aTypeOfWhichASessionWasSeenIsNotTakenForRefusedUntilThatIsLongAgo() {
    types.accepted(running("i-1", "m5.large"));
    for (String odd : List.of("i-2", "i-3", "i-4")) {
      types.refused(running(odd, "m5.large"));
    }
    assertThat(types.answerFor(running("i-5", "m5.large"))).isEmpty();
    time.sleep(MEMORY);
    types.refused(running("i-2", "m5.large"));
    types.refused(running("i-3", "m5.large"));
    assertThat(types.answerFor(running("i-5", "m5.large"))).isPresent();
  }

  @Test
  void aRefusalIsForgottenAfterAWhile() {
    types.refused(running("i-1", "t2.micro"));
    types.refused(running("i-2", "t2.micro"));
    time.sleep(MEMORY.minusMillis(1));
    assertThat(types.answerFor(running("i-3", "t2.micro"))).isPresent();
    time.sleep(Duration.ofMillis(1));
    assertThat(types.answerFor(running("i-3", "t2.micro"))).isEmpty();
    types.refused(running("i-3", "t2.micro"));
    assertThat(types.answerFor(running("i-4", "t2.micro"))).isEmpty();
  }

  @Test
  void nowAndThenEc2IsAskedAllTheSameSoThatTwoOddInstancesDoNotHideAFleet() {
    types.refused(running("i-1", "m5.large"));
    types.refused(running("i-2", "m5.large"));
    List<Integer> asked =
        IntStream.rangeClosed(1, 40)
            .filter(n -> types.answerFor(running("i-9", "m5.large")).isEmpty())
            .boxed()
            .toList();
    assertThat(asked).containsExactly(8, 16, 32);
  }

  private static Instance running(String id, String type) {
    return instance(id, type, InstanceState.RUNNING);
  }

  private static Instance instance(String id, String type, InstanceState state) {
    return new Instance(
        new InstanceId(id), state, type, Map.of(), Optional.empty(), Optional.empty(), List.of());
  }
}
