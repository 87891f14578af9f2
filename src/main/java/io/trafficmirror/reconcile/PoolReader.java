package io.trafficmirror.reconcile;

import io.trafficmirror.mirror.InterfaceId;
import io.trafficmirror.mirror.MirrorTarget;
import io.trafficmirror.mirror.Ownership;
import io.trafficmirror.mirror.Pool;
import io.trafficmirror.mirror.PoolMember;
import io.trafficmirror.mirror.PoolView;
import io.trafficmirror.mirror.Session;
import io.trafficmirror.mirror.Slot;
import io.trafficmirror.mirror.TargetId;
import io.trafficmirror.port.Answer;
import io.trafficmirror.port.Deadline;
import io.trafficmirror.port.Ec2;
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
final class PoolReader {

  private final Ec2 ec2;
  private final Ownership ownership;
  private final TargetList targets;
  private final PoolMemory memory;
  private final PoolLimits limits;
  private final Time time;
  private Seen last = new Seen(List.of(), List.of());
  private Instant lastAt = Instant.MIN;

  PoolReader(
      Ec2 ec2,
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
   * Everything of this deployment, whichever pool it belongs to.
   *
   * @param members its instances
   * @param targets all mirror targets of the account
   */
  record Seen(List<PoolMember> members, List<MirrorTarget> targets) {

    Optional<MirrorTarget> target(TargetId id) {
      return targets.stream().filter(target -> target.id().equals(id)).findFirst();
    }
  }

  /**
   * What was read last, where that was not long ago: good enough to see that nothing is to be done,
   * and for nothing else.
   */
  Optional<Seen> known() {
    return known(PoolLimits.KNOWN_AGE);
  }

  private Optional<Seen> known(Duration age) {
    boolean isYoung =
        !lastAt.equals(Instant.MIN) && Duration.between(lastAt, time.now()).compareTo(age) < 0;
    return isYoung
        ? Optional.of(
            new Seen(memory.complete(last.members()), memory.completeTargets(last.targets())))
        : Optional.empty();
  }

  /** What was read last has led nowhere: the next look reads anew. */
  void forget() {
    lastAt = Instant.MIN;
  }

  /**
   * Reads members and targets, unless that was done a moment ago and nothing has contradicted it:
   * EC2 itself may show what is as old. The list of targets may be as old as it is kept, unless it
   * lacks what must be there.
   *
   * @param used the targets that sessions of ours are seen to go to
   */
  Answer<Seen> see(Collection<TargetId> used, Deadline deadline) {
    Optional<Seen> young =
        known(PoolLimits.SEEN_AGE)
            .filter(seen -> !isIncomplete(used, seen) && memory.refusedAt().isBefore(lastAt));
    if (young.isPresent()) {
      return new Answer.Got<>(young.get());
    }
    return switch (ec2.poolMembers(ownership, deadline)) {
      case Answer.Failed<List<PoolMember>>(Failure failure) -> new Answer.Failed<>(failure);
      case Answer.Got<List<PoolMember>>(List<PoolMember> shown) -> {
        List<PoolMember> members = memory.complete(shown);
        Answer<Seen> known = seen(members, targets.get(deadline));
        yield known instanceof Answer.Got<Seen>(Seen seen) && isIncomplete(used, seen)
            ? seen(members, targets.fresh(deadline))
            : known;
      }
    };
  }

  private Answer<Seen> seen(List<PoolMember> members, Answer<List<MirrorTarget>> read) {
    return switch (read) {
      case Answer.Failed<List<MirrorTarget>>(Failure failure) -> new Answer.Failed<>(failure);
      case Answer.Got<List<MirrorTarget>>(List<MirrorTarget> shown) -> {
        last = new Seen(members, memory.completeTargets(shown));
        lastAt = time.now();
        yield new Answer.Got<>(last);
      }
    };
  }

  private static boolean isIncomplete(Collection<TargetId> used, Seen seen) {
    Set<InterfaceId> withTarget =
        seen.targets().stream()
            .flatMap(target -> target.networkInterface().stream())
            .collect(Collectors.toSet());
    Predicate<PoolMember> hasTarget =
        member -> member.primary().filter(withTarget::contains).isPresent();
    return used.stream().anyMatch(target -> seen.target(target).isEmpty())
        || !seen.members().stream().filter(PoolMember::isAlive).allMatch(hasTarget);
  }

  /** One pool of what was seen. */
  PoolView view(Pool pool, Seen seen, Map<TargetId, Set<InterfaceId>> sources) {
    Map<InterfaceId, MirrorTarget> usable = new HashMap<>();
    for (MirrorTarget target : seen.targets()) {
      if (ownership.owns(target.tags()) || ownership.isUnclaimed(target.tags())) {
        target.networkInterface().ifPresent(eni -> usable.put(eni, target));
      }
    }
    Instant finishFrom = limits.finishFrom(time.now());
    return new PoolView(
        pool, seen.members(), usable, sources, memory.full(), memory.gone(), finishFrom);
  }

  /** Who is seen to use each target. */
  Map<TargetId, Set<InterfaceId>> sources(Collection<Session> sessions) {
    Map<TargetId, Set<InterfaceId>> sources = new HashMap<>();
    for (Session session : sessions) {
      sources.computeIfAbsent(session.target(), t -> new HashSet<>()).add(session.source());
    }
    return memory.complete(sources);
  }

  /**
   * Whether a target may be one of the pool that lives, though its instance is not seen to: nothing
   * is moved away from it before that has had time to be seen.
   */
  boolean mayLive(TargetId id, Pool pool, Seen seen) {
    Optional<MirrorTarget> target = seen.target(id);
    if (target.isEmpty()) {
      return true;
    }
    Optional<Slot> slot =
        Slot.of(target.get().tags()).filter(each -> each.pool().equals(pool.digest()));
    return ownership.owns(target.get().tags())
        && slot.isPresent()
        && seen.members().stream()
            .filter(member -> member.slot().equals(slot))
            .allMatch(PoolMember::isAlive);
  }
}
