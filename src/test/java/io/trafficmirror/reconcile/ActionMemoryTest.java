package io.trafficmirror.reconcile;

import static io.trafficmirror.reconcile.World.FILTER;
import static io.trafficmirror.reconcile.World.POOL;
import static io.trafficmirror.reconcile.World.SCOPE;
import static io.trafficmirror.reconcile.World.failure;
import static io.trafficmirror.reconcile.World.instance;
import static io.trafficmirror.reconcile.World.ours;
import static io.trafficmirror.reconcile.World.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.mirror.Action;
import io.trafficmirror.mirror.InterfaceId;
import io.trafficmirror.mirror.SessionId;
import io.trafficmirror.mirror.Slot;
import io.trafficmirror.mirror.Source;
import io.trafficmirror.mirror.TargetId;
import io.trafficmirror.mirror.TargetRef;
import io.trafficmirror.mirror.WantedSession;
import io.trafficmirror.port.Answer;
import io.trafficmirror.port.Failure;
import io.trafficmirror.port.FailureKind;
import io.trafficmirror.write.Effect;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@link ActionMemory}: what EC2's answers reveal about types and targets, and which calls it
 * avoids.
 */
class ActionMemoryTest {

  private static final TargetId TARGET = new TargetId("tmt-pool");
  private static final WantedSession TO_POOL = wanted("pooled", new WantedSession.Aim.AnyOf(POOL));
  private static final WantedSession TO_TARGET =
      wanted("fixed", new WantedSession.Aim.Target(TARGET));

  private final World world = new World();
  private final ActionMemory memory =
      new ActionMemory(
          Map.of(TO_POOL.source(), TO_POOL, TO_TARGET.source(), TO_TARGET),
          world.refusedTypes,
          world.memory);

  // Refused types

  @Test
  void avoidsCreatingASessionForARefusedType() {
    refuseType(RefusedTypes.THRESHOLD_OF_A_LISTED_TYPE);
    assertThat(memory.knownFailure(create(TO_TARGET)))
        .map(Failure::kind)
        .contains(FailureKind.UNSUPPORTED_SOURCE);
    assertThat(memory.knownFailure(create(TO_POOL)))
        .map(Failure::kind)
        .contains(FailureKind.UNSUPPORTED_SOURCE);
  }

