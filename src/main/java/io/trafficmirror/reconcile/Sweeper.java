package io.trafficmirror.reconcile;

import io.trafficmirror.mirror.Action;
import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.Ownership;
import io.trafficmirror.mirror.PoolInventory;
import io.trafficmirror.mirror.PoolMember;
import io.trafficmirror.mirror.Scope;
import io.trafficmirror.mirror.Session;
import io.trafficmirror.mirror.TargetId;
import io.trafficmirror.pool.PoolLimits;
import io.trafficmirror.pool.PoolMemory;
import io.trafficmirror.pool.PoolReader;
import io.trafficmirror.pool.SweepPlan;
import io.trafficmirror.port.Answer;
import io.trafficmirror.port.Deadline;
import io.trafficmirror.port.Ec2Reads;
import io.trafficmirror.port.Failure;
import io.trafficmirror.port.FailureKind;
import io.trafficmirror.port.Time;
import io.trafficmirror.write.Effect;
import io.trafficmirror.write.WriteMemory;
import io.trafficmirror.write.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Removes unused targets on demand: reads the pools, publishes the {@link SweepPlan}, and applies
 * it. May be repeated; a removal that fails is left to the next sweep.
 */
final class Sweeper {

  /** The maximum number of attempted removals, as a multiple of the sweep limit. */
  private static final int ATTEMPTS_PER_REMOVAL = 5;

  private final Scope scope;
  private final Ec2Reads ec2;
  private final Writer writer;
  private final Ownership ownership;
  private final PoolReader reader;
  private final PoolMemory memory;
  private final Telemetry telemetry;
  private final PoolLimits limits;
  private final Time time;

  Sweeper(
      Scope scope,
      Ec2Reads ec2,
      Writer writer,
      Ownership ownership,
      PoolReader reader,
      PoolMemory memory,
      Telemetry telemetry,
      PoolLimits limits,
      Time time) {
    this.scope = scope;
    this.ec2 = ec2;
    this.writer = writer;
    this.ownership = ownership;
    this.reader = reader;
    this.memory = memory;
    this.telemetry = telemetry;
    this.limits = limits;
    this.time = time;
  }

  /** Reads all pools of this deployment and removes unused targets and instances. */
  void sweep(Deadline deadline) throws InterruptedException {
    if (!limits.sweeps()) {
      return;
    }
    // The cached pools are recent enough: EC2 refuses to delete a target in use, and an instance
    // is removed for its age only minutes after launches stop completing it
    // (PoolLimits.completionCutoff).
    Answer<PoolInventory> read =
        reader
            .known()
            .<Answer<PoolInventory>>map(Answer.Got::new)
            .orElseGet(() -> reader.read(List.of(), deadline));
    switch (read) {
      case Answer.Failed<PoolInventory>(Failure failure) ->
          telemetry.batchRetried(scope, "sweep", failure);
      case Answer.Got<PoolInventory>(PoolInventory seen) -> sweep(seen, deadline);
    }
  }

  private void sweep(PoolInventory seen, Deadline deadline) throws InterruptedException {
    Set<TargetId> candidates = SweepPlan.candidates(seen, ownership);
    switch (ec2.sessionsTo(candidates, deadline)) {
      case Answer.Failed<List<Session>>(Failure failure) ->
          telemetry.batchRetried(scope, "sweep", failure);
      case Answer.Got<List<Session>>(List<Session> sessions) -> {
        PoolInventory pools = reader.withSources(sessions);
        SweepPlan plan = SweepPlan.of(scope, pools, ownership, limits, time.now());
        apply(withSecondRead(plan, deadline), pools, deadline);
      }
    }
  }

  /** Reads the pool members again if some instances were not seen, because they may be new. */
  private SweepPlan withSecondRead(SweepPlan plan, Deadline deadline) throws InterruptedException {
    if (plan.unseen().isEmpty() || !deadline.allows(PoolInventory.SETTLING_TIME.multipliedBy(2))) {
      return plan;
    }
    time.sleep(PoolInventory.SETTLING_TIME);
    return ec2.poolMembers(ownership, deadline)
            instanceof Answer.Got<List<PoolMember>>(List<PoolMember> again)
        ? plan.withSecondRead(scope, again)
        : plan;
  }

  private void apply(SweepPlan plan, PoolInventory pools, Deadline deadline)
      throws InterruptedException {
    List<Action> actions = new ArrayList<>();
    plan.removals().forEach(removal -> actions.addAll(removal.actions()));
    if (!actions.isEmpty()) {
      telemetry.plan(actions);
    }
    List<InstanceId> instances = new ArrayList<>();
    List<TargetId> targets = new ArrayList<>();
    int attempts = 0;
    for (SweepPlan.Removal removal : plan.removals()) {
      // Failed removals count only as attempts, so that they do not block the other removals.
      if (Math.max(instances.size(), targets.size()) >= limits.sweepLimit()
          || attempts >= ATTEMPTS_PER_REMOVAL * limits.sweepLimit()
          || !deadline.allows(Deadline.MIN_CALL_TIME)) {
        break;
      }
      attempts++;
      remove(removal, instances, targets, deadline);
    }
    List<PoolMember> left =
        pools.members().stream()
            .filter(PoolMember::isAlive)
            .filter(member -> !instances.contains(member.id()))
            .toList();
    telemetry.swept(
        new Telemetry.Sweeping(
            scope,
            instances,
            targets,
            left.size(),
            SweepPlan.freeCapacity(pools, left),
            plan.removals().size() - attempts));
  }

  /**
   * Deletes the target first, because EC2 refuses that while a session uses it, and then the
   * instance.
   */
  private void remove(
      SweepPlan.Removal removal,
      List<InstanceId> instances,
      List<TargetId> targets,
      Deadline deadline)
      throws InterruptedException {
    if (removal.target().isPresent()) {
      TargetId target = removal.target().get().target();
      if (!succeeds(removal.target().get(), deadline)) {
        return;
      }
      memory.recordDeletion(target);
      targets.add(target);
    }
    if (removal.instance().isPresent() && succeeds(removal.instance().get(), deadline)) {
      instances.add(removal.instance().get().instance());
    }
  }

  private boolean succeeds(Action action, Deadline deadline) throws InterruptedException {
    return switch (writer.apply(action, WriteMemory.NONE, deadline).answer()) {
      case Answer.Got<Effect> ignored -> true;
      case Answer.Failed<Effect>(Failure failure) -> {
        // A source has just started to use the target; deleting the target first detects that.
        if (failure.kind() != FailureKind.TARGET_IN_USE) {
          telemetry.batchRetried(scope, "sweep", failure);
        }
        yield false;
      }
    };
  }
}
