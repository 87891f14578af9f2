package io.trafficmirror.reconcile;

import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.InterfaceId;
import io.trafficmirror.mirror.MirrorTarget;
import io.trafficmirror.mirror.Ownership;
import io.trafficmirror.mirror.PoolMember;
import io.trafficmirror.mirror.Session;
import io.trafficmirror.mirror.Slot;
import io.trafficmirror.mirror.TargetId;
import io.trafficmirror.port.Answer;
import io.trafficmirror.port.Deadline;
import io.trafficmirror.port.Ec2;
import io.trafficmirror.port.Failure;
import io.trafficmirror.port.FailureKind;
import io.trafficmirror.port.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Removes targets on demand that nobody uses: first the target, which EC2 refuses while it has a
 * session, whatever was seen; then its instance. What is young is left alone, since somebody may be
 * about to use it. May be repeated; what fails is left to the next sweep.
 */
final class Sweeper {

  /** How much more often than it may remove something a sweep tries to. */
  private static final int ATTEMPTS_PER_REMOVAL = 5;

  private final Ec2 ec2;
  private final Ownership ownership;
  private final PoolReader reader;
  private final PoolMemory memory;
  private final Telemetry telemetry;
  private final PoolLimits limits;
  private final boolean dryRun;
  private final Time time;

  Sweeper(
      Ec2 ec2,
      Ownership ownership,
      PoolReader reader,
      PoolMemory memory,
      Telemetry telemetry,
      PoolLimits limits,
      boolean dryRun,
      Time time) {
    this.ec2 = ec2;
    this.ownership = ownership;
    this.reader = reader;
    this.memory = memory;
    this.telemetry = telemetry;
    this.limits = limits;
    this.dryRun = dryRun;
    this.time = time;
  }

  /** Something to be removed: a target, an instance, or first the one and then the other. */
  private record Leftover(Optional<TargetId> target, Optional<InstanceId> instance) {}

  /** Looks at everything of this deployment's pools, and removes what nobody uses. */
  void sweep(Deadline deadline) throws InterruptedException {
    if (!limits.sweeps() || dryRun) {
      return;
    }
    // A run has just read them. Nothing here asks for more: in use is what EC2 says when a target
    // is deleted, and what is removed for its age is minutes older than what is still finished
    // (PoolLimits.finishFrom).
    Answer<PoolReader.Seen> read =
        reader
            .known()
            .<Answer<PoolReader.Seen>>map(Answer.Got::new)
            .orElseGet(() -> reader.see(List.of(), deadline));
    switch (read) {
      case Answer.Failed<PoolReader.Seen>(Failure failure) -> telemetry.trouble("sweep", failure);
      case Answer.Got<PoolReader.Seen>(PoolReader.Seen seen) -> sweep(seen, deadline);
    }
  }

  private void sweep(PoolReader.Seen seen, Deadline deadline) throws InterruptedException {
    Set<TargetId> ours = new HashSet<>();
    pooled(seen).forEach(target -> ours.add(target.id()));
    usable(seen).values().forEach(target -> ours.add(target.id()));
    switch (ec2.sessionsTo(ours, deadline)) {
      case Answer.Failed<List<Session>>(Failure failure) -> telemetry.trouble("sweep", failure);
      case Answer.Got<List<Session>>(List<Session> sessions) -> {
        Map<TargetId, Set<InterfaceId>> sources = reader.sources(sessions);
        remove(leftovers(seen, sources.keySet(), deadline), seen, sources, deadline);
      }
    }
  }

  /** The targets that carry the tags of a pool of this deployment. */
  private List<MirrorTarget> pooled(PoolReader.Seen seen) {
    return seen.targets().stream()
        .filter(target -> ownership.owns(target.tags()) && Slot.of(target.tags()).isPresent())
        .toList();
  }

  private static Map<InterfaceId, MirrorTarget> usable(PoolReader.Seen seen) {
    Set<InterfaceId> ours = new HashSet<>();
    seen.members().forEach(member -> member.primary().ifPresent(ours::add));
    Map<InterfaceId, MirrorTarget> usable = new HashMap<>();
    for (MirrorTarget target : seen.targets()) {
      target.networkInterface().filter(ours::contains).ifPresent(eni -> usable.put(eni, target));
    }
    return usable;
  }

  private List<Leftover> leftovers(PoolReader.Seen seen, Set<TargetId> used, Deadline deadline)
      throws InterruptedException {
    Map<InterfaceId, MirrorTarget> usable = usable(seen);
    List<PoolMember> oldestFirst = new ArrayList<>(seen.members());
    oldestFirst.sort(
        Comparator.comparing((PoolMember member) -> member.launchedAt().orElse(Instant.MAX))
            .thenComparing(PoolMember::id));
    List<Leftover> leftovers = new ArrayList<>();
    for (PoolMember member : oldestFirst) {
      Optional<MirrorTarget> target =
          member.primary().flatMap(eni -> Optional.ofNullable(usable.get(eni)));
      if (!member.hasEnded() && isLeftOver(member, target, used)) {
        leftovers.add(new Leftover(target.map(MirrorTarget::id), Optional.of(member.id())));
      }
    }
    withoutInstance(seen, used, deadline)
        .forEach(target -> leftovers.add(new Leftover(Optional.of(target), Optional.empty())));
    return leftovers;
  }