  @Test
  void allowsModifyingASessionOfARefusedType() {
    refuseType(RefusedTypes.THRESHOLD_OF_A_LISTED_TYPE);
    assertThat(memory.knownFailure(modify(TO_TARGET))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void countsOnlyAnUnsupportedSourceAsARefusalOfItsType(FailureKind kind) {
    refuseType(RefusedTypes.THRESHOLD_OF_A_LISTED_TYPE - 1);
    memory.record(create(TO_TARGET), failed(kind));
    assertThat(world.refusedTypes.knownRefusal(TO_TARGET.instance()).isPresent())
        .isEqualTo(kind == FailureKind.UNSUPPORTED_SOURCE);
  }

  @Test
  void clearsARefusedTypeAfterACreatedSession() {
    refuseType(RefusedTypes.THRESHOLD_OF_A_LISTED_TYPE);
    memory.record(create(TO_TARGET), succeeded("fixed"));
    assertThat(world.refusedTypes.knownRefusal(TO_TARGET.instance())).isEmpty();
  }

  // Refused targets

  @ParameterizedTest
  @EnumSource
  void remembersOnlyAFullOrMissingTargetOfAPool(FailureKind kind) {
    memory.record(create(TO_POOL), failed(kind));
    assertThat(world.memory.isRefused(TARGET))
        .isEqualTo(kind == FailureKind.TARGET_FULL || kind == FailureKind.TARGET_NOT_FOUND);
  }

  @ParameterizedTest
  @CsvSource({"TARGET_FULL", "TARGET_NOT_FOUND"})
  void neverAvoidsAFixedTarget(FailureKind kind) {
    memory.record(create(TO_TARGET), failed(kind));
    assertThat(world.memory.isRefused(TARGET)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "TARGET_FULL, 59, true",
    "TARGET_FULL, 60, false",
    "TARGET_NOT_FOUND, 2, true",
    "TARGET_NOT_FOUND, 3, false"
  })
  void avoidsARefusedTargetOfAPoolForAWhile(FailureKind kind, long seconds, boolean known) {
    memory.record(create(TO_POOL), failed(kind));
    world.time.sleep(Duration.ofSeconds(seconds));
    assertThat(memory.knownFailure(create(TO_POOL)).isPresent()).isEqualTo(known);
    assertThat(memory.knownFailure(modify(TO_POOL)).isPresent()).isEqualTo(known);
    assertThat(memory.knownFailure(create(TO_TARGET)))
        .as("a fixed target is not avoided")
        .isEmpty();
  }

  @Test
  void reportsAMissingTargetAsFull() {
    world.memory.markGone(TARGET);
    assertThat(memory.knownFailure(create(TO_POOL)))
        .hasValueSatisfying(
            known -> {
              assertThat(known.kind()).isEqualTo(FailureKind.TARGET_FULL);
              assertThat(known.message()).contains("tmt-pool", "i-pooled");
            });
  }

  // Sources of pool targets

  @Test
  void recordsTheSourceOfAPoolSessionBeforeEc2ShowsIt() {
    memory.record(create(TO_POOL), succeeded("pooled"));
    assertThat(world.pools.withSources(Set.of()).sources())
        .isEqualTo(Map.of(TARGET, Set.of(new InterfaceId("eni-pooled"))));
  }

  @Test
  void recordsNoSourceForAFixedTarget() {
    memory.record(create(TO_TARGET), succeeded("fixed"));
    assertThat(world.pools.withSources(Set.of()).sources()).isEmpty();
  }

  @Test
  void recognizesSourcesOfAPool() {
    assertThat(memory.isPooled(create(TO_POOL))).isTrue();
    assertThat(memory.isPooled(create(TO_TARGET))).isFalse();
  }

  // Other actions

  static Stream<Arguments> others() {
    Source source = TO_POOL.source();
    SessionId session = new SessionId("tms-1");
    return Stream.of(
        Arguments.of(new Action.LaunchTarget(SCOPE, POOL, new Slot(POOL.digest(), 0, 0))),
        Arguments.of(new Action.DeleteTarget(SCOPE, TARGET)),
        Arguments.of(new Action.TagSession(source, session, Map.of("key", "value"))),
        Arguments.of(new Action.DeleteSession(source, session)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("others")
  void ignoresActionsThatAreNotMirroring(Action action) {
    refuseType(RefusedTypes.THRESHOLD_OF_A_LISTED_TYPE);
    memory.record(action, new Answer.Got<>(new Effect.Done()));
    memory.record(action, failed(FailureKind.TARGET_FULL));
    assertThat(memory.knownFailure(action)).isEmpty();
    assertThat(world.refusedTypes.knownRefusal(TO_POOL.instance())).isPresent();
    assertThat(world.memory.isRefused(TARGET)).isFalse();
  }

  private void refuseType(int instances) {
    for (int n = 0; n < instances; n++) {
      world.refusedTypes.recordRefusal(instance("refused-" + n, "fixed"));
    }
  }

  private static Action.CreateSession create(WantedSession wanted) {
    return new Action.CreateSession(
        wanted.source(), wanted.entry(), new TargetRef.Existing(TARGET), FILTER, 100);
  }

  private static Action.ModifySession modify(WantedSession wanted) {
    return new Action.ModifySession(
        wanted.source(),
        wanted.entry(),
        new SessionId("tms-1"),
        new TargetRef.Existing(TARGET),
        FILTER);
  }

  private static Answer<Effect> failed(FailureKind kind) {
    return new Answer.Failed<>(failure(kind));
  }

  private static Answer<Effect> succeeded(String name) {
    return new Answer.Got<>(new Effect.SessionChanged(ours(name, TARGET)));
  }
}
