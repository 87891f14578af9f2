package io.trafficmirror.reconcile;

import io.trafficmirror.pool.PoolLimits;
import io.trafficmirror.run.RunLimits;
import java.time.Duration;
import java.util.List;

/**
 * How far the loop goes.
 *
 * @param instanceRetry how long after a record's arrival a single instance is retried across
 *     deliveries
 * @param writesInFlight how many writes to EC2 are under way at once, 1 to 50
 * @param runs the bounds of backfill runs
 * @param denialGrace how long after the initialisation a denial is taken for IAM's delay
 * @param targetsAge how old the list of mirror targets may be
 * @param refusedTypesAge how long it is remembered that EC2 refused an instance type as a source
 * @param observeAgain the pauses before an instance is observed again within one invocation; their
 *     number is the number of further observations
 * @param pools how far it goes with targets on demand
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

  /** What is used where nothing is set. */
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
