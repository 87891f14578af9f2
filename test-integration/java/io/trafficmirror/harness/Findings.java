package io.trafficmirror.harness;

import java.util.List;

/**
 * What is not as it should be, a sentence each.
 *
 * @param lost instances without the session that they must have, and records that nobody
 *     acknowledged
 * @param doubled interfaces with more than one session of ours
 * @param wrong sessions with another target, filter or number, sessions on what must have none,
 *     foreign ones that changed, sessions that vanished
 */
public record Findings(List<String> lost, List<String> doubled, List<String> wrong) {

  /** Copies the lists. */
  public Findings {
    lost = List.copyOf(lost);
    doubled = List.copyOf(doubled);
    wrong = List.copyOf(wrong);
  }

  /** Everything is as it should be. */
  public static Findings none() {
    return new Findings(List.of(), List.of(), List.of());
  }

  /** Whether everything is as it should be. */
  public boolean isNone() {
    return lost.isEmpty() && doubled.isEmpty() && wrong.isEmpty();
  }

  /** Both together. */
  public Findings and(Findings more) {
    return new Findings(
        both(lost, more.lost), both(doubled, more.doubled), both(wrong, more.wrong));
  }

  private static List<String> both(List<String> some, List<String> more) {
    return java.util.stream.Stream.concat(some.stream(), more.stream()).toList();
  }
}
