package io.trafficmirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SeatingTest {

  private static final Pool POOL =
      new Pool("prod", "t3.micro", "ami-1", List.of("sg-1"), new SubnetId("subnet-1"));
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final int TEN = 10;
  private static final Seating.Launches FIVE = Seating.Launches.upTo(5);

  private final List<PoolMember> members = new ArrayList<>();
  private final Map<InterfaceId, MirrorTarget> targets = new HashMap<>();
  private final Map<TargetId, Set<InterfaceId>> sources = new HashMap<>();
  private final Set<TargetId> full = new HashSet<>();
  private final Set<TargetId> recentlyFull = new HashSet<>();
  private final Set<TargetId> gone = new HashSet<>();

  @Test
  void launchesAsManyInstancesAsTheSourcesFill() {
    Map<InterfaceId, Seat> seats = Seating.of(view(), needs(1, 35), TEN, FIVE);
    assertThat(slots(seats)).containsExactly(0, 1, 2, 3);
    assertThat(seats)
        .hasSize(35)
        .allSatisfy((s, seat) -> assertThat(seat).isInstanceOf(Seat.OnSlot.class));
  }

  @Test
  void fillsTheFullestTargetWithRoomFirst() {
    liveTarget(0, 3);
    liveTarget(1, 9);
    Map<InterfaceId, Seat> seats = Seating.of(view(), needs(1, 2), TEN, FIVE);
    assertThat(seats.values()).containsExactly(on(1), on(0));
  }

  @Test
  void launchesNoMoreThanAllowed() {
    Map<InterfaceId, Seat> seats = Seating.of(view(), needs(1, 35), TEN, Seating.Launches.upTo(2));
    assertThat(slots(seats)).containsExactly(0, 1);
    assertThat(waiting(seats, Seat.WaitReason.LAUNCH_BUDGET_SPENT)).isEqualTo(15);
  }

  @Test
  void launchesIntoTheLowestFreeSlotsAndReusesEndedOnes() {
    liveTarget(0, 10);
    member(1, 2, InstanceState.TERMINATED);
    member(2, 0, InstanceState.STOPPED);
    Map<InterfaceId, Seat> seats = Seating.of(view(), needs(1, 11), TEN, FIVE);
    assertThat(seats.values())
        .contains(
            new Seat.OnSlot(new Slot(POOL.digest(), 1, 3)),
            new Seat.OnSlot(new Slot(POOL.digest(), 3, 0)));
  }

  @Test
  void completesAnInstanceWithoutATargetBeforeLaunching() {
    PoolMember incomplete = member(0, 0, InstanceState.PENDING);
    Map<InterfaceId, Seat> seats = Seating.of(view(), needs(1, 3), TEN, FIVE);
    assertThat(seats.values()).containsOnly(new Seat.OnMember(incomplete));
  }

  @Test
  void leavesAnOldInstanceWithoutATargetToTheSweep() {
    members.add(pooled(0, 0, InstanceState.RUNNING, NOW.minus(Duration.ofMinutes(4))));
    Map<InterfaceId, Seat> seats = Seating.of(view(), needs(1, 3), TEN, FIVE);
    assertThat(slots(seats)).containsExactly(1);
  }

  @Test
  void waitsAfterARecentRefusalThatObservedSourcesDoNotExplain() {
    TargetId target = liveTarget(0, 4);
    full.add(target);
    recentlyFull.add(target);
    Map<InterfaceId, Seat> seats = Seating.of(view(), needs(1, 3), TEN, FIVE);
    assertThat(waiting(seats, Seat.WaitReason.POOL_NOT_SETTLED)).isEqualTo(3);
  }

  @Test
  void launchesAfterARecentRefusalThatObservedSourcesExplain() {
    TargetId target = liveTarget(0, 10);
    full.add(target);
    recentlyFull.add(target);
    assertThat(slots(Seating.of(view(), needs(1, 3), TEN, FIVE))).containsExactly(1);
  }

  @Test
  void launchesOnceARefusalIsNoLongerRecent() {
    full.add(liveTarget(0, 4));
    Map<InterfaceId, Seat> seats = Seating.of(view(), needs(1, 3), TEN, FIVE);
    assertThat(slots(seats)).containsExactly(1);
    assertThat(seats.values()).doesNotContain(on(0));
  }

  /** Another consumer may have created its session since it was observed. */
  @Test
  void aSourceKeepsItsSeatOnARecentlyFullTarget() {
    TargetId target = liveTarget(0, 10);
    full.add(target);
    recentlyFull.add(target);
    InterfaceId user = source(10_000);
    List<Seating.Need> needs = List.of(new Seating.Need(user, true));
    assertThat(Seating.of(view(), needs, TEN, FIVE)).containsEntry(user, on(0));
    recentlyFull.clear();
    assertThat(slots(Seating.of(view(), needs, TEN, FIVE))).containsExactly(1);
  }

  @Test
  void ignoresRefusalsOfTargetsThatAreNotLive() {
    recentlyFull.add(new TargetId("tmt-of-another-pool"));
    assertThat(slots(Seating.of(view(), needs(1, 3), TEN, FIVE))).containsExactly(0);
  }

  @Test
  void fillsExistingRoomOnlyWhileLaunchesAreHeld() {
    liveTarget(0, 9);
    PoolMember incomplete = member(1, 0, InstanceState.RUNNING);
    Map<InterfaceId, Seat> seats = Seating.of(view(), needs(1, 12), TEN, Seating.Launches.HELD);
    assertThat(seats.values()).contains(on(0), new Seat.OnMember(incomplete));
    assertThat(slots(seats)).isEmpty();
    assertThat(waiting(seats, Seat.WaitReason.LAUNCHES_HELD)).isEqualTo(1);
  }

  @Test
  void aSourceThatJustifiesNoLaunchDoesNotWaitForHeldLaunches() {
    List<Seating.Need> needs =
        List.of(new Seating.Need(source(1), false), new Seating.Need(source(2), true));
    Map<InterfaceId, Seat> seats = Seating.of(view(), needs, TEN, Seating.Launches.HELD);
    assertThat(seats)
        .containsEntry(source(1), new Seat.Waits(Seat.WaitReason.LAUNCH_NOT_JUSTIFIED))
        .containsEntry(source(2), new Seat.Waits(Seat.WaitReason.LAUNCHES_HELD));
  }

  @Test
  void aSourceThatJustifiesNoLaunchSharesAnothersLaunch() {
    List<Seating.Need> needs =
        List.of(new Seating.Need(source(1), false), new Seating.Need(source(2), true));
    Map<InterfaceId, Seat> seats = Seating.of(view(), needs, TEN, FIVE);
    assertThat(seats.values()).containsOnly(new Seat.OnSlot(new Slot(POOL.digest(), 0, 0)));
  }

  @Test
  void launchesNothingIfTheLimitIsZeroOrLess() {
    assertThat(Seating.Launches.upTo(-1)).isEqualTo(Seating.Launches.upTo(0));
    Map<InterfaceId, Seat> seats = Seating.of(view(), needs(1, 3), TEN, Seating.Launches.upTo(0));
    assertThat(waiting(seats, Seat.WaitReason.LAUNCH_BUDGET_SPENT)).isEqualTo(3);
  }

  @Test
  void aSourceKeepsTheTargetThatItAlreadyUses() {
    liveTarget(0, 10);
    InterfaceId user = source(10_000);
    Map<InterfaceId, Seat> seats =
        Seating.of(view(), List.of(new Seating.Need(user, true)), TEN, FIVE);
    assertThat(seats).containsExactly(Map.entry(user, on(0)));
  }

  @Test
  void sourcesThatJustifyALaunchGetExistingRoomFirst() {
    liveTarget(0, 9);
    List<Seating.Need> needs =
        List.of(new Seating.Need(source(1), false), new Seating.Need(source(2), true));
    Map<InterfaceId, Seat> seats = Seating.of(view(), needs, TEN, FIVE);
    assertThat(seats)
        .containsEntry(source(2), on(0))
        .containsEntry(source(1), new Seat.Waits(Seat.WaitReason.LAUNCH_NOT_JUSTIFIED));
  }

  @Test
  void waitsWhileEc2ReportsAnObservedTargetAsGone() {
    gone.add(liveTarget(0, 0));
    Map<InterfaceId, Seat> seats = Seating.of(view(), needs(1, 3), TEN, FIVE);
    assertThat(waiting(seats, Seat.WaitReason.POOL_NOT_SETTLED)).isEqualTo(3);
  }

  @Test
  void separatesIncompleteFromAbandonedLaunches() {
    liveTarget(0, 0);
    member(1, 0, InstanceState.RUNNING);
    member(2, 0, InstanceState.TERMINATED);
    PoolMember old = pooled(3, 0, InstanceState.RUNNING, NOW.minus(Duration.ofMinutes(3)));
    members.add(old);
    assertThat(view().abandonedLaunches()).containsExactly(old);
    assertThat(view().incompleteLaunches()).containsExactly(members.get(1));
  }

  /** For any partial observation, no slot is planned beyond those that all sources fill. */
  @Property
  void noPartialObservationLaunchesMoreThanAllSourcesFill(
      @ForAll @IntRange(min = 0, max = 60) int mirrored,
      @ForAll @IntRange(min = 1, max = 40) int fresh,
      @ForAll java.util.Random random) {
    // jqwik uses one instance of this class for all tries.
    List.of(members, targets.values(), sources.keySet(), full, recentlyFull, gone)
        .forEach(Collection::clear);
    int limit = 1 + random.nextInt(10);
    int existing = (mirrored + limit - 1) / limit;
    for (int number = 0; number < existing; number++) {
      if (random.nextBoolean()) {
        TargetId target = liveTarget(number, 0);
        if (random.nextInt(20) == 0) {
          gone.add(target);
        }
        if (random.nextInt(20) == 0) {
          full.add(target);
          recentlyFull.add(target);
        }
      }
    }
    List<Seating.Need> needs = new ArrayList<>(needs(1_000, fresh));
    for (int i = 0; i < mirrored; i++) {
      TargetId target = target(i / limit);
      if (sources.containsKey(target) && random.nextBoolean()) {
        sources.get(target).add(source(i));
      } else if (random.nextBoolean()) {
        needs.add(new Seating.Need(source(i), true));
      }
    }
    Map<InterfaceId, Seat> seats =
        Seating.of(view(), needs, limit, Seating.Launches.upTo(Integer.MAX_VALUE));
    int bound = (mirrored + fresh + limit - 1) / limit;
    assertThat(slots(seats)).allMatch(number -> number < bound);
  }

  private PoolView view() {
    return new PoolView(
        POOL,
        members,
        targets,
        sources,
        full,
        recentlyFull,
        gone,
        NOW.minus(Duration.ofMinutes(3)));
  }

  private TargetId liveTarget(int number, int used) {
    PoolMember member = member(number, 0, InstanceState.RUNNING);
    TargetId target = target(number);
    targets.put(
        member.primary().orElseThrow(), new MirrorTarget(target, member.primary(), Map.of()));
    Set<InterfaceId> users = new HashSet<>();
    IntStream.range(0, used).forEach(i -> users.add(source(10_000 + 100 * number + i)));
    sources.put(target, users);
    return target;
  }

  private PoolMember member(int number, int generation, InstanceState state) {
    PoolMember member = pooled(number, generation, state, NOW);
    members.add(member);
    return member;
  }

  private static PoolMember pooled(
      int number, int generation, InstanceState state, Instant launchedAt) {
    return new PoolMember(
        new InstanceId("i-" + number + "-" + generation),
        state,
        POOL.instanceType(),
        POOL.digest(),
        Optional.of(new Slot(POOL.digest(), number, generation)),
        Optional.of(new InterfaceId("eni-" + number + "-" + generation)),
        Optional.of(launchedAt));
  }

  private static TargetId target(int number) {
    return new TargetId("tmt-" + number);
  }

  private static InterfaceId source(int number) {
    return new InterfaceId("eni-source-" + number);
  }

  private static List<Seating.Need> needs(int first, int count) {
    return IntStream.range(first, first + count)
        .mapToObj(number -> new Seating.Need(source(number), true))
        .toList();
  }

  private static Seat on(int number) {
    return new Seat.OnTarget(target(number));
  }

  private static Set<Integer> slots(Map<InterfaceId, Seat> seats) {
    Set<Integer> numbers = new TreeSet<>();
    for (Seat seat : seats.values()) {
      if (seat instanceof Seat.OnSlot(Slot slot)) {
        numbers.add(slot.number());
      }
    }
    return numbers;
  }

  private static long waiting(Map<InterfaceId, Seat> seats, Seat.WaitReason why) {
    return seats.values().stream().filter(new Seat.Waits(why)::equals).count();
  }
}