  private boolean isLeftOver(PoolMember member, Optional<MirrorTarget> target, Set<TargetId> used) {
    if (target.isEmpty()) {
      return isOlder(member, PoolLimits.HALF_MADE_AGE);
    }
    // Only what carries our tag is ours to delete; and what does not live is of no use to anybody.
    return ownership.owns(target.get().tags())
        && !used.contains(target.get().id())
        && (member.isHalted() || isOlder(member, limits.sweepAfter()));
  }

  private boolean isOlder(PoolMember member, Duration age) {
    return member
        .launchedAt()
        .map(at -> Duration.between(at, time.now()).compareTo(age) > 0)
        .orElse(false);
  }

  /**
   * Targets of ours that have no session and whose instance has ended, or is not there. That one is
   * not seen may be because it is new: so it is looked for once more, after what is new has had
   * time to be seen.
   */
  private List<TargetId> withoutInstance(
      PoolReader.Seen seen, Set<TargetId> used, Deadline deadline) throws InterruptedException {
    List<TargetId> gone = new ArrayList<>();
    List<MirrorTarget> unseen = new ArrayList<>();
    for (MirrorTarget target : pooled(seen)) {
      if (!used.contains(target.id()) && !hasInstance(target, seen.members())) {
        if (hasEnded(target, seen.members())) {
          gone.add(target.id());
        } else {
          unseen.add(target);
        }
      }
    }
    if (!unseen.isEmpty() && deadline.allows(PoolLimits.SETTLING_TIME.multipliedBy(2))) {
      time.sleep(PoolLimits.SETTLING_TIME);
      if (ec2.poolMembers(ownership, deadline)
          instanceof Answer.Got<List<PoolMember>>(List<PoolMember> again)) {
        unseen.stream()
            .filter(target -> !hasInstance(target, again))
            .forEach(target -> gone.add(target.id()));
      }
    }
    return gone;
  }

  private static boolean hasEnded(MirrorTarget target, List<PoolMember> members) {
    Optional<Slot> slot = Slot.of(target.tags());
    return members.stream().anyMatch(each -> each.hasEnded() && each.slot().equals(slot));
  }

  private static boolean hasInstance(MirrorTarget target, List<PoolMember> members) {
    Optional<Slot> slot = Slot.of(target.tags());
    return members.stream()
        .anyMatch(
            member -> !member.hasEnded() && (member.slot().equals(slot) || isOn(member, target)));
  }

  private static boolean isOn(PoolMember member, MirrorTarget target) {
    return member.primary().isPresent() && member.primary().equals(target.networkInterface());
  }

  private void remove(
      List<Leftover> leftovers,
      PoolReader.Seen seen,
      Map<TargetId, Set<InterfaceId>> sources,
      Deadline deadline) {
    List<InstanceId> instances = new ArrayList<>();
    List<TargetId> targets = new ArrayList<>();
    int attempts = 0;
    for (Leftover leftover : leftovers) {
      // What cannot be removed must not keep the others from being removed for ever.
      if (Math.max(instances.size(), targets.size()) >= limits.sweepLimit()
          || attempts >= ATTEMPTS_PER_REMOVAL * limits.sweepLimit()
          || !deadline.allows(ApplyRun.MIN_CALL_TIME)) {
        break;
      }
      attempts++;
      if (leftover.target().isPresent() && !deleted(leftover.target().get(), targets, deadline)) {
        continue;
      }
      leftover.instance().ifPresent(instance -> terminate(instance, instances, deadline));
    }
    List<PoolMember> left =
        seen.members().stream()
            .filter(PoolMember::isAlive)
            .filter(member -> !instances.contains(member.id()))
            .toList();
    telemetry.swept(
        new Telemetry.Sweeping(
            instances,
            targets,
            left.size(),
            room(left, seen, sources),
            leftovers.size() - attempts));
  }

  private int room(
      List<PoolMember> members, PoolReader.Seen seen, Map<TargetId, Set<InterfaceId>> sources) {
    Map<InterfaceId, MirrorTarget> usable = usable(seen);
    int room = 0;
    for (PoolMember member : members) {
      int used =
          member
              .primary()
              .flatMap(eni -> Optional.ofNullable(usable.get(eni)))
              .map(target -> sources.getOrDefault(target.id(), Set.of()).size())
              .orElse(0);
      room += Math.max(0, memory.limitOf(member.type()).sources() - used);
    }
    return room;
  }

  private boolean deleted(TargetId target, List<TargetId> targets, Deadline deadline) {
    return switch (ec2.deleteTarget(target, deadline)) {
      case Answer.Got<TargetId> ignored -> {
        memory.deleted(target);
        targets.add(target);
        yield true;
      }
      case Answer.Failed<TargetId>(Failure failure) -> {
        // Somebody has just begun to use it: that is what the order of the two calls is for.
        if (failure.kind() != FailureKind.TARGET_IN_USE) {
          telemetry.trouble("sweep", failure);
        }
        yield false;
      }
    };
  }

  private void terminate(InstanceId instance, List<InstanceId> instances, Deadline deadline) {
    switch (ec2.terminate(instance, deadline)) {
      case Answer.Got<InstanceId> ignored -> instances.add(instance);
      case Answer.Failed<InstanceId>(Failure failure) -> telemetry.trouble("sweep", failure);
    }
  }
}
