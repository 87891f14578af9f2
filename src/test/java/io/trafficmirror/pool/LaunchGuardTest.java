package io.trafficmirror.pool;

import static io.trafficmirror.pool.PoolThings.POOL;
import static io.trafficmirror.pool.PoolThings.eni;
import static io.trafficmirror.pool.PoolThings.member;
import static io.trafficmirror.pool.PoolThings.target;
import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.harness.VirtualTime;
import io.trafficmirror.mirror.InstanceState;
import io.trafficmirror.mirror.InterfaceId;
import io.trafficmirror.mirror.MirrorTarget;
import io.trafficmirror.mirror.Pool;
import io.trafficmirror.mirror.PoolMember;
import io.trafficmirror.mirror.PoolView;
import io.trafficmirror.mirror.SubnetId;
import io.trafficmirror.port.Failure;
import io.trafficmirror.port.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LaunchGuardTest {

  private static final Pool OTHER_POOL =
      new Pool("prod", "c5.large", "ami-2", List.of("sg-1"), new SubnetId("subnet-1"));

  private final VirtualTime time = new VirtualTime();
  private final PoolMemory memory = new PoolMemory(time);
  private final LaunchGuard guard = new LaunchGuard(memory, time);

  @Test
  void allowsTheFirstLaunch() {
    assertThat(reasonToHold(Stream.of())).isEmpty();
  }

  // Launches that EC2 has refused

  @ParameterizedTest
  @CsvSource({
    // kind, seconds on hold
    "LAUNCH_LIMIT,             600",
    "IMAGE_NOT_FOUND,          600",
    "SECURITY_GROUP_NOT_FOUND, 600",
    "SUBNET_NOT_FOUND,         600",
    "TYPE_NOT_OFFERED,         600",
    "INVALID,                  600",
    "NO_CAPACITY,              30",
    "SUBNET_FULL,              30",
    "REFUSED,                  30",
    "DENIED,                   30",
  })
  void holdsLaunchesAfterARefusal(FailureKind kind, int seconds) {
    Failure refusal = new Failure(kind, "code", "message");
    memory.recordRefusedLaunch(POOL.digest(), refusal);
    assertThat(reasonToHold(Stream.of())).contains(refusal);
    time.sleep(Duration.ofSeconds(seconds).minusMillis(1));
    assertThat(reasonToHold(Stream.of())).contains(refusal);
    time.sleep(Duration.ofMillis(1));
    assertThat(reasonToHold(Stream.of())).isEmpty();
  }

  @Test
  void doesNotHoldLaunchesInAnotherPool() {
    List<PoolMember> ended = members(3, InstanceState.TERMINATED, 1).toList();
    memory.recordRefusedLaunch(
        POOL.digest(), new Failure(FailureKind.LAUNCH_LIMIT, "code", "message"));
    PoolView other = view(OTHER_POOL, ended.stream(), Set.of(), halfAnHourAgo());
    assertThat(guard.reasonToHold(other)).isEmpty();
    assertThat(reasonToHold(ended.stream())).isPresent();
  }

  // Instances that end as soon as they start

  @ParameterizedTest
  @CsvSource({
    // ended instances, minutes since their launch, on hold
    "2, 1,  false",
    "3, 1,  true",
    "3, 9,  true",
    "3, 10, false",
    "9, 60, false",
  })
  void holdsLaunchesAfterThreeRecentInstancesHaveEnded(int ended, int minutes, boolean isHeld) {
    assertThat(reasonToHold(members(ended, InstanceState.TERMINATED, minutes)).map(Failure::code))
        .isEqualTo(isHeld ? Optional.of("InstancesEndAtOnce") : Optional.empty());
  }

  @ParameterizedTest
  @EnumSource(InstanceState.class)
  void countsShuttingDownAndTerminatedInstances(InstanceState state) {
    Set<Integer> withTarget = Set.of(0, 1, 2);
    Optional<Failure> hold =
        guard.reasonToHold(view(POOL, members(3, state, 1), withTarget, Instant.MIN));
    assertThat(hold.isPresent())
        .isEqualTo(state == InstanceState.SHUTTING_DOWN || state == InstanceState.TERMINATED);
  }

  @Test
  void ignoresEndedInstancesWithAnUnknownLaunchTime() {
    assertThat(
            reasonToHold(
                IntStream.range(0, 5)
                    .mapToObj(i -> member(i, InstanceState.TERMINATED, Optional.empty()))))
        .isEmpty();
  }

  @Test
  void holdsLaunchesForTenMinutesAfterTheLaunches() {
    List<PoolMember> ended = members(3, InstanceState.TERMINATED, 0).toList();
    time.sleep(Duration.ofMinutes(10).minusMillis(1));
    assertThat(reasonToHold(ended.stream())).isPresent();
    time.sleep(Duration.ofMillis(1));
    assertThat(reasonToHold(ended.stream())).isEmpty();
  }

  // Instances that get no target

  @ParameterizedTest
  @CsvSource({
    // live instances without a target, minutes since their launch, on hold
    "3, 29, false",
    "2, 31, false",
    "3, 31, true",
    "3, 59, true",
    "3, 60, false",
  })
  void holdsLaunchesWithThreeAbandonedInstances(int left, int minutes, boolean isHeld) {
    assertThat(reasonToHold(members(left, InstanceState.RUNNING, minutes)).map(Failure::code))
        .isEqualTo(isHeld ? Optional.of("InstancesGetNoTarget") : Optional.empty());
  }

  @Test
  void holdsLaunchesForAnHourAfterTheLastLaunch() {
    List<PoolMember> left =
        Stream.concat(
                members(2, InstanceState.RUNNING, 300),
                Stream.of(member(7, InstanceState.RUNNING, VirtualTime.START)))
            .toList();
    time.sleep(Duration.ofMinutes(60).minusMillis(1));
    assertThat(reasonToHold(left.stream()).map(Failure::code)).contains("InstancesGetNoTarget");
    time.sleep(Duration.ofMillis(1));
    assertThat(reasonToHold(left.stream())).isEmpty();
  }

  @Test
  void ignoresInstancesWithATarget() {
    PoolView view =
        view(POOL, members(5, InstanceState.RUNNING, 40), Set.of(0, 1, 2), halfAnHourAgo());
    assertThat(guard.reasonToHold(view)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = InstanceState.class,
      names = {"STOPPING", "STOPPED", "SHUTTING_DOWN", "TERMINATED", "UNKNOWN"})
  void ignoresInstancesThatAreNotLive(InstanceState state) {
    assertThat(reasonToHold(members(5, state, 40))).isEmpty();
  }

  @Test
  void ignoresMissingTargetsIfThereIsNoAgeLimit() {
    PoolView view = view(POOL, members(5, InstanceState.RUNNING, 40), Set.of(), Instant.MIN);
    assertThat(guard.reasonToHold(view)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"TERMINATED, 1", "RUNNING, 40"})
  void holdsLaunchesWithAFailureThatCausesAnotherObservation(InstanceState state, int minutes) {
    assertThat(reasonToHold(members(3, state, minutes)).map(Failure::kind).map(FailureKind::scope))
        .contains(FailureKind.Scope.OBSERVE_AGAIN);
  }

  private Optional<Failure> reasonToHold(Stream<PoolMember> members) {
    return guard.reasonToHold(view(POOL, members, Set.of(), halfAnHourAgo()));
  }

  private Instant halfAnHourAgo() {
    return PoolLimits.defaults().completionCutoff(time.now());
  }

  private Stream<PoolMember> members(int count, InstanceState state, int minutesOld) {
    Instant launchedAt = time.now().minus(Duration.ofMinutes(minutesOld));
    return IntStream.range(0, count).mapToObj(i -> member(i, state, launchedAt));
  }

  private static PoolView view(
      Pool pool, Stream<PoolMember> members, Set<Integer> withTarget, Instant completionCutoff) {
    Map<InterfaceId, MirrorTarget> targets = new HashMap<>();
    withTarget.forEach(number -> targets.put(eni(number), target(number)));
    return new PoolView(
        pool, members.toList(), targets, Map.of(), Set.of(), Set.of(), Set.of(), completionCutoff);
  }
}
