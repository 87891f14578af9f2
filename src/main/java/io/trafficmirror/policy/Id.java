package io.trafficmirror.policy;

import io.trafficmirror.mirror.Ids;

/** The kinds of id that a policy contains. */
enum Id {
  FILTER("tmf-", "a traffic mirror filter"),
  TARGET("tmt-", "a traffic mirror target"),
  SUBNET("subnet-", "a subnet"),
  VPC("vpc-", "a VPC"),
  IMAGE("ami-", "a machine image"),
  GROUP("sg-", "a security group");

  private final String prefix;
  private final String owner;

  Id(String prefix, String owner) {
    this.prefix = prefix;
    this.owner = owner;
  }

  /** The expected value, as the end of a message. */
  String expected() {
    return "the id of %s (%s...)".formatted(owner, prefix);
  }

  /**
   * Whether the text is an id of this kind, judged by its prefix, because AWS may change the
   * alphabet and the length.
   */
  boolean accepts(String text) {
    return Ids.isValid(prefix, text);
  }
}
