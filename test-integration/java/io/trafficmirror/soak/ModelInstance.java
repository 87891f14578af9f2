package io.trafficmirror.soak;

import io.trafficmirror.harness.SessionCheck;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** The model of an instance in the soak. Not thread-safe. */
final class ModelInstance {

  final String id;
  final String primary;
  final String subnet;

  /** Whether EC2 supports the instance as a source, and it is not a mirror target. */
  final boolean canBeSource;

  /** The foreign session on its interface. */
  final Optional<String> foreign;

  private final Set<PolicyEntry> entriesSoFar = new LinkedHashSet<>();
  private Optional<String> tag;
  private String state;

  /** Whether an event came when reads already showed the last tag change. */
  private boolean hasEvent;

  private Instant retaggedAt = Instant.EPOCH;

  ModelInstance(
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
    wanted().ifPresent(entriesSoFar::add);
  }

  /** The entry that matches now. */
  Optional<PolicyEntry> wanted() {
    return PolicyEntry.matching(tag, subnet);
  }

  void retag(Optional<String> value, Instant now) {
    retaggedAt = now;
    tag = value;
    hasEvent = false;
    wanted().ifPresent(entriesSoFar::add);
  }

  /** Records an event, unless reads may still show the tags before the last change. */
  void recordEvent(Instant now) {
    hasEvent |= !now.isBefore(retaggedAt.plus(AwsConditions.LONGEST_READ_LAG));
  }

  void setState(String value) {
    state = value;
  }

  String state() {
    return state;
  }

  boolean isTerminated() {
    return state.equals("terminated");
  }

  /**
   * The expectation after all events are processed, with or without a backfill run.
   *
   * @param exhausted whether its retries are exhausted
   */
  Expectation expectationFromEvents(boolean exhausted) {
    Expectation expectation = expectation();
    return (hasEvent && !exhausted) || expectation.rule() != SessionCheck.Rule.MUST
        ? expectation
        : new Expectation(id, primary, SessionCheck.Rule.MAY, entriesSoFar, foreign);
  }

  /** The expectation after a backfill run. */
  Expectation expectation() {
    if (!canBeSource || entriesSoFar.isEmpty()) {
      return new Expectation(id, primary, SessionCheck.Rule.NEVER, entriesSoFar, foreign);
    }
    Optional<PolicyEntry> now = wanted();
    if (now.isEmpty() || !state.equals("running")) {
      return new Expectation(id, primary, SessionCheck.Rule.MAY, entriesSoFar, foreign);
    }
    Set<PolicyEntry> nowFirst = new LinkedHashSet<>();
    nowFirst.add(now.get());
    nowFirst.addAll(entriesSoFar);
    return new Expectation(id, primary, SessionCheck.Rule.MUST, nowFirst, foreign);
  }
}
