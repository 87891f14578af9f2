package io.trafficmirror.pool;

import static io.trafficmirror.pool.PoolThings.OWNERSHIP;
import static io.trafficmirror.pool.PoolThings.eni;
import static io.trafficmirror.pool.PoolThings.member;
import static io.trafficmirror.pool.PoolThings.session;
import static io.trafficmirror.pool.PoolThings.target;
import static io.trafficmirror.pool.PoolThings.targetId;
import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.harness.VirtualTime;
import io.trafficmirror.mirror.InstanceState;
import io.trafficmirror.mirror.InterfaceId;
import io.trafficmirror.mirror.MirrorTarget;
import io.trafficmirror.mirror.Ownership;
import io.trafficmirror.mirror.PoolInventory;
import io.trafficmirror.mirror.PoolMember;
import io.trafficmirror.mirror.TargetId;
import io.trafficmirror.port.Answer;
import io.trafficmirror.port.Deadline;
import io.trafficmirror.port.Failure;
import io.trafficmirror.port.FailureKind;
import io.trafficmirror.port.FakeEc2;
import io.trafficmirror.port.FakeEc2.Api;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** At the start of every test EC2 has instance 1 with target 1. */
class PoolReaderTest {

  private static final PoolMember MEMBER =
      member(1, InstanceState.RUNNING, VirtualTime.START.minusSeconds(600));
  private static final PoolMember NEW_MEMBER = member(2, InstanceState.PENDING, VirtualTime.START);

  private final VirtualTime time = new VirtualTime();
  private final FakeEc2 ec2 = new FakeEc2(time);
  private final PoolMemory memory = new PoolMemory(time);
  private final PoolReader reader =
      new PoolReader(
          ec2,
          OWNERSHIP,
          new TargetList(ec2, time, Duration.ofMinutes(1)),
          memory,
          PoolLimits.defaults(),
          time);

  @BeforeEach
  void oneInstanceWithItsTarget() {
    ec2.add(MEMBER);
    ec2.add(target(1));
  }

  // When it reads

