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
 * Remembers EC2's recent answers about pools in this environment. They complete the results of
 * reads, which may be some seconds old, and avoid repeating requests. Losing them only costs
 * additional calls. Not safe for use by several threads.
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

  /** Creates an empty memory. */
  public PoolMemory(Time time) {
    this.time = time;
  }

  /** Records the instance that a launch returned. */
  public void recordLaunch(PoolMember member) {
    members.put(member.id(), timed(member));
  }

  /** Records a created target. */
  public void recordTarget(MirrorTarget target) {
    targets.put(target.id(), timed(target));
    gone.remove(target.id());
  }

  /** Records a deleted target. */
  public void recordDeletion(TargetId target) {
    targets.remove(target);
    gone.put(target, timed(target));
  }

  /** Records that a session of the source now goes to the target. */
  public void recordSession(InterfaceId source, TargetId target) {
    seats.put(source, timed(target));
  }

  /** Records that EC2 refused the target as full. */
  public void markFull(TargetId target) {
    refusedAt = time.now();
    if (fresh(full, target, PoolLimits.REFUSED_TARGET_AGE).isEmpty()) {
      full.put(target, timed(target));
    }
  }

  /** Records that, according to EC2, the target does not exist. */
  public void markGone(TargetId target) {
    refusedAt = time.now();
    recordDeletion(target);
  }

  /** When EC2 last refused a target that had been observed as usable. */
  Instant refusedAt() {
    return refusedAt;
  }

  /**
   * Whether EC2 refused the target recently, so that requesting a session to it is pointless for
   * now.
   */
  public boolean isRefused(TargetId target) {
    return fresh(full, target, PoolLimits.REFUSED_TARGET_AGE).isPresent()
        || fresh(gone, target, PoolLimits.MAX_READ_AGE).isPresent();
  }

  Set<TargetId> full() {
    return allFresh(full, PoolLimits.REFUSED_TARGET_AGE);
  }

  /**
   * The targets that EC2 refused as full so recently that the sources that fill them may not be
   * visible yet.
   */
  Set<TargetId> recentlyFull() {
    return allFresh(full, PoolInventory.SETTLING_TIME, PoolLimits.REFUSED_TARGET_AGE);
  }

  Set<TargetId> gone() {
    return allFresh(gone, PoolLimits.MAX_READ_AGE);
  }

  /** Adds recently launched instances that reads may not return yet. */
  List<PoolMember> completeMembers(List<PoolMember> returned) {
    Map<InstanceId, PoolMember> all = new LinkedHashMap<>();
    values(members, PoolInventory.SETTLING_TIME).forEach(member -> all.put(member.id(), member));
    returned.forEach(member -> all.put(member.id(), member));
    return List.copyOf(all.values());
  }

  /** Adds recently created targets that reads may not return yet. */
  List<MirrorTarget> completeTargets(List<MirrorTarget> returned) {
    Map<TargetId, MirrorTarget> all = new LinkedHashMap<>();
    // The list of targets is cached, so created targets are remembered for longer.
    values(targets, PoolLimits.REFUSED_TARGET_AGE.plus(PoolInventory.SETTLING_TIME))
        .forEach(target -> all.put(target.id(), target));
    returned.forEach(target -> all.put(target.id(), target));
    return List.copyOf(all.values());
  }

  /** Adds the sources of our recent session writes that reads may not return yet. */
  Map<TargetId, Set<InterfaceId>> completeSources(Map<TargetId, Set<InterfaceId>> returned) {
    Map<TargetId, Set<InterfaceId>> all = new HashMap<>();
    returned.forEach((target, sources) -> all.put(target, new HashSet<>(sources)));
    seats.values().removeIf(seat -> isOlder(seat.at(), PoolInventory.SETTLING_TIME));
    seats.forEach(
        (source, seat) -> all.computeIfAbsent(seat.value(), target -> new HashSet<>()).add(source));
    return all;
  }

  /** The recent failure because of which no launch in the pool is requested for now. */
  public Optional<Failure> refusedLaunch(String pool) {
    return fresh(refusedLaunches, pool, PoolLimits.MEMORY)
        .filter(
            refusal ->
                isTerminal(refusal.value()) || !isOlder(refusal.at(), PoolInventory.SETTLING_TIME))
        .map(Timed::value);
  }

  /** Records that EC2 refused a launch in the pool. */
  public void recordRefusedLaunch(String pool, Failure failure) {
    refusedLaunches.put(pool, timed(failure));
  }

  private static boolean isTerminal(Failure failure) {
    return failure.kind().scope() == FailureKind.Scope.TERMINAL;
  }

  /** Records that, according to EC2, the slot's token belongs to a different request. */
  public void recordMismatch(Slot slot) {
    mismatches.putIfAbsent(slot, timed(slot));
  }

  /**
   * Whether EC2 first reported such a mismatch at least {@link PoolInventory#SETTLING_TIME} ago.
   */
  public boolean isLastingMismatch(Slot slot) {
    return Optional.ofNullable(mismatches.get(slot))
        .filter(first -> isOlder(first.at(), PoolInventory.SETTLING_TIME))
        .isPresent();
  }

  /** Records that the slot's token is used up: its instance can never be a target again. */
  public void recordEnded(Slot slot) {
    ended.put(firstGeneration(slot), timed(slot));
  }

  /**
   * The slot itself, or the generation after the last one that is remembered as ended. EC2
   * remembers a token for longer than it returns the instance launched with it, so a slot with many
   * ended generations may take several observations.
   */
  public Slot afterEndedGenerations(Slot slot) {
    return fresh(ended, firstGeneration(slot), PoolLimits.MEMORY)
        .map(last -> last.value().next())
        .filter(next -> next.generation() > slot.generation())
        .orElse(slot);
  }

  private static Slot firstGeneration(Slot slot) {
    return new Slot(slot.pool(), slot.number(), 0);
  }

  /** Records that a read did not find the instance behind the target of one of our sessions. */
  void recordUnseen(TargetId target) {
    unseen.putIfAbsent(target, timed(target));
  }

  /** When a read first did not find the instance behind each of these targets. */
  Map<TargetId, Instant> unseenSince() {
    unseen.values().removeIf(first -> isOlder(first.at(), PoolLimits.MEMORY));
    Map<TargetId, Instant> since = new HashMap<>();
    unseen.forEach((target, first) -> since.put(target, first.at()));
    return since;
  }

  private <T> Timed<T> timed(T value) {
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

  /** The entries younger than {@code age}; removes those at least as old as {@code most}. */
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
