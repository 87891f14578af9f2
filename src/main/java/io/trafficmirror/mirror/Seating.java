package io.trafficmirror.mirror;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Assigns sources to seats in a pool: first on the fullest target that has room, then on instances
 * that still lack their target, then on instances to be launched. Pure.
 *
 * <p>The number of launches depends on the <em>observed</em> sources, never on a refusal alone. An
 * observation may be old, but everything in it exists, and so do the sources that need seats.
 * Consumers with different observations therefore never request more slots than all their sources
 * fill. If the observation does not explain a refusal, the remaining sources wait for the next
 * observation.
 */
public final class Seating {

  /**
   * A source that needs a seat.
   *
   * @param source its interface
   * @param justifiesLaunch whether it justifies launching an instance
   */
  public record Need(InterfaceId source, boolean justifiesLaunch) {}

  /**
   * The limit on launches in a pool.
   *
   * @param atMost the maximum number of launches, 0 or more
   * @param isHeld whether launches in this pool are on hold
   */
  public record Launches(int atMost, boolean isHeld) {

    /** Launches are on hold. */
    public static final Launches HELD = new Launches(0, true);

    /** At most this many launches. */
    public static Launches upTo(int atMost) {
      return new Launches(Math.max(0, atMost), false);
    }
  }

  private static final class Place {
    private final Seat seat;
    private final int order;
    private int used;

    Place(Seat seat, int order, int used) {
      this.seat = seat;
      this.order = order;
      this.used = used;
    }
  }

  private final PoolView view;
  private final int limit;
  private final List<Place> places = new ArrayList<>();
  private final Map<InterfaceId, Seat> seats = new LinkedHashMap<>();

  private Seating(PoolView view, int limit) {
    this.view = view;
    this.limit = limit;
  }

  /**
   * Assigns a seat to each source.
   *
   * @param view the observed pool
   * @param needs the sources that need a seat, in order of priority
   * @param limit the maximum number of sources per target
   * @param launches the limit on launches
   * @return a seat, or a reason to wait, for every source
   */
  public static Map<InterfaceId, Seat> of(
      PoolView view, List<Need> needs, int limit, Launches launches) {
    Seating seating = new Seating(view, limit);
    seating.keepExistingSeats(needs);
    // A source that justifies no launch must not take room from one that would then cause a launch.
    List<Need> inOrder =
        needs.stream().sorted(Comparator.comparing(need -> !need.justifiesLaunch())).toList();
    seating.offerTargets();
    List<Need> left = seating.seat(inOrder);
    seating.offerIncompleteLaunches();
    left = seating.seat(left);
    seating.launch(left, launches);
    return seating.seats;
  }

  /**
   * A source that already uses a target needs no further room. This also applies if EC2 has just
   * refused the target as full: another consumer may have created the session since this source was
   * observed.
   */
  private void keepExistingSeats(List<Need> needs) {
    Map<InterfaceId, TargetId> current = new HashMap<>();
    view.liveTargets().keySet().stream()
        .filter(target -> !view.gone().contains(target))
        .filter(target -> !view.full().contains(target) || view.recentlyFull().contains(target))
        .sorted()
        .forEach(
            target -> view.sourcesOf(target).forEach(each -> current.putIfAbsent(each, target)));
    for (Need need : needs) {
      Optional.ofNullable(current.get(need.source()))
          .ifPresent(target -> seats.put(need.source(), new Seat.OnTarget(target)));
    }
  }

  private void offerTargets() {
    view.liveTargets()
        .forEach(
            (target, member) -> {
              if (!view.full().contains(target) && !view.gone().contains(target)) {
                Seat seat = new Seat.OnTarget(target);
                places.add(new Place(seat, order(member), view.sourcesOf(target).size()));
              }
            });
  }

  private void offerIncompleteLaunches() {
    view.incompleteLaunches()
        .forEach(member -> places.add(new Place(new Seat.OnMember(member), order(member), 0)));
  }

  private static int order(PoolMember member) {
    return member.slot().map(Slot::number).orElse(Integer.MAX_VALUE);
  }

  /** Returns the sources that get no seat. */
  private List<Need> seat(List<Need> needs) {
    List<Need> left = new ArrayList<>();
    for (Need need : needs) {
      if (seats.containsKey(need.source())) {
        continue;
      }
      Optional<Place> place = fullestWithRoom();
      if (place.isPresent()) {
        place.get().used++;
        seats.put(need.source(), place.get().seat);
      } else {
        left.add(need);
      }
    }
    return left;
  }

  private Optional<Place> fullestWithRoom() {
    return places.stream()
        .filter(place -> place.used < limit)
        .min(
            Comparator.comparingInt((Place place) -> -place.used)
                .thenComparingInt(place -> place.order));
  }

  private void launch(List<Need> left, Launches launches) {
    List<Need> justified = left.stream().filter(Need::justifiesLaunch).toList();
    if (!justified.isEmpty() && contradictsEc2()) {
      wait(left, Seat.WaitReason.POOL_NOT_SETTLED);
      return;
    }
    if (launches.isHeld()) {
      wait(justified, Seat.WaitReason.LAUNCHES_HELD);
      wait(left, Seat.WaitReason.LAUNCH_NOT_JUSTIFIED);
      return;
    }
    int wanted = (justified.size() + limit - 1) / limit;
    for (Slot slot : lowestFree(Math.min(wanted, launches.atMost()))) {
      places.add(new Place(new Seat.OnSlot(slot), slot.number(), 0));
    }
    List<Need> remaining = seat(left);
    wait(
        remaining.stream().filter(Need::justifiesLaunch).toList(),
        Seat.WaitReason.LAUNCH_BUDGET_SPENT);
    wait(remaining, Seat.WaitReason.LAUNCH_NOT_JUSTIFIED);
  }

  /**
   * Whether a recent EC2 response contradicts the observation. Either EC2 refused a target as full
   * that does not look full: the sources that fill it are not visible yet, and may be the very ones
   * that need a seat. Or EC2 reported that an observed target does not exist: it is new or just
   * deleted, and until that is clear its room is not counted.
   */
  private boolean contradictsEc2() {
    Set<TargetId> live = view.liveTargets().keySet();
    return view.gone().stream().anyMatch(live::contains)
        || view.recentlyFull().stream()
            .anyMatch(target -> live.contains(target) && view.sourcesOf(target).size() < limit);
  }

  private void wait(List<Need> needs, Seat.WaitReason why) {
    needs.forEach(need -> seats.putIfAbsent(need.source(), new Seat.Waits(why)));
  }

  private List<Slot> lowestFree(int count) {
    Set<Integer> taken = view.takenNumbers();
    List<Slot> free = new ArrayList<>();
    for (int number = 0; free.size() < count; number++) {
      if (!taken.contains(number)) {
        free.add(view.nextSlot(number));
      }
    }
    return free;
  }
}
