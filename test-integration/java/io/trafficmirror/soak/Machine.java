package io.trafficmirror.soak;

import io.trafficmirror.harness.Judge;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** An instance of the soak's world as it truly is. For one thread. */
final class Machine {

  final String id;
  final String primary;
  final String subnet;

  /** Whether EC2 lets an instance of its type, and of its role, be a source at all. */
  final boolean canBeSource;

  /** The session of somebody else on its interface. */
  final Optional<String> foreign;

  private final Set<Entry> wantedSoFar = new LinkedHashSet<>();
  private Optional<String> tag;
  private String state;

  /** Whether an event has told of it since its tags last changed. */
  private boolean told;

  private Instant retaggedAt = Instant.EPOCH;

  Machine(
      String id,
      String primary,
      String subnet,
      boolean canBeSource,
      Optional<String> foreign,
      Optional<String> tag,
      String state) {
    this.id = id;
    this.primary = primary;
    this.subnet = subnet;
    this.canBeSource = canBeSource;
    this.foreign = foreign;
    this.tag = tag;
    this.state = state;
    wanted().ifPresent(wantedSoFar::add);
  }

  /** What the policy asks for now. */
  Optional<Entry> wanted() {
    return Entry.wantedFor(tag, subnet);
  }

  void retag(Optional<String> value, Instant now) {
    retaggedAt = now;
    tag = value;
    told = false;
    wanted().ifPresent(wantedSoFar::add);
  }

  /** An event tells of it now; one so soon after a change may be read with what was before. */
  void tell(Instant now) {
    told |= !now.isBefore(retaggedAt.plus(Weather.LONGEST_READ_LAG));
  }

  void become(String value) {
    state = value;
  }

  String state() {
    return state;
  }

  boolean isTerminated() {
    return state.equals("terminated");
  }

  /**
   * What has to be true of its interface once all events are worked off, whether or not a backfill
   * run has come by.
   *
   * @param left whether it was left to the next look
   */
  Expectation expectationFromEvents(boolean left) {
    Expectation expectation = expectation();
    return (told && !left) || expectation.rule() != Judge.Rule.MUST
        ? expectation
        : new Expectation(id, primary, Judge.Rule.MAY, wantedSoFar, foreign);
  }

  /** What has to be true of its interface once a backfill run has come by. */
  Expectation expectation() {
    if (!canBeSource || wantedSoFar.isEmpty()) {
      return new Expectation(id, primary, Judge.Rule.NEVER, wantedSoFar, foreign);
    }
    Optional<Entry> now = wanted();
    if (now.isEmpty() || !state.equals("running")) {
      return new Expectation(id, primary, Judge.Rule.MAY, wantedSoFar, foreign);
    }
    Set<Entry> nowFirst = new LinkedHashSet<>();
    nowFirst.add(now.get());
    nowFirst.addAll(wantedSoFar);
    return new Expectation(id, primary, Judge.Rule.MUST, nowFirst, foreign);
  }
}
