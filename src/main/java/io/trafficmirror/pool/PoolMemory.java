package io.trafficmirror.pool;

import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.InterfaceId;
import io.trafficmirror.mirror.MirrorTarget;
import io.trafficmirror.mirror.PoolInventory;
import io.trafficmirror.mirror.PoolMember;
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
public final class PoolMemory {

  private record Timed<T>(T value, Instant at) {}

  private final Map<InstanceId, Timed<PoolMember>> members = new HashMap<>();
  private final Map<TargetId, Timed<MirrorTarget>> targets = new HashMap<>();
  private final Map<InterfaceId, Timed<TargetId>> seats = new HashMap<>();
  private final Map<TargetId, Timed<TargetId>> full = new HashMap<>();
  private final Map<TargetId, Timed<TargetId>> gone = new HashMap<>();
  private final Map<String, Timed<Failure>> refusedLaunches = new HashMap<>();
  private final Map<TargetId, Timed<TargetId>> unseen = new HashMap<>();
  private final Map<Slot, Timed<Slot>> mismatches = new HashMap<>();
  private final Map<Slot, Timed<Slot>> ended = new HashMap<>();
  private final Time time;
  private Instant refusedAt = Instant.MIN;

  /** A memory that knows nothing yet. */
  public PoolMemory(Time time) {
    this.time = time;
  }

  /** EC2 has answered a launch with this instance. */
  public void recordLaunch(PoolMember member) {
    members.put(member.id(), now(member));
  }

  /** EC2 has created the target. */
  public void recordTarget(MirrorTarget target) {
    targets.put(target.id(), now(target));
    gone.remove(target.id());
  }

  /** The target was deleted. */
  public void recordDeletion(TargetId target) {
    targets.remove(target);
    gone.put(target, now(target));
  }

  /** A session of the source goes to the target now. */
  public void recordSession(InterfaceId source, TargetId target) {
    seats.put(source, now(target));
  }

  /** EC2 has refused the target because it is full. */
  public void markFull(TargetId target) {
    refusedAt = time.now();
    if (fresh(full, target, PoolLimits.REFUSED_TARGET_AGE).isEmpty()) {
      full.put(target, now(target));
    }
  }

  /** EC2 has answered that the target does not exist. */
  public void markGone(TargetId target) {
    refusedAt = time.now();
    recordDeletion(target);
  }

  /** When EC2 last refused a target that was seen to be usable. */
  Instant refusedAt() {
    return refusedAt;
  }

  /** Whether it is needless to ask for a session to the target now. */
  public boolean isRefused(TargetId target) {
    return fresh(full, target, PoolLimits.REFUSED_TARGET_AGE).isPresent()
        || fresh(gone, target, PoolLimits.SEEN_AGE).isPresent();
  }

  Set<TargetId> full() {
    return allFresh(full, PoolLimits.REFUSED_TARGET_AGE);
  }

  /**
   * The targets that EC2 has called full so lately that the sources that fill them may be unseen.
   */
  Set<TargetId> justFull() {
    return allFresh(full, PoolInventory.SETTLING_TIME, PoolLimits.REFUSED_TARGET_AGE);
  }

  Set<TargetId> gone() {
    return allFresh(gone, PoolLimits.SEEN_AGE);
  }

  /** What EC2 shows, and what it has answered but may not show yet. */
  List<PoolMember> complete(List<PoolMember> shown) {
    Map<InstanceId, PoolMember> all = new LinkedHashMap<>();
    values(members, PoolInventory.SETTLING_TIME).forEach(member -> all.put(member.id(), member));
    shown.forEach(member -> all.put(member.id(), member));
    return List.copyOf(all.values());
  }

  /** What EC2 shows, and what it has answered but may not show yet. */
  List<MirrorTarget> completeTargets(List<MirrorTarget> shown) {
    Map<TargetId, MirrorTarget> all = new LinkedHashMap<>();
    // A list of targets may be as old as it is kept, so they are remembered for longer.
    values(targets, PoolLimits.REFUSED_TARGET_AGE.plus(PoolInventory.SETTLING_TIME))
        .forEach(target -> all.put(target.id(), target));
    shown.forEach(target -> all.put(target.id(), target));
    return List.copyOf(all.values());
  }

