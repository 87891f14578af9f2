package io.trafficmirror.reconcile;

import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.InstanceTypes;
import io.trafficmirror.mirror.InterfaceId;
import io.trafficmirror.mirror.MirrorTarget;
import io.trafficmirror.mirror.PoolMember;
import io.trafficmirror.mirror.PoolView;
import io.trafficmirror.mirror.Seating;
import io.trafficmirror.mirror.Session;
import io.trafficmirror.mirror.Slot;
import io.trafficmirror.mirror.TargetId;
import io.trafficmirror.port.Failure;
import io.trafficmirror.port.FailureKind;
import io.trafficmirror.port.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What EC2 has answered about pools lately, in this environment: it completes what EC2 shows, which
 * may be some seconds old, and keeps the same question from being asked again and again. To forget
 * all of it costs calls and nothing else. For one thread.
 */
final class PoolMemory {

  private record Timed<T>(T value, Instant at) {}

  private final Map<InstanceId, Timed<PoolMember>> members = new HashMap<>();
  private final Map<TargetId, Timed<MirrorTarget>> targets = new HashMap<>();
  private final Map<InterfaceId, Timed<TargetId>> seats = new HashMap<>();
  private final Map<TargetId, Timed<Instant>> full = new HashMap<>();
  private final Map<TargetId, Timed<TargetId>> gone = new HashMap<>();
  private final Map<String, Timed<Seating.Limit>> limits = new HashMap<>();
  private final Map<String, Timed<Failure>> refusedLaunches = new HashMap<>();
  private final Map<TargetId, Timed<TargetId>> unseen = new HashMap<>();
  private final Map<Slot, Timed<Slot>> mismatches = new HashMap<>();
  private final Map<Slot, Timed<Slot>> ended = new HashMap<>();
  private final Time time;
  private Instant refusedAt = Instant.MIN;

  PoolMemory(Time time) {
    this.time = time;
  }

  void launched(PoolMember member) {
    members.put(member.id(), now(member));
  }

  void made(MirrorTarget target) {
    targets.put(target.id(), now(target));
    gone.remove(target.id());
  }

  void deleted(TargetId target) {
    targets.remove(target);
    gone.put(target, now(target));
  }

  /** A session of the source goes to the target now. */
  void seated(InterfaceId source, TargetId target) {
    seats.put(source, now(target));
  }

  /** EC2 has refused the target because it is full. */
  void isFull(TargetId target) {
    refusedAt = time.now();
    Instant since =
        fresh(full, target, PoolLimits.REFUSED_TARGET_AGE).map(Timed::value).orElse(time.now());
    full.put(target, now(since));
  }

  /** EC2 has said that the target is not there. */
  void isGone(TargetId target) {
    refusedAt = time.now();
    deleted(target);
  }

  /** When EC2 last refused a target that was seen to be usable. */
  Instant refusedAt() {
    return refusedAt;
  }

  /** Whether it is needless to ask for a session to the target now. */
  boolean isRefused(TargetId target) {
    return fresh(full, target, PoolLimits.REFUSED_TARGET_AGE).isPresent()
        || fresh(gone, target, PoolLimits.GONE_TARGET_AGE).isPresent();
  }

  Set<TargetId> full() {
    return allFresh(full, PoolLimits.REFUSED_TARGET_AGE);
  }

  Set<TargetId> gone() {
    return allFresh(gone, PoolLimits.GONE_TARGET_AGE);
  }

  /** Whether EC2 has called the target full for so long that everybody who uses it is seen. */
  private boolean isFullForLong(TargetId target) {
    return fresh(full, target, PoolLimits.REFUSED_TARGET_AGE)
        .filter(since -> isOlder(since.value(), PoolLimits.SETTLING_TIME))
        .isPresent();
  }

  /** What EC2 shows, and what it has answered but may not show yet. */
  List<PoolMember> complete(List<PoolMember> shown) {
    Map<InstanceId, PoolMember> all = new LinkedHashMap<>();
    values(members, PoolLimits.OWN_ANSWERS_AGE).forEach(member -> all.put(member.id(), member));
    shown.forEach(member -> all.put(member.id(), member));
    return List.copyOf(all.values());
  }

  /** What EC2 shows, and what it has answered but may not show yet. */
  List<MirrorTarget> completeTargets(List<MirrorTarget> shown) {
    Map<TargetId, MirrorTarget> all = new LinkedHashMap<>();
    // A list of targets may be as old as it is kept, so they are remembered for longer.
    values(targets, PoolLimits.REFUSED_TARGET_AGE.plus(PoolLimits.OWN_ANSWERS_AGE))
        .forEach(target -> all.put(target.id(), target));
    shown.forEach(target -> all.put(target.id(), target));
    return List.copyOf(all.values());
  }

  /** Who is seen to use each target, and who was given a seat on it. */
  Map<TargetId, Set<InterfaceId>> complete(Map<TargetId, Set<InterfaceId>> shown) {
    Map<TargetId, Set<InterfaceId>> all = new HashMap<>();
    shown.forEach((target, sources) -> all.put(target, new HashSet<>(sources)));
    seats.values().removeIf(seat -> isOlder(seat.at(), PoolLimits.OWN_ANSWERS_AGE));
    seats.forEach(
        (source, seat) -> all.computeIfAbsent(seat.value(), target -> new HashSet<>()).add(source));
    return all;
  }

