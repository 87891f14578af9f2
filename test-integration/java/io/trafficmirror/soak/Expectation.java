package io.trafficmirror.soak;

import io.trafficmirror.harness.ForeignSessions;
import io.trafficmirror.harness.SessionCheck;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The expected sessions of one interface.
 *
 * @param instance the instance whose primary interface it is
 * @param interfaceId the interface
 * @param rule how many managed sessions it has
 * @param entries the entries that matched during the life of the instance; if the rule is {@link
 *     SessionCheck.Rule#MUST}, the first one matches now
 * @param foreign the foreign session on it, with number {@link ForeignSessions#NUMBER}
 */
record Expectation(
    String instance,
    String interfaceId,
    SessionCheck.Rule rule,
    List<PolicyEntry> entries,
    Optional<String> foreign) {

  Expectation(
      String instance,
      String interfaceId,
      SessionCheck.Rule rule,
      Collection<PolicyEntry> entries,
      Optional<String> foreign) {
    this(instance, interfaceId, rule, List.copyOf(entries), foreign);
  }

  /**
   * The expectation for managed sessions. A session may remain on an instance that is stopped or no
   * longer matches, because the product does not observe it, and keeps the number of the entry for
   * which it was created.
   */
  SessionCheck.Expected expected() {
    List<PolicyEntry> acceptable =
        switch (rule) {
          case MUST -> entries.subList(0, 1);
          case MAY -> entries;
          case NEVER -> List.of();
        };
    return new SessionCheck.Expected(
        instance,
        interfaceId,
        rule,
        acceptable.stream().map(PolicyEntry::wanted).toList(),
        entries.stream().map(this::number).toList());
  }

  private int number(PolicyEntry entry) {
    boolean taken = foreign.isPresent() && entry.number() == ForeignSessions.NUMBER;
    return taken ? entry.number() + 1 : entry.number();
  }
}
