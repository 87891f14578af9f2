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

/** Reads the deployment's pools, and completes the results with EC2's recent answers to writes. */
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

  /** Creates a reader without a previous read. */
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
   * The last read if it is less than {@link PoolInventory#SETTLING_TIME} old. Use it only to find
   * that there is nothing to do.
   */
  public Optional<PoolInventory> known() {
    return known(PoolInventory.SETTLING_TIME);
  }

  private Optional<PoolInventory> known(Duration age) {
    boolean isYoung =
        !lastAt.equals(Instant.MIN) && Duration.between(lastAt, time.now()).compareTo(age) < 0;
    return isYoung ? Optional.of(inventory()) : Optional.empty();
  }

  /** Forces the next {@link #read} to call EC2, because acting on the last read failed. */
  public void forget() {
    lastAt = Instant.MIN;
  }

  /**
   * Reads members and targets, unless the last read is only seconds old and nothing has
   * contradicted it; EC2 itself may return data that is as old. The list of targets may come from
   * the cache, unless it lacks a target that must exist.
   *
   * @param used the targets of our observed sessions
   * @param deadline when to stop trying
   */
  public Answer<PoolInventory> read(Collection<TargetId> used, Deadline deadline) {
    boolean isYoung =
        known(PoolLimits.MAX_READ_AGE)
                .filter(inventory -> !isIncomplete(used, inventory))
                .isPresent()
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
      case Answer.Got<List<PoolMember>>(List<PoolMember> returned) ->
          members = memory.completeMembers(returned);
    }
    Optional<Failure> failure = take(members, targets.get(deadline));
    return failure.isEmpty() && isIncomplete(used, inventory())
        ? take(members, targets.fresh(deadline))
        : failure;
  }

  private Optional<Failure> take(List<PoolMember> members, Answer<List<MirrorTarget>> read) {
    return switch (read) {
      case Answer.Failed<List<MirrorTarget>>(Failure failure) -> Optional.of(failure);
      case Answer.Got<List<MirrorTarget>>(List<MirrorTarget> returned) -> {
        lastMembers = members;
        lastTargets = memory.completeTargets(returned);
        lastAt = time.now();
        yield Optional.empty();
      }
    };
  }

  private static boolean isIncomplete(Collection<TargetId> used, PoolInventory inventory) {
    Set<InterfaceId> withTarget =
        inventory.targets().stream()
            .flatMap(target -> target.networkInterface().stream())
            .collect(Collectors.toSet());
    Predicate<PoolMember> hasTarget =
        member -> member.primary().filter(withTarget::contains).isPresent();
    return used.stream().anyMatch(target -> inventory.target(target).isEmpty())
        || !inventory.members().stream().filter(PoolMember::isAlive).allMatch(hasTarget);
  }

  private void recordUnseen(Collection<TargetId> used) {
    Set<InterfaceId> alive =
        memory.completeMembers(lastMembers).stream()
            .filter(PoolMember::isAlive)
            .flatMap(member -> member.primary().stream())
            .collect(Collectors.toSet());
    Set<TargetId> live = new HashSet<>();
    for (MirrorTarget target : memory.completeTargets(lastTargets)) {
      if (target.networkInterface().filter(alive::contains).isPresent()) {
        live.add(target.id());
      }
    }
    used.stream().filter(target -> !live.contains(target)).forEach(memory::recordUnseen);
  }

  private PoolInventory inventory() {
    List<MirrorTarget> returned = memory.completeTargets(lastTargets);
    Map<InterfaceId, MirrorTarget> usable = new HashMap<>();
    for (MirrorTarget target : returned) {
      if (ownership.owns(target.tags()) || ownership.isUnclaimed(target.tags())) {
        target.networkInterface().ifPresent(eni -> usable.put(eni, target));
      }
    }
    return new PoolInventory(
        memory.completeMembers(lastMembers),
        returned,
        usable,
        Map.of(),
        memory.full(),
        memory.recentlyFull(),
        memory.gone(),
        memory.unseenSince(),
        limits.completionCutoff(time.now()));
  }

  /**
   * The last read, with the sources of its targets: the observed ones and those of our recent
   * writes.
   *
   * @param sessions all observed sessions
   */
  public PoolInventory withSources(Collection<Session> sessions) {
    Map<TargetId, Set<InterfaceId>> sources = new HashMap<>();
    for (Session session : sessions) {
      sources.computeIfAbsent(session.target(), t -> new HashSet<>()).add(session.source());
    }
    return inventory().withSources(memory.completeSources(sources));
  }
}
