package io.trafficmirror.reconcile;

import static io.trafficmirror.reconcile.World.POOL;
import static io.trafficmirror.reconcile.World.SCOPE;
import static io.trafficmirror.reconcile.World.SEATS;
import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.harness.VirtualTime;
import io.trafficmirror.mirror.Action;
import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.InstanceState;
import io.trafficmirror.mirror.MirrorTarget;
import io.trafficmirror.mirror.Ownership;
import io.trafficmirror.mirror.PoolMember;
import io.trafficmirror.mirror.TargetId;
import io.trafficmirror.pool.PoolLimits;
import io.trafficmirror.port.FailureKind;
import io.trafficmirror.port.FakeEc2.Api;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** {@link Sweeper}: which resources it removes, in which order, and up to which limits. */
class SweeperTest {

  private static final Duration OLD = Duration.ofMinutes(61);

  private World world = new World();

  @Test
  void deletesTheTargetBeforeTheInstance() throws Exception {
    TargetId target = member("unused", 0, OLD);
    sweep();
    assertThat(writes()).containsExactly("DELETE_TARGET " + target, "TERMINATE i-unused");
    assertThat(world.ec2.members()).isEmpty();
    assertThat(world.ec2.targets()).isEmpty();
    assertThat(world.telemetry.sweeps)
        .containsExactly(
            new Telemetry.Sweeping(
                SCOPE, List.of(new InstanceId("i-unused")), List.of(target), 0, 0, 0));
  }

  @Test
  void publishesItsPlanBeforeTheFirstRemoval() throws Exception {
    TargetId target = member("unused", 0, OLD);
    world.telemetry.onPlan = () -> assertThat(writes()).isEmpty();
    sweep();
    assertThat(world.telemetry.plans)
        .containsExactly(
            List.of(
                new Action.DeleteTarget(SCOPE, target),
                new Action.TerminateTarget(SCOPE, new InstanceId("i-unused"))));
  }

  @Test
  void removesAnOldInstanceWithoutATarget() throws Exception {
    world.member("bare", POOL, 0, OLD);
    sweep();
    assertThat(writes()).containsExactly("TERMINATE i-bare");
  }

  @Test
  void keepsYoungAndUsedTargetsWithoutAPlan() throws Exception {
    member("young", 0, Duration.ofMinutes(60));
    world.session("source", member("used", 1, OLD));
    world.member("bare", POOL, 2, Duration.ofMinutes(60));
    sweep();
    assertThat(writes()).isEmpty();
    assertThat(world.telemetry.plans).isEmpty();
    assertThat(world.telemetry.sweeps)
        .containsExactly(new Telemetry.Sweeping(SCOPE, List.of(), List.of(), 3, 3 * SEATS - 1, 0));
  }

  @Test
  void keepsTheInstanceOfATargetThatIsInUseAgain() throws Exception {
    member("reused", 0, OLD);
    world.ec2.failNext(Api.DELETE_TARGET, FailureKind.TARGET_IN_USE);
    sweep();
    assertThat(world.ec2.members()).hasSize(1);
    assertThat(world.ec2.targets()).hasSize(1);
    assertThat(world.telemetry.batchRetries).as("expected, not an error").isEmpty();
  }

  @Test
  void terminatesAnInstanceLaterIfOnlyItsTargetWasDeleted() throws Exception {
    TargetId target = member("unused", 0, OLD);
    world.ec2.failNext(Api.TERMINATE, FailureKind.DENIED);
    sweep();
    assertThat(world.telemetry.sweeps.getFirst().targets()).containsExactly(target);
    assertThat(world.telemetry.sweeps.getFirst().instances()).isEmpty();
    world.time.sleep(Duration.ofMinutes(10));
    sweep();
    assertThat(world.ec2.members()).isEmpty();
  }

  @Test
  void keepsATargetOfAnotherDeploymentAndItsInstance() throws Exception {
    PoolMember member = world.member("foreign", POOL, 0, OLD);
    world.ec2.add(
        new MirrorTarget(
            new TargetId("tmt-foreign"),
            member.primary(),
            new Ownership("other").slotTags(member.slot().orElseThrow())));
    sweep();
    assertThat(writes()).isEmpty();
  }

  @Test
  void marksADeletedTargetAsRefused() throws Exception {
    TargetId target = member("unused", 0, OLD);
    sweep();
    assertThat(world.memory.isRefused(target)).isTrue();
  }

  @Test
  void removesNothingInALaterSweep() throws Exception {
    TargetId target = member("unused", 0, OLD);
    sweep();
    world.time.sleep(Duration.ofMinutes(1));
    sweep();
    assertThat(writes()).containsExactly("DELETE_TARGET " + target, "TERMINATE i-unused");
  }

  // Limits

  @Test
  void removesTheOldestUpToItsLimit() throws Exception {
    world = new World(new PoolLimits(5, Duration.ofHours(1), 2, Set.of()));
    for (int i = 0; i < 5; i++) {
      member("unused-" + i, i, OLD.plusMinutes(i));
    }
    sweep();
    assertThat(world.telemetry.sweeps.getFirst().instances())
        .containsExactly(new InstanceId("i-unused-4"), new InstanceId("i-unused-3"));
    assertThat(world.telemetry.sweeps.getFirst().left()).isEqualTo(3);
    assertThat(world.telemetry.sweeps.getFirst().members()).isEqualTo(3);
  }

