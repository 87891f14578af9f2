package io.trafficmirror.mirror;

import java.util.List;
import java.util.Optional;

/**
 * A complete policy.
 *
 * @param entries the entries in evaluation order: tags, then subnets, then VPCs, each in file
 *     order; never empty
 */
public record PolicySet(List<Entry> entries) {

  /**
   * Throws {@link IllegalArgumentException} if there is no entry, because an empty policy is a
   * mistake.
   */
  public PolicySet {
    entries = List.copyOf(entries);
    if (entries.isEmpty()) {
      throw new IllegalArgumentException("a policy has at least one entry");
    }
  }

  /** The session that the first matching entry requires for the instance; empty if none matches. */
  public Optional<DesiredSession> desired(Instance instance) {
    return entries.stream()
        .filter(entry -> entry.selector().matches(instance))
        .map(Entry::wanted)
        .findFirst();
  }
}
