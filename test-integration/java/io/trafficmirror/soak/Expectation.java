package io.trafficmirror.soak;

import io.trafficmirror.harness.Foreign;
import io.trafficmirror.harness.Judge;
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
 *     {@link Judge.Rule#MUST}, the first is what it asks for now
 * @param foreign the session of somebody else on it, number {@link Foreign#NUMBER}
 */
record Expectation(
    String instance,
    String interfaceId,
    Judge.Rule rule,
    List<Entry> entries,
    Optional<String> foreign) {

  Expectation(
      String instance,
      String interfaceId,
      Judge.Rule rule,
      Collection<Entry> entries,
      Optional<String> foreign) {
    this(instance, interfaceId, rule, List.copyOf(entries), foreign);
  }

  /**
   * What a session of ours is compared with. It may stay where an instance is stopped or matches no
   * longer, as nobody observes such an instance, and keeps the number of the entry that it was made
   * for.
   */
  Judge.Expected expected() {
    List<Entry> acceptable =
        switch (rule) {
          case MUST -> entries.subList(0, 1);
          case MAY -> entries;
          case NEVER -> List.of();
        };
    return new Judge.Expected(
        instance,
        interfaceId,
        rule,
        acceptable.stream().map(Entry::wanted).toList(),
        entries.stream().map(this::number).toList());
  }

  private int number(Entry entry) {
    boolean taken = foreign.isPresent() && entry.number() == Foreign.NUMBER;
    return taken ? entry.number() + 1 : entry.number();
  }
}
