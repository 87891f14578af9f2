package io.trafficmirror.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.mirror.FilterId;
import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.InstanceState;
import io.trafficmirror.mirror.InterfaceId;
import io.trafficmirror.mirror.MirrorTarget;
import io.trafficmirror.mirror.Pool;
import io.trafficmirror.mirror.PoolMember;
import io.trafficmirror.mirror.PoolView;
import io.trafficmirror.mirror.Seating;
import io.trafficmirror.mirror.Session;
import io.trafficmirror.mirror.SessionId;
import io.trafficmirror.mirror.Slot;
import io.trafficmirror.mirror.SubnetId;
import io.trafficmirror.mirror.TargetId;
import io.trafficmirror.port.Failure;
import io.trafficmirror.port.FailureKind;
import io.trafficmirror.port.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
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
  void whatEc2AnsweredCompletesWhatItShowsForAWhile() throws Exception {
    memory.launched(MEMBER);
    memory.made(new MirrorTarget(TARGET, Optional.of(ENI), Map.of()));
    memory.seated(new InterfaceId("eni-1"), TARGET);
    assertThat(memory.complete(List.of())).containsExactly(MEMBER);
    assertThat(memory.completeTargets(List.of())).extracting(MirrorTarget::id).contains(TARGET);
    assertThat(memory.complete(Map.of())).containsEntry(TARGET, Set.of(new InterfaceId("eni-1")));
    time.sleep(Duration.ofMinutes(2));
    assertThat(memory.complete(List.of())).isEmpty();
    assertThat(memory.completeTargets(List.of())).isEmpty();
    assertThat(memory.complete(Map.of())).isEmpty();
  }

  @Test
  void whatEc2ShowsOfAnInstanceCountsMoreThanWhatItAnsweredBefore() {
    memory.launched(MEMBER);
    PoolMember stopped =
        new PoolMember(
            MEMBER.id(),
            InstanceState.STOPPED,
            MEMBER.type(),
            MEMBER.pool(),
            MEMBER.slot(),
            MEMBER.primary(),
            MEMBER.launchedAt());
    assertThat(memory.complete(List.of(stopped))).containsExactly(stopped);
  }

  @Test
  void aTargetThatEc2RefusedIsAskedForAgainAfterAWhile() throws Exception {
    memory.isFull(TARGET);
    assertThat(memory.isRefused(TARGET)).isTrue();
    time.sleep(PoolLimits.REFUSED_TARGET_AGE);
    assertThat(memory.isRefused(TARGET)).isFalse();
  }

  @Test
  void aTargetThatIsFullWithAsManyAsTheListSaysConfirmsTheList() {
    assertThat(memory.limitOf("t3.micro")).isEqualTo(new Seating.Limit(10, false));
    memory.isFull(TARGET);
    memory.learn(view(), sessions(10));
    assertThat(memory.limitOf("t3.micro")).isEqualTo(new Seating.Limit(10, true));
  }

  @Test
  void aTargetWithMoreSourcesThanTheListSaysRaisesTheLimit() {
    memory.learn(view(), sessions(11));
    assertThat(memory.limitOf("t3.micro")).isEqualTo(new Seating.Limit(100, false));
    memory.learn(view(), sessions(101));
    assertThat(memory.limitOf("t3.micro")).isEqualTo(new Seating.Limit(202, false));
  }

  @Test
  void aTargetThatIsFullWithFewerIsBelievedWhenWhatIsSeenHasHadTimeToSettle() throws Exception {
    memory.isFull(TARGET);
    memory.learn(view(), sessions(4));
    assertThat(memory.limitOf("t3.micro")).isEqualTo(new Seating.Limit(10, false));
    time.sleep(PoolLimits.SETTLING_TIME);
    memory.learn(view(), sessions(4));
    assertThat(memory.limitOf("t3.micro")).isEqualTo(new Seating.Limit(4, true));
  }

  @Test
  void aTargetThatSourcesHaveLeftSinceItWasFullHasRoomAgainAndTakesAsManyAsBefore()
      throws Exception {
    memory.isFull(TARGET);
    memory.learn(view(), sessions(10));
    time.sleep(PoolLimits.SETTLING_TIME);
    memory.learn(view(), sessions(7));
    assertThat(memory.limitOf("t3.micro")).isEqualTo(new Seating.Limit(10, true));
    assertThat(memory.isRefused(TARGET)).isFalse();
  }

  @Test
  void aLaunchThatCanNeverSucceedIsRememberedForLongerThanOneThatMay() throws Exception {
    memory.launchRefused("a", new Failure(FailureKind.IMAGE_NOT_FOUND, "code", "text"));
    memory.launchRefused("b", new Failure(FailureKind.NO_CAPACITY, "code", "text"));
    assertThat(memory.refusedLaunch("b")).isPresent();
    time.sleep(PoolLimits.FAILED_LAUNCH_AGE);
    assertThat(memory.refusedLaunch("b")).isEmpty();
    assertThat(memory.refusedLaunch("a")).isPresent();
    time.sleep(PoolLimits.REFUSED_LAUNCH_AGE);
    assertThat(memory.refusedLaunch("a")).isEmpty();
  }

  private static PoolView view() {
    return new PoolView(
        POOL,
        List.of(MEMBER),
        Map.of(ENI, new MirrorTarget(TARGET, Optional.of(ENI), Map.of())),
        Map.of(),
        Set.of(),
        Set.of(),
        Instant.MIN);
  }

  private static List<Session> sessions(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                new Session(
                    new SessionId("tms-" + i),
                    new InterfaceId("eni-" + i),
                    TARGET,
                    new FilterId("tmf-1"),
                    100,
                    Map.of()))
        .toList();
  }
}
