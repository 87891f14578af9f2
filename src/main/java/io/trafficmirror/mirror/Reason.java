package io.trafficmirror.mirror;

/** Why an instance needs no action or can get none. The set is closed; operators see the labels. */
public enum Reason {
  /** A session with the wanted target and filter exists, ours or foreign. */
  ALREADY_MIRRORED(
      "already-mirrored",
      Severity.CONVERGED,
      "it already has the session that the policy requires"),
  /** The policy does not select it. */
  NO_ENTRY_MATCHES("no-entry-matches", Severity.CONVERGED, "no policy entry matches it"),
  /** Stopped, stopping, shutting down or terminated. */
  NOT_RUNNING("not-running", Severity.CONVERGED, "it is neither pending nor running"),
  /** EC2 does not return it, or no longer does. */
  GONE("gone", Severity.CONVERGED, "EC2 does not return it"),
  /** Its primary interface is a mirror target, and a target is never mirrored. */
  IS_A_MIRROR_TARGET("is-a-mirror-target", Severity.CONVERGED, "its interface is a mirror target"),
  /** EC2 returns no interface at device index 0 of network card 0. */
  NO_PRIMARY_INTERFACE(
      "no-primary-interface", Severity.NOTABLE, "EC2 returns no primary interface for it"),
  /**
   * The entry requires a target on demand, and either there is no subnet to launch one in or EC2
   * refuses to create it.
   */
  NO_TARGET(
      "no-target",
      Severity.ACTION_REQUIRED,
      "no mirror target can be created for its policy entry"),
  /**
   * The entry requires a target on demand, none has room, and none is launched for an instance type
   * that AWS does not list as a supported source.
   */
  UNLISTED_SOURCE_TYPE(
      "unlisted-source-type",
      Severity.NOTABLE,
      "no target has room, and AWS does not list its instance type as a supported source"),
  /** The interface has three sessions that we may not change (AWS: 3 sessions per interface). */
  INTERFACE_SESSION_LIMIT(
      "interface-session-limit",
      Severity.ACTION_REQUIRED,
      "its interface already has three sessions"),
  /** EC2 does not support this instance type, or this kind of interface, as a source. */
  UNSUPPORTED_SOURCE(
      "unsupported-source", Severity.NOTABLE, "EC2 cannot mirror this instance type"),
  /** EC2: the target has the maximum number of sources for its instance type. */
  TARGET_FULL(
      "target-full", Severity.ACTION_REQUIRED, "its mirror target has no room for another source"),
  /** EC2: the account has reached its session quota (AWS: 10,000). */
  ACCOUNT_SESSION_LIMIT(
      "account-session-limit",
      Severity.ACTION_REQUIRED,
      "the account has reached its session quota"),
  /** EC2: the entry's target does not exist. */
  TARGET_NOT_FOUND(
      "target-not-found", Severity.ACTION_REQUIRED, "its mirror target does not exist"),
  /** EC2: the entry's filter does not exist. */
  FILTER_NOT_FOUND(
      "filter-not-found", Severity.ACTION_REQUIRED, "its mirror filter does not exist"),
  /** EC2: the account's quota allows no more instances of the target's type. */
  LAUNCH_LIMIT(
      "launch-limit",
      Severity.ACTION_REQUIRED,
      "the account's instance quota leaves no room for its mirror target"),
  /** EC2: the image of the entry's targets does not exist or is not available to this account. */
  IMAGE_NOT_FOUND(
      "image-not-found", Severity.ACTION_REQUIRED, "the image of its mirror target does not exist"),
  /** EC2: a security group of the entry's targets does not exist. */
  SECURITY_GROUP_NOT_FOUND(
      "security-group-not-found",
      Severity.ACTION_REQUIRED,
      "a security group of its mirror target does not exist"),
  /** EC2: the subnet of the entry's targets does not exist. */
  SUBNET_NOT_FOUND(
      "subnet-not-found",
      Severity.ACTION_REQUIRED,
      "the subnet of its mirror target does not exist"),
  /** EC2 does not offer the instance type of the entry's targets at the requested location. */
  TYPE_NOT_OFFERED(
      "type-not-offered",
      Severity.ACTION_REQUIRED,
      "EC2 does not offer the instance type of its mirror target at that location"),
  /** EC2: the function lacks a permission. */
  DENIED("denied", Severity.ACTION_REQUIRED, "the function's role lacks a permission"),
  /** EC2: the request is invalid; a defect in this program or a change in EC2. */
  INVALID_REQUEST(
      "invalid-request", Severity.ACTION_REQUIRED, "EC2 refuses the request as invalid");

  /** How much attention a reason needs. */
  public enum Severity {
    /** The expected state: counted, not logged. */
    CONVERGED,
    /** Logged and counted. */
    NOTABLE,
    /** Logged, counted, and included in the metric that raises an alarm. */
    ACTION_REQUIRED
  }

  private final String label;
  private final Severity severity;
  private final String explanation;

  Reason(String label, Severity severity, String explanation) {
    this.label = label;
    this.severity = severity;
    this.explanation = explanation;
  }

  /** Its name in logs and metrics. */
  public String label() {
    return label;
  }

  /** How much attention it needs. */
  public Severity severity() {
    return severity;
  }

  /** A clause about the instance, without a capital letter or full stop, for logs and reports. */
  public String explanation() {
    return explanation;
  }
}
