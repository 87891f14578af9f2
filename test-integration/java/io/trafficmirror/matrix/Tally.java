package io.trafficmirror.matrix;

import java.time.Duration;
import java.util.Map;

/**
 * What a run came to.
 *
 * @param records that were put on the stream
 * @param sessions of ours that exist at the end
 * @param retries deliveries of a record beyond its first
 * @param rejected records in the failure bucket that can never be understood
 * @param left instances in the failure bucket that were left to the next look
 * @param swept target instances that were left half made and needed by nobody, and that the sweep
 *     an hour later removed
 * @param missing instances that should be mirrored and are not; before the next look, without those
 *     that were left to it and are kept
 * @param wrong sessions that should not be there or have a wrong target, filter or number, foreign
 *     ones that changed, and target instances too many or half made
 * @param doubled sessions of ours beyond one an instance
 * @param lost records that are neither done nor in the bucket
 * @param rest from the end of the fault until nothing was under way or given back
 */
record Tally(
    int records,
    int sessions,
    int retries,
    int rejected,
    int left,
    int swept,
    int missing,
    int wrong,
    int doubled,
    int lost,
    Duration rest) {

  /** Nothing at all. */
  static Tally none() {
    return new Tally(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Duration.ZERO);
  }

  /** Both together; the longer of the two times. */
  Tally plus(Tally other) {
    return new Tally(
        records + other.records,
        sessions + other.sessions,
        retries + other.retries,
        rejected + other.rejected,
        left + other.left,
        swept + other.swept,
        missing + other.missing,
        wrong + other.wrong,
        doubled + other.doubled,
        lost + other.lost,
        rest.compareTo(other.rest) > 0 ? rest : other.rest);
  }

  /** The same with so many target instances swept. */
  Tally withSwept(int instances) {
    return new Tally(
        records, sessions, retries, rejected, left, instances, missing, wrong, doubled, lost, rest);
  }

  /** What must be zero, by name. */
  Map<String, Integer> faults() {
    return Map.of("missing", missing, "wrong", wrong, "doubled", doubled, "lost", lost);
  }

  /** Whether nothing is missing, wrong, double or lost. */
  boolean isRight() {
    return missing + wrong + doubled + lost == 0;
  }
}
