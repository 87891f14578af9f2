package io.trafficmirror.reconcile;

import io.trafficmirror.pool.PoolLimits;
import io.trafficmirror.run.RunLimits;
import java.time.Duration;
import java.util.List;

/**
 * The limits of the reconcile loop.
 *
 * @param instanceRetry how long after a record's arrival a failure of a single instance causes a
 *     retry
 * @param writesInFlight the maximum number of concurrent writes to EC2, 1 to 50
 * @param runs the limits of backfill runs
 * @param denialGrace how long after initialisation a denial is attributed to IAM propagation delay
 * @param targetsAge the maximum age of the cached list of mirror targets
 * @param refusedTypesAge how long EC2's refusal of an instance type as a source is remembered
 * @param observeAgain the pauses before each further observation of an instance within one
 *     invocation; their number is the number of further observations
 * @param pools the limits of pools of targets on demand
 */
public record Limits(
    Duration instanceRetry,
    int writesInFlight,
    RunLimits runs,
    Duration denialGrace,
    Duration targetsAge,
    Duration refusedTypesAge,
    List<Duration> observeAgain,
    PoolLimits pools) {

  /** Copies the list. */
  public Limits {
    observeAgain = List.copyOf(observeAgain);
  }

  /** The default limits. */
  public static Limits defaults() {
    return new Limits(
        Duration.ofMinutes(2),
        4,
        RunLimits.defaults(),
        Duration.ofMinutes(5),
        Duration.ofSeconds(60),
        Duration.ofHours(1),
        List.of(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2)),
        PoolLimits.defaults());
  }
}
