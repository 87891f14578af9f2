package io.trafficmirror.mirror;

import java.util.List;
import java.util.Optional;

/**
 * A whole policy: what should be true of every instance.
 *
 * @param entries in the order in which they are tried: tags, then subnets, then VPCs, each in file
 *     order; never empty
 */
public record PolicySet(List<Entry> entries) {

  /**
   * Throws {@link IllegalArgumentException} where there is no entry: such a policy is a mistake.
   */
  public PolicySet {
    entries = List.copyOf(entries);
    if (entries.isEmpty()) {
      throw new IllegalArgumentException("a policy has at least one entry");
    }
  }

  /** The session that the first matching entry wants for the instance; empty where none matches. */
  public Optional<DesiredSession> desired(Instance instance) {
    return entries.stream()
        .filter(entry -> entry.selector().matches(instance))
        .map(Entry::wanted)
        .findFirst();
  }
}