  @Test
  void returnsWhatEc2Returns() {
    PoolInventory inventory = read();
    assertThat(inventory.members()).containsExactly(MEMBER);
    assertThat(inventory.targets()).containsExactly(target(1));
    assertThat(inventory.usable()).isEqualTo(Map.of(eni(1), target(1)));
    assertThat(inventory.sources()).as("read separately").isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0,      1, 1",
    "2999,   1, 1",
    "3000,   2, 1",
    "59999,  2, 1",
    "60000,  2, 2",
  })
  void rereadsInstancesAndTargetsAtTheirMaximumAge(long millis, int members, int targets) {
    read();
    time.sleep(Duration.ofMillis(millis));
    read();
    assertReads(members, targets);
  }

  @Test
  void rereadsTargetsIfAUsedOneIsMissing() {
    read();
    ec2.add(target(2));
    assertThat(read(targetId(2)).target(targetId(2))).isPresent();
    assertReads(2, 2);
  }

  @Test
  void rereadsTargetsIfALiveInstanceHasNone() {
    read();
    time.sleep(PoolLimits.MAX_READ_AGE);
    ec2.add(NEW_MEMBER);
    ec2.add(target(2));
    assertThat(read().usable()).containsKey(eni(2));
    assertReads(2, 2);
  }

  @ParameterizedTest
  @EnumSource(
      value = InstanceState.class,
      names = {"SHUTTING_DOWN", "TERMINATED", "STOPPING", "STOPPED"})
  void doesNotRereadForAnInstanceThatIsNotLive(InstanceState state) {
    ec2.add(member(2, state, VirtualTime.START));
    read();
    read();
    assertReads(1, 1);
  }

  @Test
  void rereadsEveryTimeWhileATargetIsMissing() {
    read();
    read(targetId(2));
    read(targetId(2));
    assertThat(ec2.calls(Api.POOL_MEMBERS)).hasSize(3);
  }

  @Test
  void rereadsAfterForget() {
    read();
    reader.forget();
    read();
    assertReads(2, 1);
  }

  @Test
  void rereadsAfterARefusal() {
    read();
    time.sleep(Duration.ofSeconds(1));
    memory.markFull(targetId(1));
    time.sleep(Duration.ofMillis(1));
    read();
    assertReads(2, 1);
    time.sleep(Duration.ofSeconds(1));
    read();
    assertReads(2, 1);
  }

  @Test
  void rereadsAfterATargetWasGone() {
    read();
    time.sleep(Duration.ofSeconds(1));
    memory.markGone(targetId(1));
    assertThat(read().gone()).containsExactly(targetId(1));
    assertReads(2, 1);
  }

  // The last read

  @Test
  void knownIsEmptyBeforeTheFirstRead() {
    assertThat(reader.known()).isEmpty();
    assertThat(ec2.calls()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0, true", "29999, true", "30000, false"})
  void knownIsTheLastReadForHalfAMinute(long millis, boolean isKnown) {
    PoolInventory inventory = read();
    time.sleep(Duration.ofMillis(millis));
    assertThat(reader.known().map(PoolInventory::members))
        .isEqualTo(isKnown ? Optional.of(inventory.members()) : Optional.empty());
    assertReads(1, 1);
  }

  @Test
  void knownIsEmptyAfterForget() {
    read();
    reader.forget();
    assertThat(reader.known()).isEmpty();
  }

  // Completion with EC2's answers to writes

  @Test
  void addsAnswersToWritesThatReadsDoNotReturnYet() {
    memory.recordLaunch(NEW_MEMBER);
    memory.recordTarget(target(2));
    PoolInventory inventory = read();
    assertThat(inventory.members()).containsExactlyInAnyOrder(MEMBER, NEW_MEMBER);
    assertThat(inventory.usable()).isEqualTo(Map.of(eni(1), target(1), eni(2), target(2)));
    assertReads(1, 1);
  }

  @Test
  void addsLaterAnswersToAnEarlierRead() {
    read();
    memory.recordLaunch(NEW_MEMBER);
    memory.recordTarget(target(2));
    assertThat(reader.known().orElseThrow().usable()).containsKey(eni(2));
    assertThat(read().members()).contains(NEW_MEMBER);
    assertReads(1, 1);
  }

  @Test
  void prefersReadsToAnswersToWrites() {
    memory.recordLaunch(NEW_MEMBER);
    PoolMember running = member(2, InstanceState.RUNNING, VirtualTime.START);
    ec2.add(running);
    assertThat(read().members()).contains(running).doesNotContain(NEW_MEMBER);
  }

  @Test
  void marksTargetsThatEc2RefusedAsFull() {
    memory.markFull(targetId(1));
    PoolInventory inventory = read();
    assertThat(inventory.full()).containsExactly(targetId(1));
    assertThat(inventory.recentlyFull()).containsExactly(targetId(1));
  }

  @Test
  void combinesObservedSourcesWithThoseOfOurWrites() {
    read();
    memory.recordSession(new InterfaceId("eni-new"), targetId(1));
    assertThat(
            reader
                .withSources(List.of(session("eni-a", targetId(1)), session("eni-b", targetId(9))))
                .sources())
        .isEqualTo(
            Map.of(
                targetId(1), Set.of(new InterfaceId("eni-a"), new InterfaceId("eni-new")),
                targetId(9), Set.of(new InterfaceId("eni-b"))));
  }

  // Usable targets

  @Test
  void ourAndUnclaimedTargetsAreUsableForeignOnesAreNot() {
    ec2.add(target(2, Map.of("Name", "made by hand")));
    ec2.add(target(3, new Ownership("test").slotTags(PoolThings.slot(3))));
    ec2.add(new MirrorTarget(targetId(4), Optional.empty(), Map.of()));
    PoolInventory inventory = read();
    assertThat(inventory.targets()).hasSize(4);
    assertThat(inventory.usable().values())
        .extracting(MirrorTarget::id)
        .containsExactlyInAnyOrder(targetId(1), targetId(2));
  }

  @Test
  void setsTheCompletionCutoffToHalfTheSweepAge() {
    assertThat(read().completionCutoff())
        .isEqualTo(VirtualTime.START.minus(Duration.ofMinutes(30)));
  }

  // Unseen targets

  @Test
  void recordsSinceWhenTheInstanceOfAUsedTargetIsUnseen() {
    ec2.add(target(2));
    assertThat(read(targetId(1), targetId(2), targetId(3)).unseenSince())
        .isEqualTo(Map.of(targetId(2), VirtualTime.START, targetId(3), VirtualTime.START));
    time.sleep(Duration.ofSeconds(10));
    assertThat(read(targetId(2)).unseenSince()).containsEntry(targetId(2), VirtualTime.START);
  }

  @ParameterizedTest
  @CsvSource({
    "PENDING, false",
    "RUNNING, false",
    "STOPPED, true",
    "SHUTTING_DOWN, true",
    "TERMINATED, true",
  })
  void aTargetIsUnseenUnlessItsInstanceIsLive(InstanceState state, boolean isUnseen) {
    ec2.add(member(2, state, VirtualTime.START));
    ec2.add(target(2));
    assertThat(read(targetId(2)).unseenSince().containsKey(targetId(2))).isEqualTo(isUnseen);
  }

  @Test
  void recordsUnseenTargetsWithoutAnotherRead() {
    ec2.add(target(2));
    read();
    assertThat(read(targetId(2)).unseenSince()).containsOnlyKeys(targetId(2));
    assertReads(1, 1);
  }

  // Failures

  @ParameterizedTest
  @EnumSource(
      value = Api.class,
      names = {"POOL_MEMBERS", "TARGETS"})
  void keepsTheLastReadIfAReadFails(Api api) {
    read();
    time.sleep(Duration.ofMinutes(1));
    ec2.add(NEW_MEMBER);
    ec2.failNext(api, FailureKind.UNAVAILABLE);
    assertThat(failure(targetId(2))).isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(reader.known()).as("still the old read, which is too old").isEmpty();
    assertThat(reader.withSources(List.of()).members()).containsExactly(MEMBER);
    assertThat(reader.withSources(List.of()).unseenSince()).isEmpty();
  }

  @Test
  void failsIfTargetsAreMissingAndTheRereadFails() {
    read();
    ec2.failNext(Api.TARGETS, FailureKind.THROTTLED);
    assertThat(failure(targetId(2))).isEqualTo(FailureKind.THROTTLED);
    ec2.add(target(2));
    assertThat(read(targetId(2)).target(targetId(2))).as("the next read retries").isPresent();
  }

  private PoolInventory read(TargetId... used) {
    return switch (answer(used)) {
      case Answer.Got<PoolInventory>(PoolInventory inventory) -> inventory;
      case Answer.Failed<PoolInventory>(Failure failure) -> throw new AssertionError(failure);
    };
  }

  private FailureKind failure(TargetId... used) {
    return switch (answer(used)) {
      case Answer.Got<PoolInventory>(PoolInventory inventory) ->
          throw new AssertionError(inventory);
      case Answer.Failed<PoolInventory>(Failure failure) -> failure.kind();
    };
  }

  private Answer<PoolInventory> answer(TargetId... used) {
    return reader.read(List.of(used), new Deadline(time.now().plusSeconds(60), time));
  }

  private void assertReads(int members, int targets) {
    assertThat(ec2.calls(Api.POOL_MEMBERS)).hasSize(members);
    assertThat(ec2.calls(Api.TARGETS)).hasSize(targets);
  }
}
