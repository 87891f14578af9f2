package io.trafficmirror.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.harness.VirtualTime;
import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.InstanceState;
import io.trafficmirror.mirror.InterfaceId;
import io.trafficmirror.mirror.MirrorTarget;
import io.trafficmirror.mirror.Pool;
import io.trafficmirror.mirror.PoolInventory;
import io.trafficmirror.mirror.PoolMember;
import io.trafficmirror.mirror.Slot;
import io.trafficmirror.mirror.SubnetId;
import io.trafficmirror.mirror.TargetId;
import io.trafficmirror.port.Failure;
import io.trafficmirror.port.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PoolMemoryTest {

  private static final Pool POOL =
      new Pool("prod", "t3.micro", "ami-1", List.of("sg-1"), new SubnetId("subnet-1"));
  private static final TargetId TARGET = new TargetId("tmt-1");
  private static final InterfaceId ENI = new InterfaceId("eni-target");
  private static final PoolMember MEMBER =
      new PoolMember(
          new InstanceId("i-1"),
          InstanceState.RUNNING,
          "t3.micro",
          POOL.digest(),
          Optional.of(new Slot(POOL.digest(), 0, 0)),
          Optional.of(ENI),
          Optional.of(VirtualTime.START));

  private final VirtualTime time = new VirtualTime();
  private final PoolMemory memory = new PoolMemory(time);

  @Test
  void addsRecordedAnswersToReadsForALimitedTime() {
    memory.recordLaunch(MEMBER);
    memory.recordTarget(new MirrorTarget(TARGET, Optional.of(ENI), Map.of()));
    memory.recordSession(new InterfaceId("eni-1"), TARGET);
    assertThat(memory.completeMembers(List.of())).containsExactly(MEMBER);
    assertThat(memory.completeTargets(List.of())).extracting(MirrorTarget::id).contains(TARGET);
    assertThat(memory.completeSources(Map.of()))
        .containsEntry(TARGET, Set.of(new InterfaceId("eni-1")));
    time.sleep(Duration.ofMinutes(2));
    assertThat(memory.completeMembers(List.of())).isEmpty();
    assertThat(memory.completeTargets(List.of())).isEmpty();
    assertThat(memory.completeSources(Map.of())).isEmpty();
  }

  @Test
  void prefersReadsToRecordedAnswers() {
    memory.recordLaunch(MEMBER);
    PoolMember stopped =
        new PoolMember(
            MEMBER.id(),
            InstanceState.STOPPED,
            MEMBER.type(),
            MEMBER.pool(),
            MEMBER.slot(),
            MEMBER.primary(),
            MEMBER.launchedAt());
    assertThat(memory.completeMembers(List.of(stopped))).containsExactly(stopped);
  }

  @Test
  void avoidsAFullTargetForAMinute() {
    memory.markFull(TARGET);
    time.sleep(PoolLimits.REFUSED_TARGET_AGE.minusMillis(1));
    assertThat(memory.isRefused(TARGET)).isTrue();
    assertThat(memory.full()).containsExactly(TARGET);
    time.sleep(Duration.ofMillis(1));
    assertThat(memory.isRefused(TARGET)).isFalse();
    assertThat(memory.full()).isEmpty();
  }

  @Test
  void aTargetIsRecentlyFullForTheSettlingTime() {
    memory.markFull(TARGET);
    assertThat(memory.recentlyFull()).containsExactly(TARGET);
    time.sleep(PoolInventory.SETTLING_TIME);
    assertThat(memory.recentlyFull()).isEmpty();
    assertThat(memory.full()).as("still avoided").containsExactly(TARGET);
  }

  @Test
  void anotherRefusalDoesNotExtendRecentlyFull() {
    memory.markFull(TARGET);
    time.sleep(PoolInventory.SETTLING_TIME.minusSeconds(1));
    memory.markFull(TARGET);
    time.sleep(Duration.ofSeconds(1));
    assertThat(memory.recentlyFull()).isEmpty();
  }

  @Test
  void avoidsAnUnknownTargetBriefly() {
    memory.markGone(TARGET);
    assertThat(memory.isRefused(TARGET)).isTrue();
    assertThat(memory.gone()).containsExactly(TARGET);
    time.sleep(PoolLimits.MAX_READ_AGE);
    assertThat(memory.isRefused(TARGET)).isFalse();
    assertThat(memory.gone()).isEmpty();
  }

  @Test
  void aCreatedTargetIsNoLongerGone() {
    memory.markGone(TARGET);
    memory.recordTarget(new MirrorTarget(TARGET, Optional.of(ENI), Map.of()));
    assertThat(memory.isRefused(TARGET)).isFalse();
  }

  @Test
  void aDeletedTargetIsNotAddedToReads() {
    memory.recordTarget(new MirrorTarget(TARGET, Optional.of(ENI), Map.of()));
    memory.recordDeletion(TARGET);
    assertThat(memory.completeTargets(List.of())).isEmpty();
    assertThat(memory.isRefused(TARGET)).isTrue();
  }

  @Test
  void remembersTheTimeOfTheLastRefusal() {
    assertThat(memory.refusedAt()).isEqualTo(Instant.MIN);
    memory.markFull(TARGET);
    assertThat(memory.refusedAt()).isEqualTo(time.now());
    time.sleep(Duration.ofSeconds(5));
    memory.markGone(TARGET);
    assertThat(memory.refusedAt()).isEqualTo(time.now());
  }

  @Test
  void remembersTerminalLaunchFailuresForLonger() {
    memory.recordRefusedLaunch("a", new Failure(FailureKind.IMAGE_NOT_FOUND, "code", "text"));
    memory.recordRefusedLaunch("b", new Failure(FailureKind.NO_CAPACITY, "code", "text"));
    time.sleep(PoolInventory.SETTLING_TIME.minusMillis(1));
    assertThat(memory.refusedLaunch("b")).isPresent();
    time.sleep(Duration.ofMillis(1));
    assertThat(memory.refusedLaunch("b")).isEmpty();
    assertThat(memory.refusedLaunch("a")).isPresent();
    time.sleep(PoolLimits.MEMORY.minus(PoolInventory.SETTLING_TIME));
    assertThat(memory.refusedLaunch("a")).isEmpty();
  }

  @Test
  void skipsEndedGenerationsOfASlot() {
    Slot first = new Slot(POOL.digest(), 0, 0);
    assertThat(memory.afterEndedGenerations(first)).isEqualTo(first);
    memory.recordEnded(first);
    assertThat(memory.afterEndedGenerations(first)).isEqualTo(first.next());
    memory.recordEnded(first.next());
    assertThat(memory.afterEndedGenerations(first)).isEqualTo(first.next().next());
    assertThat(memory.afterEndedGenerations(new Slot(POOL.digest(), 0, 7)))
        .as("EC2 returned a later generation")
        .isEqualTo(new Slot(POOL.digest(), 0, 7));
    Slot elsewhere = new Slot(POOL.digest(), 1, 0);
    assertThat(memory.afterEndedGenerations(elsewhere)).isEqualTo(elsewhere);
    time.sleep(PoolLimits.MEMORY);
    assertThat(memory.afterEndedGenerations(first)).isEqualTo(first);
  }

  @Test
  void aTokenMismatchIsLastingAfterTheSettlingTime() {
    Slot slot = new Slot(POOL.digest(), 0, 0);
    assertThat(memory.isLastingMismatch(slot)).isFalse();
    memory.recordMismatch(slot);
    assertThat(memory.isLastingMismatch(slot)).isFalse();
    time.sleep(PoolInventory.SETTLING_TIME);
    memory.recordMismatch(slot);
    assertThat(memory.isLastingMismatch(slot)).isTrue();
  }

  @Test
  void remembersSinceWhenATargetIsUnseen() {
    memory.recordUnseen(TARGET);
    time.sleep(Duration.ofSeconds(20));
    memory.recordUnseen(TARGET);
    assertThat(memory.unseenSince()).isEqualTo(Map.of(TARGET, VirtualTime.START));
    time.sleep(PoolLimits.MEMORY.minusSeconds(20));
    assertThat(memory.unseenSince()).isEmpty();
  }
}
