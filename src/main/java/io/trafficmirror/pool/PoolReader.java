package io.trafficmirror.pool;

import io.trafficmirror.mirror.InterfaceId;
import io.trafficmirror.mirror.MirrorTarget;
import io.trafficmirror.mirror.Ownership;
import io.trafficmirror.mirror.PoolInventory;
import io.trafficmirror.mirror.PoolMember;
import io.trafficmirror.mirror.Session;
import io.trafficmirror.mirror.TargetId;
import io.trafficmirror.port.Answer;
import io.trafficmirror.port.Deadline;
import io.trafficmirror.port.Ec2Reads;
import io.trafficmirror.port.Failure;
import io.trafficmirror.port.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Reads the pools of the deployment, and completes what EC2 shows by what it has answered. */
public final class PoolReader {

  private final Ec2Reads ec2;
  private final Ownership ownership;
  private final TargetList targets;
  private final PoolMemory memory;
  private final PoolLimits limits;
  private final Time time;
  private List<PoolMember> lastMembers = List.of();
  private List<MirrorTarget> lastTargets = List.of();
  private Instant lastAt = Instant.MIN;

  /** A reader that has read nothing yet. */
  public PoolReader(
      Ec2Reads ec2,
      Ownership ownership,
      TargetList targets,
      PoolMemory memory,
      PoolLimits limits,
      Time time) {
    this.ec2 = ec2;
    this.ownership = ownership;
    this.targets = targets;
    this.memory = memory;
    this.limits = limits;
    this.time = time;
  }

  /**
   * The last reading, where it is at most half a minute old: good enough to see that there is
   * nothing to do, and for nothing else.
   */
  public Optional<PoolInventory> known() {
    return known(PoolInventory.SETTLING_TIME);
  }

  private Optional<PoolInventory> known(Duration age) {
    boolean isYoung =
        !lastAt.equals(Instant.MIN) && Duration.between(lastAt, time.now()).compareTo(age) < 0;
    return isYoung ? Optional.of(inventory()) : Optional.empty();
  }

  /** Makes the next {@link #read} call EC2: acting on the last reading has led nowhere. */
  public void forget() {
    lastAt = Instant.MIN;
  }

  /**
   * Reads members and targets, unless that was done a moment ago and nothing has contradicted it:
   * EC2 itself may show what is as old. The list of targets may be as old as it is kept, unless it
   * lacks what must be there.
   *
   * @param used the targets that sessions of ours are seen to go to
   * @param deadline when to stop trying
   */
  public Answer<PoolInventory> read(Collection<TargetId> used, Deadline deadline) {
    boolean isYoung =
        known(PoolLimits.SEEN_AGE).filter(seen -> !isIncomplete(used, seen)).isPresent()
            && memory.refusedAt().isBefore(lastAt);
    if (!isYoung) {
      Optional<Failure> failure = readAnew(used, deadline);
      if (failure.isPresent()) {
        return new Answer.Failed<>(failure.get());
      }
    }
    recordUnseen(used);
    return new Answer.Got<>(inventory());
  }

  private Optional<Failure> readAnew(Collection<TargetId> used, Deadline deadline) {
    List<PoolMember> members;
    switch (ec2.poolMembers(ownership, deadline)) {
      case Answer.Failed<List<PoolMember>>(Failure failure) -> {
        return Optional.of(failure);
      }
      case Answer.Got<List<PoolMember>>(List<PoolMember> shown) -> members = memory.complete(shown);
    }
    Optional<Failure> failure = take(members, targets.get(deadline));
    return failure.isEmpty() && isIncomplete(used, inventory())
        ? take(members, targets.fresh(deadline))
        : failure;
  }

  private Optional<Failure> take(List<PoolMember> members, Answer<List<MirrorTarget>> read) {
    return switch (read) {
      case Answer.Failed<List<MirrorTarget>>(Failure failure) -> Optional.of(failure);
      case Answer.Got<List<MirrorTarget>>(List<MirrorTarget> shown) -> {
        lastMembers = members;
        lastTargets = memory.completeTargets(shown);
        lastAt = time.now();
        yield Optional.empty();
      }
    };
  }

  private static boolean isIncomplete(Collection<TargetId> used, PoolInventory seen) {
    Set<InterfaceId> withTarget =
        seen.targets().stream()
            .flatMap(target -> target.networkInterface().stream())
            .collect(Collectors.toSet());
    Predicate<PoolMember> hasTarget =
        member -> member.primary().filter(withTarget::contains).isPresent();
    return used.stream().anyMatch(target -> seen.target(target).isEmpty())
        || !seen.members().stream().filter(PoolMember::isAlive).allMatch(hasTarget);
  }

  private void recordUnseen(Collection<TargetId> used) {
    Set<InterfaceId> alive =
        memory.complete(lastMembers).stream()
            .filter(PoolMember::isAlive)
            .flatMap(member -> member.primary().stream())
            .collect(Collectors.toSet());
    Set<TargetId> living = new HashSet<>();
    for (MirrorTarget target : memory.completeTargets(lastTargets)) {
      if (target.networkInterface().filter(alive::contains).isPresent()) {
        living.add(target.id());
      }
    }
    used.stream().filter(target -> !living.contains(target)).forEach(memory::recordUnseen);
  }

  private PoolInventory inventory() {
    List<MirrorTarget> shown = memory.completeTargets(lastTargets);
    Map<InterfaceId, MirrorTarget> usable = new HashMap<>();
    for (MirrorTarget target : shown) {
      if (ownership.owns(target.tags()) || ownership.isUnclaimed(target.tags())) {
        target.networkInterface().ifPresent(eni -> usable.put(eni, target));
      }
    }
    return new PoolInventory(
        memory.complete(lastMembers),
        shown,
        usable,
        Map.of(),
        memory.full(),
        memory.justFull(),
        memory.gone(),
        memory.unseenSince(),
        limits.finishFrom(time.now()));
  }

  /**
   * The last reading with the interfaces that use its targets: those that are seen to, and those of
   * our own writes.
   *
   * @param sessions all sessions that were seen
   */
  public PoolInventory withSources(Collection<Session> sessions) {
    Map<TargetId, Set<InterfaceId>> sources = new HashMap<>();
    for (Session session : sessions) {
      sources.computeIfAbsent(session.target(), t -> new HashSet<>()).add(session.source());
    }
    return inventory().withSources(memory.complete(sources));
  }
}
