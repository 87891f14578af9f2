package io.trafficmirror.reconcile;

import io.trafficmirror.mirror.Ownership;
import io.trafficmirror.mirror.PolicySet;
import io.trafficmirror.port.Ec2;
import io.trafficmirror.port.FailureStore;
import io.trafficmirror.port.StreamWriter;
import io.trafficmirror.port.Time;
import java.time.Instant;
import java.util.concurrent.Executor;

/**
 * The parts of the loop, put together.
 *
 * @param ec2 the EC2 of the account and region
 * @param failures where payloads are kept
 * @param stream where the next page goes
 * @param telemetry who is told
 * @param time the clock
 * @param executor where writes to EC2 run
 */
public record Pipeline(
    Ec2 ec2,
    FailureStore failures,
    StreamWriter stream,
    Telemetry telemetry,
    Time time,
    Executor executor) {

  /**
   * The loop for one policy. Make one for the life of an environment: it remembers the rate that
   * EC2 gave and the mirror targets.
   *
   * @param policy what should be true
   * @param ownership which sessions are ours
   * @param limits how far the loop goes
   * @param dryRun whether actions are told instead of applied
   * @param initialisedAt when the function was initialised
   */
  public BatchProcessor processor(
      PolicySet policy, Ownership ownership, Limits limits, boolean dryRun, Instant initialisedAt) {
    DenialGrace grace = new DenialGrace(initialisedAt, limits.denialGrace(), time);
    PoolLimits poolLimits = limits.pools();
    RefusedTypes refusedTypes = new RefusedTypes(time, limits.refusedTypesAge());
    PoolMemory memory = new PoolMemory(time);
    TargetList targets = new TargetList(ec2, time, limits.targetsAge());
    PoolReader reader = new PoolReader(ec2, ownership, targets, memory, poolLimits, time);
    PoolGrowth growth = new PoolGrowth(ec2, ownership, memory, telemetry, time);
    Silence silence = new Silence(time);
    SeatMaker maker =
        new SeatMaker(
            growth, memory, refusedTypes, silence, telemetry, grace, poolLimits, dryRun, time);
    Pools pools = new Pools(ec2, ownership, reader, memory, maker);
    Sweeper sweeper =
        new Sweeper(ec2, ownership, reader, memory, telemetry, poolLimits, dryRun, time);
    Experience experience = new Experience(new WritePacer(time), silence, refusedTypes, memory);
    Applier applier = new Applier(ec2, ownership, experience, grace, time, executor, limits);
    Reconciler reconciler =
        new Reconciler(
            ec2, policy, ownership, applier, targets, pools, telemetry, grace, limits, dryRun,
            time);
    OutcomeHandler settler = new OutcomeHandler(failures, telemetry, limits, time);
    PageProcessor pages =
        new PageProcessor(
            reconciler, settler, sweeper, ec2, stream, telemetry, grace, limits, time);
    return new BatchProcessor(reconciler, settler, pages, telemetry, limits, time);
  }
}