  /** Who is seen to use each target, and who was given a seat on it. */
  Map<TargetId, Set<InterfaceId>> complete(Map<TargetId, Set<InterfaceId>> shown) {
    Map<TargetId, Set<InterfaceId>> all = new HashMap<>();
    shown.forEach((target, sources) -> all.put(target, new HashSet<>(sources)));
    seats.values().removeIf(seat -> isOlder(seat.at(), PoolInventory.SETTLING_TIME));
    seats.forEach(
        (source, seat) -> all.computeIfAbsent(seat.value(), target -> new HashSet<>()).add(source));
    return all;
  }

  /** Why a launch in the pool is not to be asked for now. */
  public Optional<Failure> refusedLaunch(String pool) {
    return fresh(refusedLaunches, pool, PoolLimits.MEMORY)
        .filter(
            refusal ->
                isForLong(refusal.value()) || !isOlder(refusal.at(), PoolInventory.SETTLING_TIME))
        .map(Timed::value);
  }

  /** EC2 has refused a launch in the pool. */
  public void recordRefusedLaunch(String pool, Failure failure) {
    refusedLaunches.put(pool, now(failure));
  }

  private static boolean isForLong(Failure failure) {
    return failure.kind().scope() == FailureKind.Scope.TERMINAL;
  }

  /** EC2 has answered that the slot's token stands for another request. */
  public void recordMismatch(Slot slot) {
    mismatches.putIfAbsent(slot, now(slot));
  }

  /** Whether the slot's token has been known for a while to stand for another request. */
  public boolean isMismatchForLong(Slot slot) {
    return Optional.ofNullable(mismatches.get(slot))
        .filter(first -> isOlder(first.at(), PoolInventory.SETTLING_TIME))
        .isPresent();
  }

  /** The slot's token is spent: what it stands for will never be a target again. */
  public void recordEnd(Slot slot) {
    ended.put(place(slot), now(slot));
  }

  /**
   * The slot itself, or the one after all generations of its place that are remembered to have
   * ended. EC2 knows a token for longer than it shows what was launched with it, so a place that
   * was often used is worked through over several looks.
   */
  public Slot afterEnded(Slot slot) {
    return fresh(ended, place(slot), PoolLimits.MEMORY)
        .map(last -> last.value().next())
        .filter(next -> next.generation() > slot.generation())
        .orElse(slot);
  }

  private static Slot place(Slot slot) {
    return new Slot(slot.pool(), slot.number(), 0);
  }

  /** The target of a session of ours was looked for, and its instance is not seen. */
  void recordUnseen(TargetId target) {
    unseen.putIfAbsent(target, now(target));
  }

  /** When each target was first looked for in vain. */
  Map<TargetId, Instant> unseenSince() {
    unseen.values().removeIf(first -> isOlder(first.at(), PoolLimits.MEMORY));
    Map<TargetId, Instant> since = new HashMap<>();
    unseen.forEach((target, first) -> since.put(target, first.at()));
    return since;
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
    return allFresh(all, age, age);
  }

  /** Those that are younger than {@code age}; forgets those that are older than {@code most}. */
  private <K, T> Set<K> allFresh(Map<K, Timed<T>> all, Duration age, Duration most) {
    all.values().removeIf(value -> isOlder(value.at(), most));
    Set<K> fresh = new HashSet<>(all.keySet());
    fresh.removeIf(key -> fresh(all, key, age).isEmpty());
    return fresh;
  }

  private <K, T> List<T> values(Map<K, Timed<T>> all, Duration age) {
    all.values().removeIf(value -> isOlder(value.at(), age));
    List<T> values = new ArrayList<>();
    all.values().forEach(value -> values.add(value.value()));
    return values;
  }
}
