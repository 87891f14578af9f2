package io.trafficmirror.reconcile;

import io.trafficmirror.mirror.Ownership;
import io.trafficmirror.mirror.PolicySet;
import io.trafficmirror.mirror.Scope;
import io.trafficmirror.pool.LaunchGuard;
import io.trafficmirror.pool.PoolMemory;
import io.trafficmirror.pool.PoolReader;
import io.trafficmirror.pool.TargetList;
import io.trafficmirror.port.Ec2Reads;
import io.trafficmirror.port.Ec2Writes;
import io.trafficmirror.port.FailureStore;
import io.trafficmirror.port.StreamWriter;
import io.trafficmirror.port.Time;
import io.trafficmirror.write.OutageDetector;
import io.trafficmirror.write.Rehearsal;
import io.trafficmirror.write.Writer;
import java.time.Instant;
import java.util.concurrent.Executor;

/**
 * Assembles the reconcile loop from its dependencies.
 *
 * @param reads EC2's read calls
 * @param writes EC2's write calls
 * @param failures where payloads are stored
 * @param stream the stream to which the next page of a run is written
 * @param telemetry where outcomes are published
 * @param time the clock
 * @param executor the executor of writes to EC2
 */
public record Pipeline(
    Ec2Reads reads,
    Ec2Writes writes,
    FailureStore failures,
    StreamWriter stream,
    Telemetry telemetry,
    Time time,
    Executor executor) {

  /**
   * Creates the batch processor for one policy. Create one per environment and reuse it: it
   * remembers, for each scope, the rates that EC2 allowed, its refusals, and the mirror targets.
   *
   * @param policy the mirror policy
   * @param ownership identifies this deployment's sessions
   * @param limits the limits of the loop
   * @param dryRun whether writes go to a {@link Rehearsal} instead of EC2
   * @param initialisedAt when the function was initialised
   */
  public BatchProcessor processor(
      PolicySet policy, Ownership ownership, Limits limits, boolean dryRun, Instant initialisedAt) {
    DenialGrace grace = new DenialGrace(initialisedAt, limits.denialGrace(), time);
    OutcomeHandler handler = new OutcomeHandler(failures, telemetry, limits, time);
    return new BatchProcessor(
        scope -> loop(scope, policy, ownership, limits, dryRun, grace, handler),
        handler,
        telemetry,
        limits,
        dryRun,
        time);
  }

  private BatchProcessor.ScopeLoop loop(
      Scope scope,
      PolicySet policy,
      Ownership ownership,
      Limits limits,
      boolean dryRun,
      DenialGrace grace,
      OutcomeHandler handler) {
    if (dryRun) {
      Rehearsal rehearsal = new Rehearsal(reads, limits.pools().moreSourceFamilies(), time);
      return loop(scope, rehearsal, rehearsal, policy, ownership, limits, true, grace, handler);
    }
    return loop(scope, reads, writes, policy, ownership, limits, false, grace, handler);
  }

  private BatchProcessor.ScopeLoop loop(
      Scope scope,
      Ec2Reads ec2,
      Ec2Writes changes,
      PolicySet policy,
      Ownership ownership,
      Limits limits,
      boolean dryRun,
      DenialGrace grace,
      OutcomeHandler handler) {
    PoolMemory memory = new PoolMemory(time);
    RefusedTypes refusedTypes =
        new RefusedTypes(time, limits.refusedTypesAge(), limits.pools().moreSourceFamilies());
    TargetList targets = new TargetList(ec2, time, limits.targetsAge());
    PoolReader pools = new PoolReader(ec2, ownership, targets, memory, limits.pools(), time);
    Writer writer = new Writer(changes, ownership, time, executor, limits.writesInFlight());
    Observer observer = new Observer(scope, ec2, policy, ownership, targets, pools, time);
    Round round =
        new Round(
            observer,
            writer,
            new TargetStage(writer, memory, limits.pools(), telemetry, time),
            pools,
            memory,
            new LaunchGuard(memory, time),
            refusedTypes,
            new Conclusions(grace, new OutageDetector(time), refusedTypes, dryRun),
            telemetry,
            limits,
            time);
    Reconciler reconciler = new Reconciler(observer, round, limits, time);
    Sweeper sweeper =
        new Sweeper(scope, ec2, writer, ownership, pools, memory, telemetry, limits.pools(), time);
    PageProcessor pages =
        new PageProcessor(
            scope,
            reconciler,
            handler,
            sweeper,
            ec2,
            stream,
            telemetry,
            grace,
            limits.runs(),
            time);
    return new BatchProcessor.ScopeLoop(reconciler, pages);
  }
}
