package io.trafficmirror.embedded.ec2;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** A mirror filter with its rules. */
record MirrorFilter(
    String id, Optional<String> description, List<Rule> rules, SortedMap<String, String> tags)
    implements Stored {

  /** A range of ports. */
  record Ports(int from, int to) {}

  /**
   * A rule.
   *
   * @param direction {@code ingress} or {@code egress}
   * @param action {@code accept} or {@code reject}
   */
  record Rule(
      String id,
      String direction,
      int number,
      String action,
      Optional<Integer> protocol,
      Optional<Ports> source,
      Optional<Ports> destination,
      String sourceCidr,
      String destinationCidr,
      Optional<String> description) {}

  MirrorFilter {
    rules = List.copyOf(rules);
  }

  MirrorFilter withRules(List<Rule> value) {
    return new MirrorFilter(id, description, value, tags);
  }

  MirrorFilter withTags(SortedMap<String, String> value) {
    return new MirrorFilter(id, description, rules, value);
  }
}
