package io.trafficmirror.soak;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What must be true of one interface in the end.
 *
 * @param instance the instance whose primary interface it is
 * @param interfaceId the interface
 * @param rule how many sessions of ours it has
 * @param entries what the policy has asked for in the life of the instance; where the rule is
 *     {@link Rule#MUST}, the first is what it asks for now
 * @param foreign the session of somebody else on it, number {@link #FOREIGN_NUMBER}
 */
record Expectation(
    String instance, String interfaceId, Rule rule, List<Entry> entries, Optional<String> foreign) {

  /** What a foreign session has, and what most entries ask for. */
  static final int FOREIGN_NUMBER = 100;

  /** How many sessions of ours. */
  enum Rule {
    /** One, with the target and filter that the policy asks for now. */
    MUST,
    /**
     * None, or one that was asked for once: a session stays where an instance is stopped or matches
     * no longer, and nobody looks at such an instance to mend it.
     */
    MAY,
    /** None. */
    NEVER
  }

  Expectation(
      String instance,
      String interfaceId,
      Rule rule,
      Collection<Entry> entries,
      Optional<String> foreign) {
    this(instance, interfaceId, rule, List.copyOf(entries), foreign);
  }

  /** What a session's target and filter may be. */
  List<Entry> acceptable() {
    return rule == Rule.MUST ? entries.subList(0, 1) : entries;
  }

  /** Whether a session may have the number: it keeps that of the entry that it was made for. */
  boolean allows(int number) {
    List<Integer> numbers = new ArrayList<>();
    for (Entry entry : entries) {
      boolean taken = foreign.isPresent() && entry.number() == FOREIGN_NUMBER;
      numbers.add(taken ? entry.number() + 1 : entry.number());
    }
    return numbers.contains(number);
  }
}
