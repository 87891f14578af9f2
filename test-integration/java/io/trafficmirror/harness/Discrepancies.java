package io.trafficmirror.harness;

import java.util.List;

/**
 * Differences between the expected and the actual state, one sentence each.
 *
 * @param lost instances without their expected session, and records that were never acknowledged
 * @param doubled additional sessions of the deployment on an interface that already has one
 * @param wrong sessions with an unexpected target, filter or number, unexpected sessions, and
 *     foreign sessions that were changed or deleted
 */
public record Discrepancies(List<String> lost, List<String> doubled, List<String> wrong) {

  public Discrepancies {
    lost = List.copyOf(lost);
    doubled = List.copyOf(doubled);
    wrong = List.copyOf(wrong);
  }

  /** No differences. */
  public static Discrepancies none() {
    return new Discrepancies(List.of(), List.of(), List.of());
  }

  /** Whether there are no differences. */
  public boolean isNone() {
    return lost.isEmpty() && doubled.isEmpty() && wrong.isEmpty();
  }

  /** These differences and more. */
  public Discrepancies and(Discrepancies more) {
    return new Discrepancies(
        both(lost, more.lost), both(doubled, more.doubled), both(wrong, more.wrong));
  }

  private static List<String> both(List<String> some, List<String> more) {
    return java.util.stream.Stream.concat(some.stream(), more.stream()).toList();
  }
}
