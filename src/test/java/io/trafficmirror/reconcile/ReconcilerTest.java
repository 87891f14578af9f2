package io.trafficmirror.reconcile;

import static io.trafficmirror.reconcile.World.POOL;
import static io.trafficmirror.reconcile.World.instance;
import static io.trafficmirror.reconcile.World.word;
import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.harness.VirtualTime;
import io.trafficmirror.mirror.Instance;
import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.TargetId;
import io.trafficmirror.port.Deadline;
import io.trafficmirror.port.FailureKind;
import io.trafficmirror.port.FakeEc2;
import io.trafficmirror.port.FakeEc2.Api;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** {@link Reconciler}: when instances are observed again, and which outcome is returned. */
class ReconcilerTest {

  private final World world = new World();

  // Rounds

  @Test
  void observesOnceIfEverythingIsSettled() throws Exception {
    world.runs("1", "fixed");
    world.runs("2", "nothing");
    assertThat(reconcile("1", "2")).containsExactly("created", "no-entry-matches");
    assertThat(millis(Api.INSTANCES)).containsExactly(0L);
  }

  @Test
  void observesAnInstanceAgainAfterEachPause() throws Exception {
    assertThat(reconcile("1")).containsExactly("instance: INSTANCE_NOT_SEEN");
    assertThat(millis(Api.INSTANCES)).containsExactly(0L, 500L, 1500L, 3500L);
  }

  @Test
  void returnsTheSuccessOfALaterRound() throws Exception {
    world.runs("1", "fixed");
    world.ec2.failNext(Api.CREATE_SESSION, FailureKind.NOT_VISIBLE_YET, FailureKind.REFUSED);
    assertThat(reconcile("1")).containsExactly("created");
    assertThat(millis(Api.CREATE_SESSION)).containsExactly(0L, 500L, 1500L);
  }

  @Test
  void observesOnlyUnsettledInstancesAgain() throws Exception {
    world.runs("1", "fixed");
    world.runs("2", "fixed");
    world.ec2.failNext(Api.CREATE_SESSION, FailureKind.REFUSED);
    assertThat(reconcile("1", "2")).containsExactly("created", "created");
    assertThat(world.ec2.calls(Api.CREATE_SESSION))
        .extracting(FakeEc2.Call::resource)
        .containsExactly("eni-1", "eni-2", "eni-1");
  }

  @ParameterizedTest
  @EnumSource(names = {"UNSUPPORTED_SOURCE", "FILTER_NOT_FOUND", "DENIED"})
  void doesNotObserveAgainAfterAFinalFailure(FailureKind kind) throws Exception {
    world.runs("1", "fixed");
    world.ec2.failNext(Api.CREATE_SESSION, kind);
    reconcile("1");
    assertThat(world.ec2.calls(Api.INSTANCES)).hasSize(1);
    assertThat(world.ec2.sessions()).isEmpty();
  }

  @Test
  void observesOnlySourcesThatWaitForAPoolAfterTheLongPauses() throws Exception {
    world.runs("1", "pool");
    world.runs("2", "fixed");
    world.ec2.failNext(Api.CREATE_TARGET, times(10, FailureKind.SOURCE_IS_A_TARGET));
    world.ec2.failNext(Api.CREATE_SESSION, times(10, FailureKind.REFUSED));
    assertThat(reconcile("1", "2"))
        .containsExactly("instance: POOL_NOT_SETTLED", "instance: REFUSED");
    assertThat(millis(Api.CREATE_SESSION)).containsExactly(0L, 500L, 1500L, 3500L);
    assertThat(millis(Api.CREATE_TARGET))
        .as("further observations after 4, 8 and 16 seconds")
        .containsExactly(0L, 500L, 1500L, 3500L, 7500L, 15500L, 31500L);
    assertThat(world.ec2.members()).as("every round finds the same instance").hasSize(1);
  }

  @Test
  void settlesASourceThatWaitsForAPoolWithinOneInvocation() throws Exception {
    world.runs("1", "pool");
    world.ec2.failNext(Api.CREATE_TARGET, times(5, FailureKind.SOURCE_IS_A_TARGET));
    assertThat(reconcile("1")).containsExactly("created");
    assertThat(millis(Api.CREATE_SESSION)).containsExactly(15500L);
  }

  /** A full target is avoided until EC2 shows its sessions; a missing one is soon tried again. */
  @ParameterizedTest
  @CsvSource({"TARGET_FULL, 31500, 2", "TARGET_NOT_FOUND, 3500, 1"})
  void mirrorsASourceWithinOneInvocationAfterItsTargetWasRefused(
      FailureKind kind, long millis, int members) throws Exception {
    world.member("pool-1", POOL, 0, Duration.ofMinutes(1));
    world.targetOf("pool-1", POOL, 0);
    world.runs("1", "pool");
    world.ec2.failNext(Api.CREATE_SESSION, kind);
    assertThat(reconcile("1")).containsExactly("created");
    assertThat(millis(Api.CREATE_SESSION)).containsExactly(0L, millis);
    assertThat(world.ec2.members()).hasSize(members);
  }

