package io.trafficmirror.reconcile;

import java.time.Duration;
import java.util.List;

/**
 * How far the loop goes.
 *
 * @param instanceRetry for how long after a record's arrival a single instance is tried again
 *     across deliveries
 * @param writesInFlight how many writes to EC2 are under way at once, 1 to 50
 * @param maxPages how many pages a backfill run may have
 * @param maxRunTime how long a backfill run may take
 * @param maxRestarts how often a run starts again because EC2 refused a token
 * @param denialGrace for how long after the initialisation a denial is taken for IAM's delay
 * @param targetsAge how old the list of mirror targets may be
 * @param refusedTypesAge for how long it is remembered that EC2 refused an instance type as a
 *     source
 * @param lookAgain how long to wait before each further look at an instance within one invocation;
 *     their number is the number of further looks
 * @param pools how far it goes with targets on demand
 */
public record Limits(
    Duration instanceRetry,
    int writesInFlight,
    int maxPages,
    Duration maxRunTime,
    int maxRestarts,
    Duration denialGrace,
    Duration targetsAge,
    Duration refusedTypesAge,
    List<Duration> lookAgain,
    PoolLimits pools) {

  /** Copies the list. */
  public Limits {
    lookAgain = List.copyOf(lookAgain);
  }

  /** What is used where nothing is set. */
  public static Limits defaults() {
    return new Limits(
        Duration.ofMinutes(2),
        4,
        2_000,
        Duration.ofHours(24),
        3,
        Duration.ofMinutes(5),
        Duration.ofSeconds(60),
        Duration.ofHours(1),
        List.of(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2)),
        PoolLimits.defaults());
  }
}