  /** How many sources a target takes whose instance has that type. */
  Seating.Limit limitOf(String type) {
    return fresh(limits, type, PoolLimits.LEARNED_LIMIT_AGE)
        .map(Timed::value)
        .orElse(new Seating.Limit(InstanceTypes.maximumSources(type), false));
  }

  /**
   * Learns from one answer of EC2 how many sources a target takes: a target that has more than was
   * known takes more, and one that EC2 has called full takes no more than it has. What EC2 has said
   * of the type counts for longer than what it has said of one target, whose sources may leave it.
   */
  void learn(PoolView view, List<Session> shown) {
    Map<TargetId, Set<InterfaceId>> sources = new HashMap<>();
    for (Session session : shown) {
      sources.computeIfAbsent(session.target(), target -> new HashSet<>()).add(session.source());
    }
    view.living()
        .forEach(
            (target, member) ->
                learn(target, member.type(), sources.getOrDefault(target, Set.of()).size()));
  }

  private void learn(TargetId target, String type, int count) {
    Seating.Limit known = limitOf(type);
    boolean calledFull = full().contains(target);
    if (count > known.sources()) {
      int next = count < InstanceTypes.LARGE_LIMIT ? InstanceTypes.LARGE_LIMIT : 2 * count;
      limits.put(type, now(new Seating.Limit(next, false)));
    } else if (calledFull && count == known.sources() && !known.isConfirmed()) {
      limits.put(type, now(new Seating.Limit(count, true)));
    } else if (count < known.sources() && isFullForLong(target)) {
      if (known.isConfirmed()) {
        // EC2 has taken more than that on such a target: so some have left this one since.
        full.remove(target);
      } else if (count > 0) {
        limits.put(type, now(new Seating.Limit(count, true)));
      }
    }
  }

  /** Why a launch in the pool is not to be asked for now. */
  Optional<Failure> refusedLaunch(String pool) {
    return fresh(refusedLaunches, pool, PoolLimits.REFUSED_LAUNCH_AGE)
        .filter(
            refusal ->
                isForLong(refusal.value()) || !isOlder(refusal.at(), PoolLimits.FAILED_LAUNCH_AGE))
        .map(Timed::value);
  }

  void launchRefused(String pool, Failure failure) {
    refusedLaunches.put(pool, now(failure));
  }

  private static boolean isForLong(Failure failure) {
    return failure.kind().scope() == FailureKind.Scope.TERMINAL;
  }

  /** Whether the slot's token has been known for a while to stand for another request. */
  boolean isMismatchForLong(Slot slot) {
    Timed<Slot> first = mismatches.computeIfAbsent(slot, this::now);
    return isOlder(first.at(), PoolLimits.SETTLING_TIME);
  }

  /** The slot's token is spent: what it stands for will never be a target again. */
  void ended(Slot slot) {
    ended.put(place(slot), now(slot));
  }

  /**
   * The slot itself, or the one after all generations of its place that are remembered to have
   * ended. EC2 knows a token for longer than it shows what was launched with it, so a place that
   * was often used is worked through over several looks.
   */
  Slot afterEnded(Slot slot) {
    return fresh(ended, place(slot), PoolLimits.ENDED_SLOT_AGE)
        .map(last -> last.value().next())
        .filter(next -> next.generation() > slot.generation())
        .orElse(slot);
  }

  private static Slot place(Slot slot) {
    return new Slot(slot.pool(), slot.number(), 0);
  }

  /**
   * Whether a session's target has been looked for in vain for so long that it is taken for dead.
   */
  boolean isUnseenForLong(TargetId target) {
    unseen.values().removeIf(first -> isOlder(first.at(), PoolLimits.UNSEEN_AGE));
    Timed<TargetId> first = unseen.computeIfAbsent(target, this::now);
    return isOlder(first.at(), PoolLimits.SETTLING_TIME);
  }

  private <T> Timed<T> now(T value) {
    return new Timed<>(value, time.now());
  }

  private boolean isOlder(Instant at, Duration age) {
    return Duration.between(at, time.now()).compareTo(age) >= 0;
  }

  private <K, T> Optional<Timed<T>> fresh(Map<K, Timed<T>> all, K key, Duration age) {
    return Optional.ofNullable(all.get(key)).filter(value -> !isOlder(value.at(), age));
  }

  private <K, T> Set<K> allFresh(Map<K, Timed<T>> all, Duration age) {
    all.values().removeIf(value -> isOlder(value.at(), age));
    return Set.copyOf(all.keySet());
  }

  private <K, T> List<T> values(Map<K, Timed<T>> all, Duration age) {
    all.values().removeIf(value -> isOlder(value.at(), age));
    List<T> values = new ArrayList<>();
    all.values().forEach(value -> values.add(value.value()));
    return values;
  }
}