  @Test
  void movesASessionWhoseTargetIsNotSeenForHalfAMinute() throws Exception {
    world.runs("1", "pool");
    world.session("1", new TargetId("tmt-lost"));
    assertThat(reconcile("1")).containsExactly("modified");
    assertThat(millis(Api.MODIFY_SESSION)).containsExactly(31500L);
  }

  // Time

  @ParameterizedTest
  @CsvSource({"999, 0", "1000, 1", "1499, 1", "1500, 2", "2500, 3", "4499, 3", "4500, 4"})
  void startsARoundOnlyIfTimeAllowsItsPauseAndACall(long millis, int rounds) throws Exception {
    reconcile(world.in(Duration.ofMillis(millis)), "1");
    assertThat(world.ec2.calls(Api.INSTANCES)).hasSize(rounds);
  }

  @Test
  void defersInstancesThatWereNeverObserved() throws Exception {
    world.runs("1", "fixed");
    assertThat(reconcile(world.in(Duration.ofMillis(999)), "1", "2"))
        .containsExactly("batch: OUT_OF_TIME", "batch: OUT_OF_TIME");
    assertThat(world.ec2.calls()).isEmpty();
  }

  @Test
  void keepsAnOutcomeIfNoTimeIsLeftForAnotherRound() throws Exception {
    world.runs("1", "fixed");
    world.ec2.failNext(Api.CREATE_SESSION, FailureKind.REFUSED);
    assertThat(reconcile(world.in(Duration.ofMillis(1499)), "1"))
        .containsExactly("instance: REFUSED");
  }

  @Test
  void keepsAnOutcomeIfALaterRoundRunsOutOfTime() throws Exception {
    Instance instance = world.runs("1", "fixed");
    world.ec2.failNext(Api.CREATE_SESSION, FailureKind.REFUSED);
    world.ec2.failNext(Api.INSTANCES, times(3, FailureKind.OUT_OF_TIME));
    assertThat(reconcilePage(instance)).containsExactly("instance: REFUSED");
  }

  @Test
  void defersASourceThatWaitsForAPoolIfALaterRoundRunsOutOfTime() throws Exception {
    Instance instance = world.runs("1", "pool");
    world.ec2.failNext(Api.CREATE_TARGET, FailureKind.SOURCE_IS_A_TARGET);
    world.ec2.failNext(Api.INSTANCES, FailureKind.OUT_OF_TIME);
    assertThat(reconcilePage(instance)).containsExactly("batch: OUT_OF_TIME");
  }

  // Reads

  @Test
  void usesAPageAsTheFirstObservation() throws Exception {
    assertThat(reconcilePage(world.runs("1", "fixed"))).containsExactly("created");
    assertThat(world.ec2.calls(Api.INSTANCES)).isEmpty();
  }

  @Test
  void readsTheInstancesOfAPageAgainInLaterRounds() throws Exception {
    Instance asShown = world.runs("1", "fixed");
    world.runs("1", "nothing");
    world.ec2.failNext(Api.CREATE_SESSION, FailureKind.REFUSED);
    assertThat(reconcilePage(asShown)).containsExactly("no-entry-matches");
    assertThat(millis(Api.INSTANCES)).containsExactly(500L);
  }

  @Test
  void appliesNothingIfTheInstancesCannotBeRead() throws Exception {
    world.runs("1", "fixed");
    world.ec2.failNext(Api.INSTANCES, FailureKind.THROTTLED);
    assertThat(reconcile("1", "2")).containsExactly("batch: THROTTLED", "batch: THROTTLED");
    assertThat(world.ec2.calls()).hasSize(1);
  }

  private List<String> reconcile(String... names) throws Exception {
    return reconcile(world.later(), names);
  }

  private List<String> reconcile(Deadline deadline, String... names) throws Exception {
    List<InstanceRequest> requests = world.requests(names);
    return words(requests, world.reconciler.reconcile(requests, world.launches, deadline));
  }

  private List<String> reconcilePage(Instance shown) throws Exception {
    List<InstanceRequest> requests = world.requests(shown.id().value().substring(2));
    return words(
        requests,
        world.reconciler.reconcile(requests, List.of(shown), world.launches, world.later()));
  }

  private static List<String> words(
      List<InstanceRequest> requests, Map<InstanceId, Outcome> outcomes) {
    assertThat(outcomes).hasSize(requests.size());
    return requests.stream()
        .map(each -> word(Optional.ofNullable(outcomes.get(each.instance())).orElseThrow()))
        .toList();
  }

  private List<Long> millis(Api api) {
    return world.ec2.calls(api).stream()
        .map(call -> Duration.between(VirtualTime.START, call.at()).toMillis())
        .toList();
  }

  private static FailureKind[] times(int count, FailureKind kind) {
    return Collections.nCopies(count, kind).toArray(FailureKind[]::new);
  }
}
