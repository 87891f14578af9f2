package io.trafficmirror.policy;

import java.util.List;
import java.util.stream.Stream;

/** The three sections of a policy, in the order in which their entries are matched. */
enum Section {
  TAGS("tags", "tagList"),
  SUBNETS("subnets", "subnetId"),
  VPCS("vpcs", "vpcId");

  private final String key;
  private final String selectorKey;

  Section(String key, String selectorKey) {
    this.key = key;
    this.selectorKey = selectorKey;
  }

  /** The section's top-level key. */
  String key() {
    return key;
  }

  /** The key of an entry that selects its instances. */
  String selectorKey() {
    return selectorKey;
  }

  /** Every key that an entry may have. */
  List<String> entryKeys() {
    return Stream.concat(
            Stream.of(selectorKey, Keys.FILTER, Keys.TARGET),
            Stream.of(Keys.TYPE, Keys.IMAGE, Keys.GROUPS, Keys.SUBNET, Keys.NUMBER))
        .toList();
  }
}