  @Test
  void stopsAfterFiveAttemptsPerAllowedRemoval() throws Exception {
    world = new World(new PoolLimits(5, Duration.ofHours(1), 1, Set.of()));
    for (int i = 0; i < 7; i++) {
      member("stuck-" + i, i, OLD);
    }
    world.ec2.failNext(
        Api.DELETE_TARGET, Collections.nCopies(7, FailureKind.DENIED).toArray(FailureKind[]::new));
    sweep();
    assertThat(world.ec2.calls(Api.DELETE_TARGET)).hasSize(5);
    assertThat(world.telemetry.batchRetries).hasSize(5);
    assertThat(world.telemetry.sweeps.getFirst().left()).isEqualTo(2);
  }

  @Test
  void continuesAfterAFailedRemoval() throws Exception {
    member("stuck", 0, OLD.plusMinutes(1));
    member("unused", 1, OLD);
    world.ec2.failNext(Api.DELETE_TARGET, FailureKind.DENIED);
    sweep();
    assertThat(world.ec2.members())
        .extracting(PoolMember::id)
        .containsExactly(new InstanceId("i-stuck"));
    assertThat(world.telemetry.batchRetries)
        .extracting(RecordingTelemetry.BatchRetry::cause)
        .containsExactly("sweep");
  }

  @Test
  void removesNothingWithoutTimeForACall() throws Exception {
    member("unused", 0, OLD);
    world.sweeper.sweep(world.in(Duration.ofMillis(999)));
    assertThat(writes()).isEmpty();
    assertThat(world.telemetry.sweeps.getFirst().left()).isEqualTo(1);
  }

  // Targets without a visible instance

  @ParameterizedTest
  @CsvSource({"59, 0, 1", "60, 30, 0", "900, 30, 0"})
  void deletesATargetWithoutAnInstanceAfterASecondReadIfTimeAllows(
      long seconds, long waited, int left) throws Exception {
    world.targetOf("lost", POOL, 0);
    world.sweeper.sweep(world.in(Duration.ofSeconds(seconds)));
    assertThat(world.ec2.targets()).hasSize(left);
    assertThat(Duration.between(VirtualTime.START, world.time.now()))
        .isEqualTo(Duration.ofSeconds(waited));
  }

  @Test
  void keepsATargetWhoseInstanceAppearsInTheSecondRead() throws Exception {
    world.targetOf("new", POOL, 0);
    world.pools.read(List.of(), world.later());
    world.member("new", POOL, 0, Duration.ZERO);
    sweep();
    assertThat(world.ec2.targets()).hasSize(1);
  }

  @Test
  void keepsATargetIfTheSecondReadFails() throws Exception {
    world.targetOf("lost", POOL, 0);
    world.pools.read(List.of(), world.later());
    world.ec2.failNext(Api.POOL_MEMBERS, FailureKind.THROTTLED);
    sweep();
    assertThat(world.ec2.targets()).hasSize(1);
  }

  @Test
  void deletesTheTargetOfATerminatedInstanceAtOnce() throws Exception {
    member("ended", 0, Duration.ofMinutes(1));
    PoolMember member = world.ec2.members().getFirst();
    world.ec2.add(
        new PoolMember(
            member.id(),
            InstanceState.TERMINATED,
            member.type(),
            member.pool(),
            member.slot(),
            Optional.empty(),
            member.launchedAt()));
    sweep();
    assertThat(writes()).containsExactly("DELETE_TARGET tmt-ended");
    assertThat(world.time.now()).isEqualTo(VirtualTime.START);
  }

  // Reads

  @ParameterizedTest
  @EnumSource(names = {"POOL_MEMBERS", "TARGETS", "SESSIONS_TO"})
  void removesNothingIfAReadFails(Api api) throws Exception {
    member("unused", 0, OLD);
    world.ec2.failNext(api, FailureKind.THROTTLED);
    sweep();
    assertThat(writes()).isEmpty();
    assertThat(world.telemetry.batchRetries)
        .extracting(RecordingTelemetry.BatchRetry::cause)
        .containsExactly("sweep");
    assertThat(world.telemetry.sweeps).isEmpty();
  }

  @Test
  void usesTheCachedPools() throws Exception {
    member("unused", 0, OLD);
    world.pools.read(List.of(), world.later());
    sweep();
    assertThat(world.ec2.calls(Api.POOL_MEMBERS)).hasSize(1);
    assertThat(world.ec2.members()).isEmpty();
  }

  @Test
  void makesNoCallIfSweepsAreOff() throws Exception {
    world = new World(new PoolLimits(5, Duration.ZERO, 10, Set.of()));
    member("unused", 0, OLD);
    sweep();
    assertThat(world.ec2.calls()).isEmpty();
    assertThat(world.telemetry.sweeps).isEmpty();
  }

  /** An instance of the pool with its target. */
  private TargetId member(String name, int slot, Duration age) {
    world.member(name, POOL, slot, age);
    return world.targetOf(name, POOL, slot);
  }

  private void sweep() throws Exception {
    world.sweeper.sweep(world.later());
  }

  private List<String> writes() {
    return world.ec2.calls().stream()
        .filter(call -> call.api().isWrite())
        .map(call -> call.api() + " " + call.resource())
        .toList();
  }
}
