package io.trafficmirror.port;

import io.trafficmirror.mirror.Reason;
import java.util.Optional;

/** What a failed call means for the work that depends on it. The set is closed. */
public enum FailureKind {
  /** The service throttled the call. */
  THROTTLED(Scope.BATCH),
  /**
   * The service or the connection to it failed: HTTP 5xx, connection reset, timeout, host name not
   * resolved. Whether the call took effect is unknown.
   */
  UNAVAILABLE(Scope.BATCH),
  /** The invocation had no time left for the call, which was not made. */
  OUT_OF_TIME(Scope.BATCH),
  /**
   * This invocation has launched its maximum number of targets; the other launches wait for the
   * retry.
   */
  LAUNCH_BUDGET_SPENT(Scope.BATCH),
  /** The function's credentials are wrong or lack a permission. */
  DENIED(Scope.DENIED),
  /** EC2 does not return the instance, perhaps not yet; after a while it counts as gone. */
  INSTANCE_NOT_SEEN(Scope.INSTANCE),
  /** EC2 does not know the interface, perhaps not yet. */
  NOT_VISIBLE_YET(Scope.INSTANCE),
  /** EC2 has no instance of the wanted type left in that zone. */
  NO_CAPACITY(Scope.INSTANCE),
  /** The subnet has no free address. */
  SUBNET_FULL(Scope.INSTANCE),
  /**
   * An unknown refusal, for example because the session number is taken; the instance is observed
   * again before the outcome is decided.
   */
  REFUSED(Scope.OBSERVE_AGAIN),
  /** The client token was used for a different request; the instance is observed again. */
  TOKEN_MISMATCH(Scope.OBSERVE_AGAIN),
  /** The session to be modified no longer exists; the instance is observed again. */
  SESSION_NOT_FOUND(Scope.OBSERVE_AGAIN),
  /** The pool's observed state contradicts recent EC2 responses; it has to be observed again. */
  POOL_NOT_SETTLED(Scope.OBSERVE_AGAIN),
  /** The client token belongs to an instance that has ended; a new token is needed. */
  INSTANCE_ENDED(Scope.OBSERVE_AGAIN),
  /** The mirror target still has sessions. */
  TARGET_IN_USE(Scope.OBSERVE_AGAIN),
  /** EC2 refused a page token, because it has expired or was issued to another account. */
  PAGE_TOKEN_REFUSED(Scope.TERMINAL, Reason.INVALID_REQUEST),
  /** EC2 does not support the instance type, or the kind of interface, as a source. */
  UNSUPPORTED_SOURCE(Scope.TERMINAL, Reason.UNSUPPORTED_SOURCE),
  /** The interface is a mirror target. */
  SOURCE_IS_A_TARGET(Scope.TERMINAL, Reason.IS_A_MIRROR_TARGET),
  /** The target has its maximum number of sources. */
  TARGET_FULL(Scope.TERMINAL, Reason.TARGET_FULL),
  /** The interface has three sessions, the maximum. */
  INTERFACE_SESSION_LIMIT(Scope.TERMINAL, Reason.INTERFACE_SESSION_LIMIT),
  /** The account has reached its session quota. */
  ACCOUNT_SESSION_LIMIT(Scope.TERMINAL, Reason.ACCOUNT_SESSION_LIMIT),
  /** The mirror target does not exist. */
  TARGET_NOT_FOUND(Scope.TERMINAL, Reason.TARGET_NOT_FOUND),
  /** The mirror filter does not exist. */
  FILTER_NOT_FOUND(Scope.TERMINAL, Reason.FILTER_NOT_FOUND),
  /** The account has reached its quota for instances of the type. */
  LAUNCH_LIMIT(Scope.TERMINAL, Reason.LAUNCH_LIMIT),
  /** The image does not exist or is not available to this account. */
  IMAGE_NOT_FOUND(Scope.TERMINAL, Reason.IMAGE_NOT_FOUND),
  /** The security group does not exist. */
  SECURITY_GROUP_NOT_FOUND(Scope.TERMINAL, Reason.SECURITY_GROUP_NOT_FOUND),
  /** The subnet does not exist. */
  SUBNET_NOT_FOUND(Scope.TERMINAL, Reason.SUBNET_NOT_FOUND),
  /** The instance type does not exist or is not offered at that location. */
  TYPE_NOT_OFFERED(Scope.TERMINAL, Reason.TYPE_NOT_OFFERED),
  /** The account has reached its quota of mirror targets, or the interface cannot be a target. */
  NO_TARGET(Scope.TERMINAL, Reason.NO_TARGET),
  /**
   * The request can never succeed: it is malformed, lacks a parameter, or names an unknown action.
   */
  INVALID(Scope.TERMINAL, Reason.INVALID_REQUEST);

  /** How much of the work has to be retried. */
  public enum Scope {
    /** The batch from this record on, for as long as the record's age allows. */
    BATCH,
    /** This instance only, for a short time. */
    INSTANCE,
    /** This instance only, after it has been observed again. */
    OBSERVE_AGAIN,
    /** The batch in the first minutes after the function's initialisation, nothing afterwards. */
    DENIED,
    /** Nothing; a retry cannot succeed. */
    TERMINAL
  }

  private final Scope scope;
  private final Optional<Reason> reason;

  FailureKind(Scope scope) {
    this.scope = scope;
    this.reason = Optional.empty();
  }

  FailureKind(Scope scope, Reason reason) {
    this.scope = scope;
    this.reason = Optional.of(reason);
  }

  /** How much of the work has to be retried. */
  public Scope scope() {
    return scope;
  }

  /**
   * The reason that a terminal failure gives as the instance's outcome; empty for every other
   * scope.
   */
  public Optional<Reason> reason() {
    return reason;
  }
}
