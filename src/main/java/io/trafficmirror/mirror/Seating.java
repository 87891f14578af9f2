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
 * Gives sources seats in a pool: on the fullest target that has room, then on instances that only
 * lack their target, then on instances to be launched. Pure.
 *
 * <p>How many are launched follows from the sources that are <em>seen</em>, never from a refusal
 * alone. What is seen may be old, but is a part of what is there, and so are the sources that ask
 * for seats; so no two consumers, whatever each of them sees, ask for more slots than all their
 * sources fill. A refusal that what is seen does not explain makes the rest wait for a later look.
 */
public final class Seating {

  /**
   * A source that needs a seat.
   *
   * @param source its interface
   * @param isWorthALaunch whether an instance may be launched on its account
   */
  public record Need(InterfaceId source, boolean isWorthALaunch) {}

  /**
   * How many instances may be launched in a pool.
   *
   * @param atMost how many, 0 or more
   * @param isHeld whether none is launched in this pool for now, whoever needs one
   */
  public record Launches(int atMost, boolean isHeld) {

    /** None for now. */
    public static final Launches HELD = new Launches(0, true);

    /** Up to this many. */
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
   * Where each source goes.
   *
   * @param view the pool as it is seen
   * @param needs who needs a seat, the first ones first
   * @param limit how many sources a target takes
   * @param launches how many instances may be launched
   * @return a seat for every source
   */
  public static Map<InterfaceId, Seat> of(
      PoolView view, List<Need> needs, int limit, Launches launches) {
    Seating seating = new Seating(view, limit);
    seating.keepOwnSeats(needs);
    // Who is not worth a launch must not take the room of somebody who then causes one.
    List<Need> inOrder =
        needs.stream().sorted(Comparator.comparing(need -> !need.isWorthALaunch())).toList();
    seating.offerTargets();
    List<Need> left = seating.seat(inOrder);
    seating.offerHalfMade();
    left = seating.seat(left);
    seating.launch(left, launches);
    return seating.seats;
  }

  /**
   * Who is seen to use a target takes no more room. That holds where the target has just been
   * called full, too: another consumer may have made the session since the source was looked at.
   */
  private void keepOwnSeats(List<Need> needs) {
    Map<InterfaceId, TargetId> own = new HashMap<>();
    view.living().keySet().stream()
        .filter(target -> !view.gone().contains(target))
        .filter(target -> !view.full().contains(target) || view.justFull().contains(target))
        .sorted()
        .forEach(target -> view.sourcesOf(target).forEach(each -> own.putIfAbsent(each, target)));
    for (Need need : needs) {
      Optional.ofNullable(own.get(need.source()))
          .ifPresent(target -> seats.put(need.source(), new Seat.OnTarget(target)));
    }
  }

  private void offerTargets() {
    view.living()
        .forEach(
            (target, member) -> {
              if (!view.full().contains(target) && !view.gone().contains(target)) {
                Seat seat = new Seat.OnTarget(target);
                places.add(new Place(seat, order(member), view.sourcesOf(target).size()));
              }
            });
  }

  private void offerHalfMade() {
    view.halfMade()
        .forEach(member -> places.add(new Place(new Seat.OnMember(member), order(member), 0)));
  }

  private static int order(PoolMember member) {
    return member.slot().map(Slot::number).orElse(Integer.MAX_VALUE);
  }

  /** Answers those that get no seat. */
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
    List<Need> worthy = left.stream().filter(Need::isWorthALaunch).toList();
    if (!worthy.isEmpty() && isUnexplained()) {
      wait(left, Seat.Why.POOL_SETTLES);
      return;
    }
    if (launches.isHeld()) {
      wait(worthy, Seat.Why.LAUNCHES_HELD);
      wait(left, Seat.Why.NOT_WORTH_A_LAUNCH);
      return;
    }
    int wanted = (worthy.size() + limit - 1) / limit;
    for (Slot slot : lowestFree(Math.min(wanted, launches.atMost()))) {
      places.add(new Place(new Seat.OnSlot(slot), slot.number(), 0));
    }
    List<Need> still = seat(left);
    wait(still.stream().filter(Need::isWorthALaunch).toList(), Seat.Why.NO_MORE_LAUNCHES);
    wait(still, Seat.Why.NOT_WORTH_A_LAUNCH);
  }

  /**
   * Whether EC2 has just called a target full that is not seen to be: then the sources that fill it
   * are not seen yet, and may be the very ones that need a seat. Or whether it has answered that
   * one does not exist which is seen: that one is new or just gone, and its room is not counted
   * meanwhile.
   */
  private boolean isUnexplained() {
    Set<TargetId> living = view.living().keySet();
    return view.gone().stream().anyMatch(living::contains)
        || view.justFull().stream()
            .anyMatch(target -> living.contains(target) && view.sourcesOf(target).size() < limit);
  }

  private void wait(List<Need> needs, Seat.Why why) {
    needs.forEach(need -> seats.putIfAbsent(need.source(), new Seat.Waits(why)));
  }

  private List<Slot> lowestFree(int count) {
    Set<Integer> taken = view.takenNumbers();
    List<Slot> free = new ArrayList<>();
    for (int number = 0; free.size() < count; number++) {
      if (!taken.contains(number)) {
        free.add(view.nextIn(number));
      }
    }
    return free;
  }
}
