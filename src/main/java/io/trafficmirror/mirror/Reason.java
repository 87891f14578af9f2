package io.trafficmirror.mirror;

/**
 * Why nothing, or nothing more, is done for an instance. The set is closed; each name is one an
 * operator understands.
 */
public enum Reason {
  /** A session with the wanted target and filter is there, whoever made it. */
  ALREADY_MIRRORED("already-mirrored", Weight.CONVERGED, "has the session that the policy wants"),
  /** The policy does not ask for it. */
  NO_ENTRY_MATCHES("no-entry-matches", Weight.CONVERGED, "no policy entry matches it"),
  /** Stopped, stopping, shutting down or terminated. */
  NOT_RUNNING("not-running", Weight.CONVERGED, "it neither runs nor is about to"),
  /** EC2 does not know it, or no longer. */
  GONE("gone", Weight.CONVERGED, "EC2 does not know it"),
  /** Its primary interface is a mirror target, and a target is never mirrored. */
  IS_A_MIRROR_TARGET("is-a-mirror-target", Weight.CONVERGED, "its interface is a mirror target"),
  /** EC2 shows no interface at device index 0 of network card 0. */
  NO_PRIMARY_INTERFACE("no-primary-interface", Weight.NOTABLE, "EC2 shows no primary interface"),
  /**
   * The entry asks for a target on demand, and EC2 shows no subnet to launch one in, or refuses.
   */
  NO_TARGET(
      "no-target", Weight.ACTION_REQUIRED, "no mirror target can be made for its policy entry"),
  /**
   * The entry asks for a target on demand, none has room, and none is launched for the sake of an
   * instance type that AWS does not list as a possible source.
   */
  UNLISTED_SOURCE_TYPE(
      "unlisted-source-type",
      Weight.NOTABLE,
      "no target has room, and AWS does not list its instance type as one that can be mirrored"),
  /**
   * Three sessions that are not ours to change are on the interface (AWS: 3 sessions an interface).
   */
  INTERFACE_SESSION_LIMIT(
      "interface-session-limit",
      Weight.ACTION_REQUIRED,
      "its interface has three sessions already"),
  /** EC2: this instance type, or this kind of interface, cannot be a source. */
  UNSUPPORTED_SOURCE("unsupported-source", Weight.NOTABLE, "EC2 cannot mirror this instance type"),
  /** EC2: the target has as many sources as its instance type allows. */
  TARGET_FULL("target-full", Weight.ACTION_REQUIRED, "its mirror target takes no more sources"),
  /** EC2: the account has as many sessions as it may have (AWS: 10,000). */
  ACCOUNT_SESSION_LIMIT(
      "account-session-limit", Weight.ACTION_REQUIRED, "the account has no room for more sessions"),
  /** EC2: the entry's target does not exist. */
  TARGET_NOT_FOUND("target-not-found", Weight.ACTION_REQUIRED, "its mirror target does not exist"),
  /** EC2: the entry's filter does not exist. */
  FILTER_NOT_FOUND("filter-not-found", Weight.ACTION_REQUIRED, "its mirror filter does not exist"),
  /** EC2: the account may have no more instances of the type that its target is launched from. */
  LAUNCH_LIMIT(
      "launch-limit", Weight.ACTION_REQUIRED, "the account's quota has no room for its target"),
  /** EC2: the image of the entry's targets does not exist, or not for this account. */
  IMAGE_NOT_FOUND(
      "image-not-found", Weight.ACTION_REQUIRED, "the image of its mirror target does not exist"),
  /** EC2: a security group of the entry's targets does not exist. */
  SECURITY_GROUP_NOT_FOUND(
      "security-group-not-found",
      Weight.ACTION_REQUIRED,
      "a security group of its mirror target does not exist"),
  /** EC2: the subnet of the entry's targets does not exist. */
  SUBNET_NOT_FOUND(
      "subnet-not-found", Weight.ACTION_REQUIRED, "the subnet of its mirror target does not exist"),
  /** EC2: the instance type of the entry's targets is not to be had there. */
  TYPE_NOT_OFFERED(
      "type-not-offered",
      Weight.ACTION_REQUIRED,
      "EC2 does not offer the instance type of its mirror target there"),
  /** EC2: this function may not do that. */
  DENIED("denied", Weight.ACTION_REQUIRED, "the function's role lacks a permission"),
  /** EC2: the request makes no sense; a defect of this program or a change of EC2. */
  INVALID_REQUEST("invalid-request", Weight.ACTION_REQUIRED, "EC2 calls the request invalid");

  /** How much attention a reason asks for. */
  public enum Weight {
    /** As it should be: counted, not logged. */
    CONVERGED,
    /** Logged and counted. */
    NOTABLE,
    /** Logged, counted, and worth an alarm. */
    ACTION_REQUIRED
  }

  private final String label;
  private final Weight weight;
  private final String explanation;

  Reason(String label, Weight weight, String explanation) {
    this.label = label;
    this.weight = weight;
    this.explanation = explanation;
  }

  /** The word for it in logs and metrics. */
  public String label() {
    return label;
  }

  /** How much attention it asks for. */
  public Weight weight() {
    return weight;
  }

  /** The reason as the end of a sentence about the instance. */
  public String explanation() {
    return explanation;
  }
}
