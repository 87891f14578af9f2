package io.trafficmirror.policy;

import io.trafficmirror.mirror.Ids;

/** The kinds of id that a policy names. */
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

  /** What belongs into the value, as the end of a sentence. */
  String expected() {
    return "the id of %s (%s...)".formatted(owner, prefix);
  }

  /** Whether the text is such an id, by its prefix; the alphabet and the length may change. */
  boolean accepts(String text) {
    return Ids.isValid(prefix, text);
  }
}
