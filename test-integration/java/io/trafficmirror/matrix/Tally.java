package io.trafficmirror.matrix;

import java.time.Duration;
import java.util.Map;

/**
 * The result of a run.
 *
 * @param records on the stream
 * @param sessions managed sessions at the end
 * @param retries deliveries of a record after its first
 * @param rejected records in the failure bucket that could not be parsed
 * @param exhausted instances in the failure bucket whose retries are exhausted
 * @param swept incomplete and unneeded target instances that the sweep an hour later removed
 * @param missing instances without a required session; before the next backfill, not counting the
 *     exhausted ones in the failure bucket
 * @param wrong sessions that should not exist or have a wrong target, filter or number, changed
 *     foreign sessions, and surplus or incomplete target instances
 * @param doubled managed sessions after the first of an instance
 * @param lost records that were neither processed nor stored
 * @param restAfter time from the end of the fault until nothing is in progress
 */
record Tally(
    int records,
    int sessions,
    int retries,
    int rejected,
    int exhausted,
    int swept,
    int missing,
    int wrong,
    int doubled,
    int lost,
    Duration restAfter) {

  static Tally none() {
    return new Tally(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Duration.ZERO);
  }

  /** The sums, and the longer of the two times. */
  Tally plus(Tally other) {
    return new Tally(
        records + other.records,
        sessions + other.sessions,
        retries + other.retries,
        rejected + other.rejected,
        exhausted + other.exhausted,
        swept + other.swept,
        missing + other.missing,
        wrong + other.wrong,
        doubled + other.doubled,
        lost + other.lost,
        restAfter.compareTo(other.restAfter) > 0 ? restAfter : other.restAfter);
  }

  Tally withSwept(int instances) {
    return new Tally(
        records, sessions, retries, rejected, exhausted, instances, missing, wrong, doubled, lost,
        restAfter);
  }

  /** The counts that must be zero, by name. */
  Map<String, Integer> defects() {
    return Map.of("missing", missing, "wrong", wrong, "doubled", doubled, "lost", lost);
  }

  boolean isCorrect() {
    return missing + wrong + doubled + lost == 0;
  }
}
